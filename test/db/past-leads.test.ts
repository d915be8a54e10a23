/** Promise: what past leads did is read as the ledger has it, of one agreement and one period only. */
import type { Run } from '../../src/domain/lifecycle/run.js';
import { handedOff, HOUR_MS, mondayTen, passUntil, say } from './journeys.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
  await record('lead-1', disposedAfter(2));
  await record('lead-2', disposedAfter(4));
  await record('lead-3', passUntil(handedOff({ leadId: 'lead-3' }), mondayTen + 5 * HOUR_MS));
}, 60_000);
afterAll(() => opened.close());

/** Touched after an hour, disposed of that many hours after the hand-off. */
function disposedAfter(hours: number): Run {
  const leadId = `lead-${hours / 2}`;
  const touch = { type: 'touch', channel: 'phone', outcome: 'reached' } as const;
  const touched = say(handedOff({ leadId }), mondayTen + HOUR_MS, touch);
  return say(touched, mondayTen + hours * HOUR_MS, { type: 'dispose', reason: 'no-budget' });
}

const record = (leadId: string, { events }: Run) => opened.database.ledger.append(leadId, events);
const read = (name = 'inbound-saas', from = mondayTen, until = mondayTen + 1) =>
  opened.database.pastLeads.read(name, from, until);

test('the median is of leads that closed, from hand-off to closing', async () => {
  expect(await read()).toMatchObject({ leadCount: 3, medianOpenMs: 3 * HOUR_MS });
});

test('each clock says when it started and when its milestone came, if it did', async () => {
  const { clocks } = await read();
  const answered = {
    startedAt: mondayTen,
    completedAt: mondayTen + HOUR_MS,
    segment: 'mid-market',
    priority: 'normal',
  };
  const responses = clocks.filter(({ clock }) => clock === 'first-response');
  expect(responses).toHaveLength(3);
  expect(responses).toEqual(
    expect.arrayContaining([
      { clock: 'first-response', ...answered },
      { clock: 'first-response', ...answered },
      { clock: 'first-response', ...answered, completedAt: null },
    ]),
  );
});

test('a clock that was cancelled says nothing', async () => {
  const { clocks } = await read();
  expect(clocks.map(({ clock }) => clock)).not.toContain('touches');
});

test('leads handed off before or after the period, or under another agreement, are not read', async () => {
  const nothing = { leadCount: 0, medianOpenMs: null, clocks: [] };
  expect(await read('inbound-saas', mondayTen + 1, mondayTen + HOUR_MS)).toEqual(nothing);
  expect(await read('inbound-saas', mondayTen - HOUR_MS, mondayTen)).toEqual(nothing);
  expect(await read('outbound')).toEqual(nothing);
});
