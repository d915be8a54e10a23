import { cases, fc } from '../../chance/index.js';
import { answerFromCalendar } from '../../../src/bin/calendar-ports.js';
import type { AgreementTerms } from '../../../src/domain/agreement/index.js';
import type { Instant } from '../../../src/domain/business-time/index.js';
import { rejudgeLead, type CorrectedWorld } from '../../../src/domain/correction/index.js';
import type { Command } from '../../../src/domain/lifecycle/commands.js';
import type { LeadEvent } from '../../../src/domain/lifecycle/events.js';
import { clocksIn } from '../../../src/domain/lifecycle/record.js';
import { runCommand, runUntil, type Run } from '../../../src/domain/lifecycle/run.js';
import type { CalendarAnswer } from '../../../src/domain/ports.js';
import { answerFromDirectory } from '../../../src/domain/routing/answer.js';
import type { Directory } from '../../../src/domain/routing/directory.js';
import { judgementOf, type RejudgedClock } from '../../../src/domain/sla/judgement.js';
import { foldsToItsState } from '../../model/laws.js';
import { mendingWords } from '../../model/words.js';
import { tellStory, windowsOf, worldsOf } from '../../model/world.js';

const world = worldsOf(mendingWords);

const answerCalendar: CalendarAnswer = (question) =>
  question.kind === 'windows'
    ? windowsOf(question.definition, question.from, question.until)
    : answerFromCalendar(question);

const worldOf = (terms: readonly AgreementTerms[], termsInstead: Readonly<Record<string, string>>): CorrectedWorld => ({
  agreements: Object.fromEntries(terms.map((one) => [one.key, one])),
  termsInstead,
  answerCalendar,
});

/** Days that everybody forgot to close. */
const forgotten = { '2026-10-30': [], '2026-11-04': [], '2026-11-05': [] };

const corrected = (terms: AgreementTerms): AgreementTerms => ({
  ...terms,
  key: `${terms.key}-corrected`,
  calendars: changedEach(terms.calendars, (calendar) => ({
    ...calendar,
    exceptions: { ...calendar.exceptions, ...forgotten },
  })),
  calendarKeys: changedEach(terms.calendarKeys, (key) => `${key}-corrected`),
});

const changedEach = <V>(record: Readonly<Record<string, V>>, change: (value: V) => V): Readonly<Record<string, V>> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

/** What happened to a lead, but for what was judged of it. */
const courseOf = (events: readonly LeadEvent[]) =>
  events
    .filter(({ type }) => !type.startsWith('clock-') && !judgements.has(type))
    .map(({ seq: _seq, ...event }) => JSON.stringify({ ...event, agreement: null }));

const judgements = new Set<LeadEvent['type']>(['warning-fired', 'touches-out-of-reach', 'tier-fired']);

function rejudge(run: Run, world: CorrectedWorld, clocks: readonly RejudgedClock[]): Run {
  const said = { at: run.state.appliedAt, by: 'vp', id: 'rejudge-1', type: 'rejudge' as const };
  const why = { correction: 'co_1', reason: 'forgotten', judgedSeq: run.state.seq };
  const { touch } = world;
  const command: Command = { ...said, ...why, clocks, agreements: world.agreements, ...(touch && { touch }) };
  const told = runCommand({ ...run, context: { ...run.context, windows: {} } }, command, (question) =>
    world.answerCalendar(question as Parameters<CalendarAnswer>[0]),
  );
  expect(told.refusal).toBeUndefined();
  return told.run;
}

const passUntil = (run: Run, until: Instant, people: Directory): Run =>
  runUntil(run, until, (question) =>
    question.kind === 'windows' || question.kind === 'date-start'
      ? answerCalendar(question)
      : answerFromDirectory(question, people, { openLeadCounts: {}, lastGivenAt: {} }),
  );

describe('a lead of any world that is judged anew', () => {
  test('keeps every verdict and every due instant under the terms that it had', () => {
    fc.assert(
      fc.property(world, (any) => {
        const { run, terms } = tellStory(any);
        expect(rejudgeLead(run.events, run.state.appliedAt, worldOf([...terms.values()], {}))).toEqual({
          kind: 'judged',
          clocks: [],
        });
      }),
      cases(300, 15_000),
    );
  }, 120_000);

  test('has after it what it would have had if the right calendar had held, where nothing else came of it', () => {
    let comparedCount = 0;
    let changedCount = 0;
    fc.assert(
      fc.property(world, (any) => {
        const wrong = tellStory(any);
        const right = tellStory({ ...any, agreement: corrected(any.agreement) });
        const instead = [...wrong.terms.values()].map((terms): [string, AgreementTerms] => [
          terms.key,
          corrected(terms),
        ]);
        const all = [...wrong.terms.values(), ...instead.map(([, terms]) => terms)];
        const known = worldOf(all, Object.fromEntries(instead.map(([key, terms]) => [key, terms.key])));
        const judged = rejudgeLead(wrong.run.events, wrong.run.state.appliedAt, known);
        if (judged.kind !== 'judged') return;
        const run = rejudge(wrong.run, known, judged.clocks);
        foldsToItsState(run);
        expect(rejudgeLead(run.events, run.state.appliedAt, known)).toEqual({ kind: 'judged', clocks: [] });
        const isComparable = !wrong.run.events.some(({ type }) => type === 'agreement-applied');
        if (!isComparable || courseOf(wrong.run.events).join() !== courseOf(right.run.events).join()) return;
        comparedCount += 1;
        if (judged.clocks.length > 0) changedCount += 1;
        const until = Math.max(wrong.run.state.appliedAt, right.run.state.appliedAt);
        const after = passUntil(run, until, any.directory);
        const verdicts = [...clocksIn(after.events)].map(([name, clock]) => [name, judgementOf(clock)]);
        expect(verdicts).toEqual([...clocksIn(right.run.events)].map(([name, clock]) => [name, judgementOf(clock)]));
      }),
      cases(300, 15_000),
    );
    expect(comparedCount).toBeGreaterThan(20);
    expect(changedCount).toBeGreaterThan(10);
  }, 120_000);

  test('with a touch at any other instant, is judged so once', () => {
    let changedCount = 0;
    fc.assert(
      fc.property(world, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (any, pick, share) => {
        const { run, terms } = tellStory(any);
        const touches = run.events.filter((event) => event.type === 'touched');
        if (touches.length === 0) return;
        const { seq, at, cycle } = touches[pick % touches.length]!;
        const begunAt = run.events.find((event) => event.cycle === cycle)!.at;
        const touch = { touch: seq, touchedAt: Math.round(begunAt + share * (at - begunAt)) };
        const known = { ...worldOf([...terms.values()], {}), touch };
        const judged = rejudgeLead(run.events, run.state.appliedAt, known);
        if (judged.kind !== 'judged') return;
        if (judged.clocks.length > 0) changedCount += 1;
        const after = rejudge(run, known, judged.clocks);
        foldsToItsState(after);
        expect(rejudgeLead(after.events, after.state.appliedAt, known)).toEqual({ kind: 'judged', clocks: [] });
        const asItIs = worldOf([...terms.values()], {});
        expect(rejudgeLead(after.events, after.state.appliedAt, asItIs)).toEqual({ kind: 'judged', clocks: [] });
      }),
      cases(300, 15_000),
    );
    expect(changedCount).toBeGreaterThan(10);
  }, 120_000);
});
