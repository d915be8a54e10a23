import type { AgreementRef, Party } from '../agreement/index.js';
import type { CalendarKey, DurationMs, Instant } from '../business-time/index.js';
import type { ExplainPorts, OpenPiece } from '../explain/explanation.js';
import { openPieces } from '../explain/open-pieces.js';
import type { Trace } from '../explain/traces.js';
import type { LeadEvent } from '../lifecycle/events.js';
import type { HolderInterval } from '../lifecycle/state.js';
import { dueAtOf, isOpenClock, type Clock, type Verdict } from '../sla/clock.js';
import { holderCalendar, pausesOf, termsKeyOf } from '../sla/clock-time.js';

/** Whom a clock's verdict is counted for (R4); both null for marketing's clocks. */
export interface CountedFor {
  readonly owner: string | null;
  readonly team: string | null;
}

/** What one clock contributes to figures, as its lead's events tell it. */
export interface ClockFacts {
  readonly cycle: number;
  readonly clock: string;
  readonly n: number;
  readonly party: Party;
  /** The agreement whose promise it follows. */
  readonly agreement: AgreementRef;
  readonly startedAt: Instant;
  readonly targetMs: DurationMs;
  readonly dueAt: Instant | null;
  readonly verdict: Verdict;
  readonly completedAt: Instant | null;
  readonly overshootMs: DurationMs | null;
  readonly isCorrected: boolean;
  /** Met: when it was; breached: when it was due (spec/reports.md, compliance). Null: undecided. */
  readonly decidedAt: Instant | null;
  /** The last verdict on the same side in the same cycle before this one's, and, if this is a miss, the last miss. */
  readonly verdictBeforeAt: Instant | null;
  readonly missBeforeAt: Instant | null;
  /** Of a met clock, who held the lead then; of a breached one, who held it for most of its open time (R4). */
  readonly countedFor: CountedFor;
  /** Open time from the start to the milestone, or, while that is awaited, to `usedUntil`; null: windows not at hand. */
  readonly usedMs: DurationMs | null;
  /** The end; while there is none, the last instant at which owner or rest changed. */
  readonly usedUntil: Instant;
  /** The calendar on which its time goes on after `usedUntil`; null: it rests or has ended. */
  readonly runsOn: CalendarKey | null;
  readonly wasPaused: boolean;
  /** What took its meaning away; null unless cancelled. */
  readonly cancelledBy: string | null;
}

/** What every clock of a lead contributes, over all its cycles, in the order in which they started. */
export function clockFacts(
  traces: readonly Trace[],
  ports: ExplainPorts,
  agreementOf: (trace: Trace) => AgreementRef,
): readonly ClockFacts[] {
  const facts = traces.map((trace) => factsOf(trace, ports, agreementOf(trace)));
  return facts.map((clock) => ({ ...clock, ...whatCameBefore(clock, facts) }));
}

/** The agreement whose promise a clock follows, by what the events say of agreements. */
export function agreementsIn(events: readonly LeadEvent[]): (trace: Trace) => AgreementRef {
  const refs = new Map(
    events.flatMap((event) => ('agreement' in event ? [[event.agreement.key, event.agreement]] : [])),
  );
  return ({ clock }) => {
    const key = termsKeyOf(clock);
    return refs.get(key) ?? { key, name: key, version: 0 };
  };
}

/** By these a cycle is counted once for its side: by its first verdict in a period, and by its first miss. */
function whatCameBefore(
  clock: OwnFacts,
  facts: readonly OwnFacts[],
): Pick<ClockFacts, 'verdictBeforeAt' | 'missBeforeAt'> {
  const { decidedAt, cycle, party, verdict } = clock;
  if (decidedAt === null) return { verdictBeforeAt: null, missBeforeAt: null };
  const index = facts.indexOf(clock);
  const before = facts.filter(
    (other, place) =>
      other.cycle === cycle &&
      other.party === party &&
      other.decidedAt !== null &&
      (other.decidedAt < decidedAt || (other.decidedAt === decidedAt && place < index)),
  );
  const misses = verdict === 'breached' ? before.filter((other) => other.verdict === 'breached') : [];
  return { verdictBeforeAt: lastDecidedAt(before), missBeforeAt: lastDecidedAt(misses) };
}

const lastDecidedAt = (clocks: readonly OwnFacts[]): Instant | null =>
  clocks.length === 0 ? null : Math.max(...clocks.map(({ decidedAt }) => decidedAt!));

type OwnFacts = Omit<ClockFacts, 'verdictBeforeAt' | 'missBeforeAt'>;

