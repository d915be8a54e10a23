import type { AgreementRef, AgreementTerms } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import { reasonOf } from '../notices/words.js';
import { dueAtOf } from '../sla/clock.js';
import { pausesOf, stretchesOf, termsKeyOf, type Stretch } from '../sla/clock-time.js';
import type {
  Change,
  ClockExplanation,
  Counted,
  Due,
  ExplainPorts,
  Holding,
  LeadExplanation,
  Override,
  Rested,
  Start,
  Story,
} from './explanation.js';
import { factOf } from './facts.js';
import { judgedOf } from './judged.js';
import { countUpTo, openPieces, termsOf } from './open-pieces.js';
import { timeSplit } from './time-split.js';
import { traceClocks, type Trace } from './traces.js';

/**
 * Explains every clock of a lead, over all its cycles, from its events alone.
 * @param at up to when running clocks use time; not before the last event
 */
export function explainLead(story: Story, ports: ExplainPorts, at: Instant): LeadExplanation {
  const { state, traces } = traceClocks(story);
  const { leadId, stage, cycle, agreement, appliedAt } = state;
  const until = Math.max(at, appliedAt);
  const clocks = traces.map((trace) => explainClock(ports, trace, until));
  return { leadId, at: until, stage, cycle, agreement, clocks };
}

function explainClock(ports: ExplainPorts, trace: Trace, at: Instant): ClockExplanation {
  const { clock, course } = trace;
  const stretches = stretchesOf({ state: course, termsOf: (key) => termsOf(ports, key) }, clock);
  const counted = countedOf(ports, trace, at);
  const zoneAt = (instant: Instant): string => timeZoneOf(stretchAt(stretches, instant));
  const say = (instant: Instant): string | null => ports.formatLocal?.(zoneAt(instant), instant) ?? null;
  return {
    clock: clock.name,
    n: clock.n,
    cycle: clock.cycle,
    party: clock.party,
    promise: promiseOf(ports, trace),
    start: startOf(trace, say),
    target: targetOf(ports, trace),
    zoneRelease: zoneReleaseOf(ports, trace),
    owners: ownersOf(trace, stretches),
    pauses: restsOf(trace, at),
    changes: changesOf(ports, trace),
    rejudgements: rejudgementsOf(trace),
    due: dueOf(ports, trace, stretches, counted, say),
    counted,
    used: timeSplit(ports, trace, at),
    verdict: judgedOf(trace, say),
  };
}

const termsNow = (ports: ExplainPorts, { clock }: Trace): AgreementTerms => termsOf(ports, termsKeyOf(clock));

const refOf = ({ key, name, version }: AgreementTerms): AgreementRef => ({ key, name, version });

function promiseOf(ports: ExplainPorts, trace: Trace): ClockExplanation['promise'] {
  const terms = termsNow(ports, trace);
  const { from, until, withinMs, calendar = null } = terms.clocks[trace.clock.name]!;
  return { agreement: refOf(terms), from, until, withinMs, calendar };
}

function startOf({ clock: { startedAt }, start, turns }: Trace, say: (at: Instant) => string | null): Start {
  const planned = start?.planned ?? false;
  const begun = turns.find(({ event }) => event.type === 'clock-started');
  return { startedAt, local: say(startedAt), planned, fact: planned ? null : factOf(begun?.fact) };
}

function targetOf(ports: ExplainPorts, trace: Trace): ClockExplanation['target'] {
  const { clock, start } = trace;
  return { targetMs: clock.targetMs, atStartMs: start?.event.targetMs ?? null, override: overrideOf(ports, trace) };
}

function overrideOf(ports: ExplainPorts, { start }: Trace): Override | null {
  if (!start || start.event.override === null) return null;
  const { clock, override: index, terms } = start.event;
  const override = termsOf(ports, terms[0]!.agreement).clocks[clock]?.overrides[index];
  if (!override) return null;
  const reasons = override.when.map((condition) => reasonOf(condition, start.fields, start.signals));
  return { index, withinMs: override.withinMs, when: override.when, reasons };
}

