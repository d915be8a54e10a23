import type { CalendarWindows } from '../../src/domain/business-time/index.js';
import { explainLead, type LeadExplanation } from '../../src/domain/explain/index.js';
import { answerFromCalendar } from '../../src/bin/calendar-ports.js';
import { explainQuery } from '../../workflows/messages.js';
import { HOUR_MS, LeadWorld, type LiveLead } from './lead-world.js';

/** What a lead's workflow explains is what its ledger explains. */
let world: LeadWorld;
beforeAll(async () => {
  world = await LeadWorld.open();
}, 60_000);
afterAll(() => world.close());

async function answeredLate(stepsPerRun?: number): Promise<LiveLead> {
  const lead = await world.handOff(stepsPerRun === undefined ? {} : { stepsPerRun });
  await lead.untilRecorded('notified');
  const { handedOffAt } = await lead.state();
  await lead.clock.advanceTo(handedOffAt + 5 * HOUR_MS);
  await lead.say('touch', { channel: 'phone', outcome: 'no-answer' });
  return lead;
}

const explainLedger = async (lead: LiveLead, at: number): Promise<LeadExplanation> =>
  explainLead(
    { events: await lead.events() },
    {
      agreements: { [world.terms.key]: world.terms },
      windowsOf: (calendarKey, definition, from, until) =>
        answerFromCalendar({
          ...{ kind: 'windows', key: calendarKey, asOf: from, calendarKey, name: '', definition, from, until },
        }) as CalendarWindows,
    },
    at,
  );

test('the first run explains every clock as the ledger does', async () => {
  const lead = await answeredLate();
  const explained = await lead.handle.query<LeadExplanation>(explainQuery);
  expect(explained.clocks.map(({ clock, verdict }) => [clock, verdict.verdict])).toContainEqual([
    'first-response',
    'breached',
  ]);
  expect(explained).toEqual(await explainLedger(lead, explained.at));
}, 60_000);

test('a later run explains the clocks that wait in it, with the same due instants, open time and split', async () => {
  const lead = await answeredLate(2);
  const explained = await lead.handle.query<LeadExplanation>(explainQuery);
  const whole = await explainLedger(lead, explained.at);
  const waiting = whole.clocks.filter(({ verdict }) => verdict.verdict === 'pending');
  expect(waiting.length).toBeGreaterThan(2);
  const known = new Map(explained.clocks.map((clock) => [`${clock.clock}/${clock.n}`, clock]));
  for (const { clock, n, due, counted, used } of waiting) {
    expect(known.get(`${clock}/${n}`)).toMatchObject({ due, counted, used });
  }
}, 60_000);