function factsOf(trace: Trace, ports: ExplainPorts, agreement: AgreementRef): OwnFacts {
  const { clock, course } = trace;
  const endedAt = endOf(trace);
  const usedUntil = endedAt ?? lastTurnOf(trace);
  return {
    agreement,
    cycle: clock.cycle,
    clock: clock.name,
    n: clock.n,
    party: clock.party,
    startedAt: clock.startedAt,
    targetMs: clock.targetMs,
    dueAt: dueAtOf(clock),
    verdict: clock.verdict,
    completedAt: completedAtOf(clock),
    overshootMs: clock.verdict === 'breached' ? (clock.overshootMs ?? null) : null,
    isCorrected: clock.verdict === 'met' && clock.corrected,
    decidedAt: decidedAtOf(clock),
    countedFor: countedFor(trace, ports),
    usedMs: sumOf(piecesOf(trace, ports, usedUntil)),
    usedUntil,
    runsOn: runsOn(trace, ports),
    wasPaused: pausesOf(course, clock).some(([from, until]) => from < (endedAt ?? Infinity) && until > clock.startedAt),
    cancelledBy: clock.verdict === 'cancelled' ? causeOf(trace) : null,
  };
}

const completedAtOf = (clock: Clock): Instant | null => ('completedAt' in clock ? (clock.completedAt ?? null) : null);

/** The instant by which a verdict is counted into a period; null while there is none. */
function decidedAtOf(clock: Clock): Instant | null {
  if (clock.verdict === 'met') return clock.completedAt;
  return clock.verdict === 'breached' ? clock.dueAt : null;
}

/** When it stopped waiting for its milestone; undefined while it waits. */
function endOf({ clock, turns }: Trace): Instant | undefined {
  if (isOpenClock(clock)) return undefined;
  const cancelledAt = turns.findLast(({ event }) => event.type === 'clock-cancelled')?.event.at;
  return completedAtOf(clock) ?? cancelledAt;
}

/** When what decides how its time runs last changed: its start, its owner, a rest. */
function lastTurnOf({ clock, course: { holders, pauses } }: Trace): Instant {
  const rests = clock.party === 'sales' ? pauses.flatMap(({ from, until }) => [from, until ?? from]) : [];
  return Math.max(clock.startedAt, ...holders.map(({ from }) => from), ...rests);
}

function causeOf({ turns }: Trace): string | null {
  const cancelled = turns.findLast(({ event }) => event.type === 'clock-cancelled')?.event;
  return cancelled?.type === 'clock-cancelled' ? cancelled.cause : null;
}

/** Null where terms or windows are not at hand. */
function piecesOf({ clock, course }: Trace, ports: ExplainPorts, until: Instant): readonly OpenPiece[] | null {
  if (!clock.terms.every(({ agreement }) => agreement in ports.agreements)) return null;
  return openPieces(ports, course, clock, until);
}

const sumOf = (pieces: readonly OpenPiece[] | null): DurationMs | null =>
  pieces && pieces.reduce((sum, { ms }) => sum + ms, 0);

function runsOn({ clock, course }: Trace, { agreements }: ExplainPorts): CalendarKey | null {
  const terms = agreements[termsKeyOf(clock)];
  const rests = pausesOf(course, clock).some(([, until]) => until === Number.POSITIVE_INFINITY);
  if (!terms || !isOpenClock(clock) || rests) return null;
  const calendar = terms.clocks[clock.name]?.calendar ?? holderCalendar(terms, course.holders.at(-1)?.calendar ?? null);
  return terms.calendarKeys[calendar] ?? null;
}

const NOBODY: CountedFor = { owner: null, team: null };

function countedFor(trace: Trace, ports: ExplainPorts): CountedFor {
  const { clock, course } = trace;
  if (clock.party !== 'sales') return NOBODY;
  if (clock.verdict === 'breached') return longestHolder(trace, ports, clock.dueAt);
  const at = clock.verdict === 'met' ? clock.completedAt : Number.POSITIVE_INFINITY;
  return personOf(course.holders.findLast(({ from }) => from <= at) ?? course.holders[0]);
}

const personOf = (holder: HolderInterval | undefined): CountedFor =>
  holder ? { owner: holder.owner, team: holder.team } : NOBODY;

/** Who held the lead for most of the clock's open time before it was due; of two alike, the earlier (R4). */
function longestHolder(trace: Trace, ports: ExplainPorts, dueAt: Instant): CountedFor {
  const pieces = piecesOf(trace, ports, dueAt) ?? [];
  const held = new Map<string, { readonly person: CountedFor; ms: DurationMs }>();
  for (const [index, holder] of trace.course.holders.entries()) {
    const person = personOf(holder);
    const known = held.get(JSON.stringify(person)) ?? { person, ms: 0 };
    known.ms += overlapMs(pieces, holder.from, index === 0, trace.course.holders[index + 1]?.from);
    held.set(JSON.stringify(person), known);
  }
  const longestMs = Math.max(0, ...[...held.values()].map(({ ms }) => ms));
  return [...held.values()].find(({ ms }) => ms === longestMs)?.person ?? NOBODY;
}

/** How much of the pieces lies in a holder's time; the first one held the lead from ever. */
function overlapMs(pieces: readonly OpenPiece[], from: Instant, isFirst: boolean, until = Number.POSITIVE_INFINITY) {
  const start = isFirst ? 0 : from;
  return pieces.reduce((sum, piece) => {
    const ms = Math.min(piece.closeAt, until) - Math.max(piece.openAt, start);
    return sum + Math.max(0, ms);
  }, 0);
}
