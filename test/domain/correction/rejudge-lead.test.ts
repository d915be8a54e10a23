import { answerFromCalendar } from '../../../src/bin/calendar-ports.js';
import type { AgreementTerms } from '../../../src/domain/agreement/index.js';
import { rejudgeLead, type CorrectedWorld } from '../../../src/domain/correction/index.js';
import { explainInWords, explainLead } from '../../../src/domain/explain/index.js';
import type { CommandOf, Refusal } from '../../../src/domain/lifecycle/commands.js';
import { leadRecord } from '../../../src/domain/lifecycle/record.js';
import { runCommand, type Run } from '../../../src/domain/lifecycle/run.js';
import type { Clock } from '../../../src/domain/sla/clock.js';
import type { RejudgedClock } from '../../../src/domain/sla/judgement.js';
import { compile } from '../../../src/zones/index.js';
import {
  accept,
  aLead,
  changed,
  dispose,
  lateTouch,
  pass,
  pause,
  reassign,
  resume,
  tell,
  told,
  touch,
  when,
  type Fact,
  type Lead,
} from '../../builders/index.js';

/** Somebody forgot that Wednesday, 18 November 2026 was a holiday in the east. */
const holiday = { 'calendars.sales-us-east.exceptions.2026-11-18': [] };

const firstResponse = ({ clock }: { readonly clock: string }): boolean => clock === 'first-response';

function worldOf({ run, agreement }: Lead): { readonly world: CorrectedWorld; readonly right: AgreementTerms } {
  const right = changed(agreement, holiday).terms;
  const agreements = { ...run.context.agreements, [right.key]: right };
  return {
    right,
    world: { agreements, termsInstead: { [agreement.terms.key]: right.key }, answerCalendar: answerFromCalendar },
  };
}

function judgedAnew(lead: Lead, at: string): readonly RejudgedClock[] {
  const judged = rejudgeLead(lead.run.events, when(at), worldOf(lead).world);
  if (judged.kind === 'unjudged') throw new Error(judged.why);
  return judged.clocks;
}

const tellAll = (lead: Lead, ...facts: readonly Fact[]): Lead =>
  facts.reduce((sofar, fact) => tell(sofar, fact).lead, lead);

/** Handed off on Tuesday at 15:00: due on Wednesday at 11:00, or, without the Wednesday, on Thursday at 11:00. */
const late = (...facts: readonly Fact[]): Lead => tellAll(aLead({ at: 'tue 15:00' }), ...facts);

const inWords = ({ verdict, dueAt }: RejudgedClock['was']) => [verdict, dueAt === null ? null : told(dueAt)];

function ofFirstResponse(lead: Lead, at: string) {
  const found = judgedAnew(lead, at).find(firstResponse);
  return found && { was: inWords(found.was), is: inWords(found.is) };
}

function rejudge(lead: Lead, at: string, judgedSeq = lead.run.state.seq): { run: Run; refusal?: Refusal } {
  const { world, right } = worldOf(lead);
  const clocks = judgedAnew(lead, at);
  const command: CommandOf<'rejudge'> = {
    ...{ type: 'rejudge', at: when(at), by: 'vp-sales', id: 'rejudge-1' },
    ...{ correction: 'co_1', reason: 'a forgotten holiday', judgedSeq, clocks, agreements: { [right.key]: right } },
  };
  return runCommand(lead.run, command, (question) => world.answerCalendar(question as never));
}

const clockOf = ({ state }: Run, name: string): Clock => state.clocks.find((clock) => clock.name === name)!;

