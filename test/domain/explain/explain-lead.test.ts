import { explainInWords, explainLead, type ClockExplanation } from '../../../src/domain/explain/index.js';
import { compile, formatLocal } from '../../../src/zones/index.js';
import * as say from '../../builders/facts.js';
import { aLead, pass, tell, type Lead, type LeadMade } from '../../builders/lead.js';
import { told, when } from '../../builders/week.js';

const HOUR_MS = 3_600_000;

function story(made: LeadMade, facts: readonly say.Fact[], until: string): Lead {
  const spoken = facts.reduce((lead, fact) => {
    const heard = tell(lead, fact);
    expect(heard.refusal).toBeUndefined();
    return heard.lead;
  }, aLead(made));
  return pass(spoken, until);
}

const explained = ({ run }: Lead, until: string) =>
  explainLead(
    { events: run.events },
    {
      agreements: run.context.agreements,
      windowsOf: (_key, definition, from, end) => compile(definition, from, end),
      formatLocal,
    },
    when(until),
  );

function clockOf(made: LeadMade, facts: readonly say.Fact[], until: string, name = 'first-response', n = 1) {
  const explanation = explained(story(made, facts, until), until);
  const clock = explanation.clocks.find((one) => one.clock === name && one.n === n);
  if (!clock) throw new Error(`${name} ${n} never started`);
  return { clock, words: explainInWords({ ...explanation, clocks: [clock] }, formatLocal) };
}

const pieces = ({ counted }: ClockExplanation) =>
  counted!.pieces.map(({ openAt, closeAt }) => `${told(openAt)} – ${told(closeAt)}`);
const shares = ({ used }: ClockExplanation) =>
  used!.shares.map(({ owner, queue, tier, usedMs }) => [owner ?? queue, tier, usedMs / HOUR_MS]);

describe('the open time that is counted', () => {
  test('goes from the start over nights and rests to the due instant', () => {
    const { clock } = clockOf({ at: 'tue 15:00' }, [say.pause('tue 16:00'), say.resume('tue 16:30')], 'tue 16:45');
    expect(pieces(clock)).toEqual(['tue 15:00 – tue 16:00', 'tue 16:30 – tue 17:00', 'wed 09:00 – wed 11:30']);
    expect(clock.counted).toMatchObject({ ms: 4 * HOUR_MS, usedUpAt: clock.due!.dueAt });
  });

  test('goes over to the calendar of the next owner', () => {
    const { clock } = clockOf({}, [say.reassign('tue 10:30', 'rep-west-1')], 'tue 10:45');
    expect(pieces(clock)).toEqual(['tue 10:00 – tue 10:30', 'tue 11:00 – tue 14:30']);
    expect(clock.counted!.pieces.map(({ calendar }) => calendar)).toEqual(['sales-us-east', 'sales-us-west']);
    expect(clock.due!.local).toBe('Tue 17 Nov 2026, 11:30 PST');
  });

  test('of a clock that rests ends where the rest begins, and nothing is due', () => {
    const { clock, words } = clockOf({}, [say.pause('tue 11:30')], 'wed 12:00');
    expect(pieces(clock)).toEqual(['tue 10:00 – tue 11:30']);
    expect([clock.due, clock.verdict.ground, clock.pauses[0]?.resumedAt]).toEqual([null, 'resting', null]);
    expect(words).toContain('It has rested since Tue 17 Nov 2026, 11:30 EST');
  });

  test('goes on over a rest that ends as it begins, which is no rest', () => {
    const { clock, words } = clockOf({}, [say.pause('tue 11:00'), say.resume('tue 11:00')], 'tue 12:00');
    expect(pieces(clock)).toEqual(['tue 10:00 – tue 14:00']);
    expect(clock.pauses).toEqual([]);
    expect(words).not.toContain('rested');
  });

  test('ends at the target where a shorter one leaves nothing, and the change is the due instant', () => {
    const change = say.applyAgreement('tue 13:00', { 'clocks.first-response.within': '2h' }, 'recompute');
    const { clock, words } = clockOf({}, [change], 'tue 12:00');
    expect(clock.due).toMatchObject({ dueAt: when('tue 13:00'), because: 'nothing-left' });
    expect(pieces(clock)).toEqual(['tue 10:00 – tue 12:00']);
    expect(words).toContain('nothing was left of the target when a change came');
    expect(words).toContain('the agreement changed to inbound-saas, version 2');
  });

  test('is not made up where the windows are not at hand', () => {
    const { run } = story({}, [], 'tue 11:00');
    const ports = { agreements: run.context.agreements, windowsOf: () => undefined };
    const clock = explainLead({ events: run.events }, ports, when('tue 11:00')).clocks.find(
      (one) => one.party === 'sales',
    )!;
    expect([clock.counted, clock.used, clock.due!.local]).toEqual([null, null, null]);
    expect(clock.due!.dueAt).toBeGreaterThan(clock.start.startedAt);
  });
});