/** Of the event that planned it last. */
function zoneReleaseOf(ports: ExplainPorts, trace: Trace): string {
  const planned = trace.turns.findLast(({ event }) => 'zoneRelease' in event)?.event;
  return planned && 'zoneRelease' in planned ? planned.zoneRelease : termsNow(ports, trace).zoneRelease;
}

const stretchAt = (stretches: readonly Stretch[], at: Instant): Stretch =>
  stretches.findLast(({ from }) => from < at) ?? stretches[0]!;

const timeZoneOf = ({ terms, calendar }: Stretch): string => terms.calendars[calendar]!.timeZone;

/** Whoever held the lead while the clock waited. */
function ownersOf({ clock, course: { holders } }: Trace, stretches: readonly Stretch[]): readonly Holding[] {
  const from = Math.max(
    0,
    holders.findLastIndex((holder) => holder.from <= clock.startedAt),
  );
  return holders.slice(from).map((holder, index) => {
    const heldFrom = index === 0 ? clock.startedAt : holder.from;
    const stretch = stretchAt(stretches, heldFrom + 1);
    const { owner, queue } = holder;
    return { from: heldFrom, owner, queue, calendar: stretch.calendar, timeZone: timeZoneOf(stretch) };
  });
}

/** One that ended as it began took no time, so nothing is told of it. */
const restsOf = ({ clock, course }: Trace, at: Instant): readonly Rested[] =>
  pausesOf(course, clock)
    .filter(([from, until]) => until > Math.max(clock.startedAt, from))
    .map(([pausedAt, until]) => ({ pausedAt, resumedAt: until <= at ? until : null }));

function changesOf(ports: ExplainPorts, { turns, start }: Trace): readonly Change[] {
  let followed = start?.event.terms.at(-1)?.agreement;
  let targetMs = start?.event.targetMs ?? null;
  return turns.flatMap(({ event }): readonly Change[] => {
    if (event.type !== 'clock-replanned' && event.type !== 'clock-reopened') return [];
    const { at, cause, plan } = event;
    const change = { at, cause, by: event.by ?? null, dueAt: plan?.dueAt ?? null };
    if (event.type === 'clock-reopened') return [{ ...change, targetMs, agreement: null }];
    const key = event.terms.at(-1)!.agreement;
    const agreement = followed === undefined || key === followed ? null : refOf(termsOf(ports, key));
    followed = key;
    targetMs = event.targetMs;
    return [{ ...change, targetMs, agreement }];
  });
}

const rejudgementsOf = ({ turns }: Trace): ClockExplanation['rejudgements'] =>
  turns.flatMap(({ event }) => {
    if (event.type !== 'clock-rejudged') return [];
    const { at, correction, reason, by = null, was, is } = event;
    return [{ at, correction, reason, by, was, is }];
  });

/** Up to the due instant; for a clock without one, up to its end or the present. */
function countedOf(ports: ExplainPorts, { clock, course }: Trace, at: Instant): Counted | null {
  const ended = clock.verdict === 'met' ? clock.completedAt : clock.verdict === 'cancelled' ? clock.cancelledAt : at;
  const pieces = openPieces(ports, course, clock, dueAtOf(clock) ?? ended);
  return pieces && countUpTo(pieces, clock.targetMs);
}

function dueOf(
  ports: ExplainPorts,
  trace: Trace,
  stretches: readonly Stretch[],
  counted: Counted | null,
  say: (at: Instant) => string | null,
): Due | null {
  const dueAt = dueAtOf(trace.clock);
  if (dueAt === null) return null;
  const stretch = stretchAt(stretches, dueAt);
  return {
    dueAt,
    local: say(dueAt),
    calendar: stretch.calendar,
    timeZone: timeZoneOf(stretch),
    zoneRelease: zoneReleaseOf(ports, trace),
    because: isPinned(trace, dueAt, counted) ? 'nothing-left' : 'target-used-up',
  };
}

/** A change found nothing left and became the due instant; where time is not counted out, its event tells. */
function isPinned({ turns }: Trace, dueAt: Instant, counted: Counted | null): boolean {
  if (counted?.usedUpAt != null) return counted.usedUpAt < dueAt;
  return turns.some(({ event }) => event.type === 'clock-replanned' && event.at === dueAt);
}