describe('rejudgeLead, after a forgotten holiday', () => {
  test.each<{ label: string; lead: () => Lead; at?: string; was: unknown; is: unknown }>([
    {
      label: 'a promise that was missed only by that day is met',
      lead: () => pass(late(touch('thu 10:00')), 'thu 12:00'),
      was: ['breached', 'wed 11:00'],
      is: ['met', 'thu 11:00'],
    },
    {
      label: 'a touch at the very instant at which it should have been due meets it',
      lead: () => pass(late(touch('thu 11:00')), 'thu 12:00'),
      was: ['breached', 'wed 11:00'],
      is: ['met', 'thu 11:00'],
    },
    {
      label: 'a touch 1 ms later is late still, by that much',
      lead: () => pass(late(touch('thu 11:00:00.001')), 'thu 12:00'),
      was: ['breached', 'wed 11:00'],
      is: ['breached', 'thu 11:00'],
    },
    {
      label: 'one that nobody has kept yet waits again',
      lead: () => pass(late(), 'wed 13:00'),
      at: 'wed 13:00',
      was: ['breached', 'wed 11:00'],
      is: ['pending', 'thu 11:00'],
    },
    {
      label: 'one that runs is due later',
      lead: () => pass(late(), 'wed 10:00'),
      at: 'wed 10:00',
      was: ['pending', 'wed 11:00'],
      is: ['pending', 'thu 11:00'],
    },
    {
      label: 'one that should have been due by now is missed then, not waiting',
      lead: () => pass(late(), 'wed 10:00'),
      at: 'thu 11:00',
      was: ['pending', 'wed 11:00'],
      is: ['breached', 'thu 11:00'],
    },
    {
      label: 'a promise that lost its meaning before it should have been due is cancelled, not missed',
      lead: () => pass(late(accept('wed 12:00'), dispose('thu 10:00', 'no-budget', { notes: 'none' })), 'thu 12:00'),
      was: ['breached', 'wed 11:00'],
      is: ['cancelled', 'thu 11:00'],
    },
  ])('$label', ({ lead, at = 'thu 13:00', was, is }) => {
    expect(ofFirstResponse(lead(), at)).toEqual({ was, is });
  });

  test('what was not touched by that day keeps its verdict', () => {
    const lead = pass(tellAll(aLead({ at: 'tue 10:00' }), touch('tue 11:00')), 'tue 12:00');
    expect(judgedAnew(lead, 'tue 12:00').find(firstResponse)).toBeUndefined();
  });

  test('a pause over that day is not counted twice', () => {
    const lead = pass(late(pause('tue 16:00'), { ...touch('thu 10:00') }), 'thu 12:00');
    expect(ofFirstResponse(lead, 'thu 12:00')).toBeUndefined();
  });

  test("time on another owner's calendar stays as it was", () => {
    const lead = pass(late(reassign('tue 17:00', 'rep-west-1'), touch('wed 15:00')), 'wed 18:00');
    expect(ofFirstResponse(lead, 'wed 18:00')).toBeUndefined();
  });

  test('what it leaves is what the lead then is, and what was fired stays', () => {
    const before = pass(late(), 'wed 13:00');
    const { run, refusal } = rejudge(before, 'wed 13:00');
    expect(refusal).toBeUndefined();
    const clock = clockOf(run, 'first-response');
    expect(clock).toMatchObject({ verdict: 'pending', plan: { dueAt: when('thu 11:00') } });
    expect(clock.warned).toEqual(clockOf(before.run, 'first-response').warned);
    expect(clock.tiers).toEqual(clockOf(before.run, 'first-response').tiers);
    const after = { ...before, run };
    expect(judgedAnew(after, 'wed 13:00')).toEqual([]);
    expect(clockOf(pass(after, 'thu 12:00').run, 'first-response')).toMatchObject({
      verdict: 'breached',
      dueAt: when('thu 11:00'),
    });
  });

  test('one that rests goes on by the right hours, and is not judged anew once more', () => {
    const before = pass(late(pause('wed 10:30')), 'wed 13:00');
    expect(ofFirstResponse(before, 'wed 13:00')).toEqual({ was: ['paused', null], is: ['paused', null] });
    const after = { ...before, run: rejudge(before, 'wed 13:00').run };
    expect(judgedAnew(after, 'wed 13:00')).toEqual([]);
    expect(clockOf(tellAll(after, resume('thu 10:00')).run, 'first-response')).toMatchObject({
      verdict: 'pending',
      plan: { dueAt: when('thu 12:00') },
    });
  });

  test('one that was missed before that day, and still waits, is late by the right hours in the end', () => {
    const before = pass(aLead({ at: 'mon 10:00' }), 'thu 08:00');
    const due = ['breached', 'mon 14:00'];
    expect(ofFirstResponse(before, 'thu 08:00')).toEqual({ was: due, is: due });
    const after = { ...before, run: rejudge(before, 'thu 08:00').run };
    expect(judgedAnew(after, 'thu 08:00')).toEqual([]);
    expect(clockOf(tellAll(after, touch('thu 10:00')).run, 'first-response')).toMatchObject({
      verdict: 'breached',
      overshootMs: 12 * 3_600_000,
    });
  });

  test('both verdicts stay in the ledger, with reason and approver, and the explanation tells them', () => {
    const { run } = rejudge(pass(late(touch('thu 10:00')), 'thu 12:00'), 'thu 12:00');
    const event = run.events.find((one) => one.type === 'clock-rejudged' && firstResponse(one));
    expect(event).toMatchObject({ by: 'vp-sales', correction: 'co_1', reason: 'a forgotten holiday' });
    expect(leadRecord(run.events).clocks.find(firstResponse)).toMatchObject({ verdict: 'met', corrected: false });
    const windowsOf = (_key: string, ...asked: Parameters<typeof compile>) => compile(...asked);
    const said = explainInWords(explainLead({ events: run.events }, { ...run.context, windowsOf }, when('thu 12:00')));
    expect(said).toContain('it was breached, due 2026-11-18 16:00:00 UTC');
    expect(said).toContain('it is met, due 2026-11-19 16:00:00 UTC');
    expect(said).toContain('approved by vp-sales');
  });

  test('a lead on which anything has happened since it was judged refuses', () => {
    const lead = pass(late(), 'wed 13:00');
    const { run, refusal } = rejudge(lead, 'wed 13:00', lead.run.state.seq - 1);
    expect(refusal).toMatchObject({ code: 'acted-on', detail: { seq: lead.run.state.seq } });
    expect(run.events).toEqual(lead.run.events);
  });

  test('a calendar that would never open again leaves the lead as it is, and says so', () => {
    const lead = pass(late(), 'wed 10:00');
    const never = changed(lead.agreement, { 'calendars.sales-us-east.hours': { mon: ['09:00-10:00'] } }).terms;
    const closed = { ...never, calendars: { ...never.calendars, 'sales-us-east': { timeZone: 'UTC', hours: {} } } };
    const { world } = worldOf(lead);
    const judged = rejudgeLead(lead.run.events, when('wed 10:00'), {
      ...world,
      agreements: { ...world.agreements, [closed.key]: closed },
      termsInstead: { [lead.agreement.terms.key]: closed.key },
    });
    expect(judged).toMatchObject({ kind: 'unjudged', why: expect.stringContaining('sales-us-east') as string });
  });
});