describe('the target', () => {
  test('names the line that made it shorter, with what was known of the lead', () => {
    const { clock, words } = clockOf({ signals: [{ action: 'demo-request', at: 'tue 09:59' }] }, [], 'tue 10:05');
    expect(clock.target).toMatchObject({ targetMs: HOUR_MS, override: { index: 0, reasons: ['Priority is high'] } });
    expect(words).toContain('The target was 1h instead of 4h, by a line of its own: Priority is high.');
  });

  test('says that the priority rose since', () => {
    const { clock, words } = clockOf({}, [say.demoRequest('tue 11:00')], 'tue 11:05');
    expect(clock.target).toMatchObject({ atStartMs: 4 * HOUR_MS, targetMs: 2 * HOUR_MS, override: null });
    expect(words).toContain('On Tue 17 Nov 2026, 11:00 EST the priority rose to high');
  });
});

describe('the verdict', () => {
  test.each([
    { label: 'met in time', facts: [say.touch('tue 11:00')], ground: 'in-time' },
    {
      label: 'met, though logged late',
      facts: [say.lateTouch('tue 16:00', 'tue 13:59')],
      ground: 'logged-late-but-in-time',
    },
    { label: 'breached and still awaited', facts: [], ground: 'still-awaited' },
    { label: 'breached and answered late', facts: [say.touch('tue 15:00')], ground: 'came-late' },
    {
      label: 'cancelled with the lead',
      facts: [say.reject('tue 11:00', 'not-icp', 'a student')],
      ground: 'lost-its-meaning',
    },
    {
      label: 'breached, then cancelled',
      facts: [say.reject('tue 15:00', 'not-icp', 'a student')],
      ground: 'lost-its-meaning-after-breach',
    },
  ])('$label', ({ facts, ground }) => {
    expect(clockOf({}, facts, 'tue 16:30').clock.verdict.ground).toBe(ground);
  });

  test('that was corrected tells how long it stood', () => {
    const { clock, words } = clockOf({}, [say.lateTouch('tue 16:00', 'tue 13:59')], 'tue 16:30');
    expect(clock.verdict).toMatchObject({ breachedAt: when('tue 14:00'), recordedAt: when('tue 16:00') });
    expect(words).toContain('It stood as breached from Tue 17 Nov 2026, 14:00 EST to Tue 17 Nov 2026, 16:00 EST');
  });

  test('names who did what by which channel', () => {
    const { clock } = clockOf({}, [say.touch('tue 11:00', 'left-message', 'sms')], 'tue 11:30');
    expect(clock.verdict.fact).toMatchObject({
      what: 'touched',
      by: 'rep-east-1',
      channel: 'sms',
      outcome: 'left-message',
    });
  });
});

describe('the time used', () => {
  test('is split by owner and by the tier in force', () => {
    const { clock } = clockOf({}, [say.reassign('tue 12:00', 'rep-east-2'), say.touch('tue 16:00')], 'tue 16:30');
    expect(shares(clock)).toEqual([
      ['rep-east-1', 0, 2],
      ['rep-east-2', 0, 2],
      ['rep-east-2', 1, 2],
    ]);
    expect(clock.used).toMatchObject({ usedMs: 6 * HOUR_MS, lateMs: 2 * HOUR_MS });
  });

  test("of marketing's clocks is nobody's but marketing's", () => {
    const { clock, words } = clockOf({ notifiedAt: 'tue 10:03' }, [], 'tue 10:10', 'notification');
    expect(shares(clock)).toEqual([[null, 0, 0.05]]);
    expect(words).toContain('Used until Tue 17 Nov 2026, 15:03 UTC: 3m: marketing 3m before any escalation.');
  });
});

test('a lead that owes nothing is explained as such', () => {
  const lead = aLead({ fields: { score: 1 } });
  expect(explainInWords(explained(lead, 'tue 10:00'))).toContain('No clock has started');
});
