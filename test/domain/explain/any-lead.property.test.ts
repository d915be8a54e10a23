import { cases, fc } from '../../chance/index.js';
import { openTimeBetween, type Instant } from '../../../src/domain/business-time/index.js';
import { explainInWords, explainLead, type ClockExplanation, type Story } from '../../../src/domain/explain/index.js';
import { evolve, foldLead } from '../../../src/domain/lifecycle/evolve.js';
import type { LeadEvent } from '../../../src/domain/lifecycle/events.js';
import { leadRecord } from '../../../src/domain/lifecycle/record.js';
import { isPaused, type LeadState } from '../../../src/domain/lifecycle/state.js';
import { words } from '../../model/words.js';
import { calendarNamed, tellStory, windowsOf, worldsOf, type Told } from '../../model/world.js';

const world = worldsOf(words);
const parameters = cases(100, 15_000);

const explained = ({ run, terms }: Told, story: Story = { events: run.events }) =>
  explainLead(
    story,
    {
      agreements: Object.fromEntries(terms),
      windowsOf: (_key, definition, from, until) => windowsOf(definition, from, until),
    },
    run.state.appliedAt,
  );

const nameOf = ({ clock, n, cycle }: Pick<ClockExplanation, 'clock' | 'n' | 'cycle'>) => `${cycle}/${clock}/${n}`;

/** When the lead's sales clocks rested for any time at all, read from the events without the code under test. */
function restsIn(events: readonly LeadEvent[]): readonly (readonly [Instant, Instant])[] {
  const rests: [Instant, Instant][] = [];
  let state: LeadState | undefined;
  for (const event of events) {
    const rested = state !== undefined && isPaused(state);
    state = evolve(state, event);
    if (!rested && isPaused(state)) rests.push([event.at, Number.POSITIVE_INFINITY]);
    if (rested && !isPaused(state)) rests.at(-1)![1] = event.at;
  }
  return rests.filter(([from, until]) => from < until);
}

/** Throws if the open time it lists is not what the promise counts. */
function countsOpenTime(
  { counted, due, target, party, verdict, start }: ClockExplanation,
  events: readonly LeadEvent[],
) {
  const known = verdict.recordedAt ?? Number.POSITIVE_INFINITY;
  const rests = party === 'sales' ? restsIn(events).filter(([from]) => from < known) : [];
  let before = start.startedAt;
  for (const { openAt, closeAt, ms, calendar } of counted!.pieces) {
    expect(openAt).toBeGreaterThanOrEqual(before);
    expect(closeAt - openAt).toBe(ms);
    expect(ms).toBeGreaterThan(0);
    expect(openTimeBetween(windowsOf(calendarNamed(calendar), openAt, closeAt), openAt, closeAt)).toBe(ms);
    expect(rests.filter(([from, until]) => from < closeAt && until > openAt)).toEqual([]);
    before = closeAt;
  }
  expect(counted!.pieces.reduce((sum, { ms }) => sum + ms, 0)).toBe(counted!.ms);
  if (due === null) return expect(counted!.ms).toBeLessThanOrEqual(target.targetMs);
  expect(counted!.ms).toBe(target.targetMs);
  if (due.because === 'target-used-up') expect(counted!.usedUpAt).toBe(due.dueAt);
  else expect(counted!.usedUpAt).toBeLessThanOrEqual(due.dueAt);
}

/** Throws if the verdict contradicts the time that it lists. */
function agreesWithItsTime({ due, used, target, verdict }: ClockExplanation) {
  const { shares, usedMs, lateMs, usedUntil } = used!;
  expect(shares.reduce((sum, share) => sum + share.usedMs, 0)).toBe(usedMs);
  expect(shares.reduce((sum, share) => sum + share.lateMs, 0)).toBe(lateMs);
  if (verdict.overshootMs !== null) expect(lateMs).toBe(verdict.overshootMs);
  if (verdict.verdict === 'met') expect(lateMs).toBe(0);
  if (due?.because !== 'target-used-up') return;
  if (usedUntil >= due.dueAt) expect(usedMs - lateMs).toBe(target.targetMs);
  else expect(usedMs).toBeLessThanOrEqual(target.targetMs);
}

describe('the explanation of a lead in any world', () => {
  test('lists open time that is disjoint, inside open hours, outside pauses, and sums to the target exactly', () => {
    fc.assert(
      fc.property(world, (any) => {
        const told = tellStory(any);
        for (const clock of explained(told).clocks) countsOpenTime(clock, told.run.events);
      }),
      parameters,
    );
  }, 600_000);

  test('agrees with every verdict, and splits the time used without losing any', () => {
    fc.assert(
      fc.property(world, (any) => {
        const told = tellStory(any);
        const { clocks } = explained(told);
        for (const clock of clocks) agreesWithItsTime(clock);
        expect(clocks.map((clock) => [nameOf(clock), clock.verdict.verdict, clock.due?.dueAt ?? null])).toEqual(
          leadRecord(told.run.events).clocks.map((clock) => [nameOf(clock), clock.verdict, clock.dueAt]),
        );
      }),
      parameters,
    );
  }, 600_000);

  test('is the same for the clocks of a run that began in the midst of the story', () => {
    fc.assert(
      fc.property(world, fc.double({ min: 0, max: 1, noNaN: true }), (any, share) => {
        const told = tellStory(any);
        const { events } = told.run;
        const begun = 1 + Math.floor(share * (events.length - 1));
        const whole = new Map(explained(told).clocks.map((clock) => [nameOf(clock), clock]));
        const late = explained(told, { opening: foldLead(events.slice(0, begun)), events: events.slice(begun) });
        for (const { due, counted, used, verdict, ...clock } of late.clocks) {
          expect({ due, counted, used, verdict: verdict.verdict }).toEqual({
            due: whole.get(nameOf(clock))!.due,
            counted: whole.get(nameOf(clock))!.counted,
            used: whole.get(nameOf(clock))!.used,
            verdict: whole.get(nameOf(clock))!.verdict.verdict,
          });
        }
      }),
      parameters,
    );
  }, 600_000);

  test('can always be said in words', () => {
    fc.assert(
      fc.property(world, (any) => {
        const text = explainInWords(explained(tellStory(any)));
        expect(text).not.toMatch(/undefined|null|NaN|Infinity|\[object/);
      }),
      cases(50, 15_000),
    );
  }, 600_000);
});