describe('rejudgeLead, where a touch happened at another instant', () => {
  const touchOf = ({ run }: Lead): number => run.events.find(({ type }) => type === 'touched')!.seq;

  function judgedMoved(lead: Lead, happened: string): readonly RejudgedClock[] {
    const { world } = worldOf(lead);
    const touch = { touch: touchOf(lead), touchedAt: when(happened) };
    const judged = rejudgeLead(lead.run.events, when('fri 12:00'), { ...world, termsInstead: {}, touch });
    if (judged.kind === 'unjudged') throw new Error(judged.why);
    return judged.clocks;
  }

  const verdicts = (clocks: readonly RejudgedClock[]) =>
    Object.fromEntries(clocks.map(({ clock, was, is }) => [clock, `${was.verdict} → ${is.verdict}`]));

  /** Handed off on Tuesday at 10:00: the first response is due at 14:00, the acceptance on Wednesday at 10:00. */
  const touchedLate = (): Lead => pass(tellAll(aLead(), lateTouch('thu 15:00', 'tue 11:00')), 'fri 12:00');
  const touchedInTime = (): Lead => pass(tellAll(aLead(), lateTouch('wed 09:30', 'tue 13:00')), 'fri 12:00');

  test('one that was logged too late to count meets what it was in time for', () => {
    expect(verdicts(judgedMoved(touchedLate(), 'tue 11:00'))).toMatchObject({
      'first-response': 'breached → met',
      acceptance: 'breached → met',
    });
  });

  test.each([
    { label: 'just before the due instant', happened: 'tue 13:59:59.999', changes: false },
    { label: 'at the due instant', happened: 'tue 14:00', changes: false },
    { label: '1 ms later', happened: 'tue 14:00:00.001', changes: true },
  ])('one that was said to be earlier than it was, $label', ({ happened, changes }) => {
    const clock = judgedMoved(touchedInTime(), happened).find(firstResponse)!;
    expect(clock.is).toMatchObject({
      verdict: changes ? 'breached' : 'met',
      completedAt: when(happened),
      overshootMs: changes ? 1 : null,
    });
  });

  test('one that happened when it was said changes nothing', () => {
    expect(judgedMoved(touchedInTime(), 'tue 13:00')).toEqual([]);
  });

  test('the lead then has the touch at that instant, and is not judged anew once more', () => {
    const lead = touchedLate();
    const touchedAt = when('tue 11:00');
    const command: CommandOf<'rejudge'> = {
      ...{ type: 'rejudge', at: when('fri 12:00'), by: 'vp-sales', id: 'rejudge-1', correction: 'co_2' },
      ...{ reason: 'the log of the exchange', judgedSeq: lead.run.state.seq, agreements: {} },
      clocks: judgedMoved(lead, 'tue 11:00'),
      touch: { touch: touchOf(lead), touchedAt },
    };
    const { run } = runCommand(lead.run, command, (question) => answerFromCalendar(question as never));
    expect(run.state.touches).toMatchObject([{ touchedAt }]);
    expect(clockOf(run, 'first-response')).toMatchObject({ verdict: 'met', completedAt: touchedAt });
    expect(judgedMoved({ ...lead, run }, 'tue 11:00')).toEqual([]);
    expect(judgedAnew({ ...lead, run }, 'fri 12:00').find(firstResponse)).toBeUndefined();
  });
});
