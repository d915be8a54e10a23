import type { AgreementRef, Party } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { Trace } from '../explain/traces.js';
import { evolve } from '../lifecycle/evolve.js';
import type { LeadEvent } from '../lifecycle/events.js';
import type { LeadState } from '../lifecycle/state.js';
import type { Clock, Verdict } from '../sla/clock.js';
import { isSameJudgement, judgementOf, type Judgement } from '../sla/judgement.js';
import { heldBefore, type HeldBy, type HoldingFacts } from './holding-facts.js';

/** What changes a word that stood about a promise. */
export const correctionCauses = [
  /** A fact that happened in time was logged late (spec C9). */
  'logged-late',
  /** The touch that had ended it was taken back, or came back. */
  'touch-retracted',
  'touch-bounced',
  /** A new version moved what still ran, or that was undone. */
  'agreement-applied',
  'agreement-reverted',
  /** A calendar or a fact turned out wrong, and somebody approved of the correction. */
  'rejudged',
] as const;
export type CorrectionCause = (typeof correctionCauses)[number];

/** What became of it: another verdict, or the same one by other instants. */
export const correctionTurns = ['to-met', 'to-breached', 'to-cancelled', 'to-open', 'moved'] as const;
export type CorrectionTurn = (typeof correctionTurns)[number];

/** A promise of which something else is said since then: what was said before, and what is said now. */
export interface CorrectionFacts {
  /** Of the event that brought it about. */
  readonly seq: number;
  readonly cycle: number;
  readonly clock: string;
  readonly n: number;
  readonly party: Party;
  readonly agreement: AgreementRef;
  readonly heldBy: HeldBy;
  readonly correctedAt: Instant;
  readonly cause: CorrectionCause;
  /** What was given as the reason; of a rollout, the version. The actor of what was judged anew is who approved of it. */
  readonly reason: string | null;
  readonly actor: string | null;
  readonly turn: CorrectionTurn;
  readonly verdictBefore: Verdict;
  readonly verdict: Verdict;
  readonly wasDueAt: Instant | null;
  readonly dueAt: Instant | null;
  /** By which instant the verdict before was counted into a period; if there was none, the one after; null: neither. */
  readonly judgedAt: Instant | null;
}

/** Every correction in a lead's story, in order; few stories have any. */
export function correctionFacts(
  events: readonly LeadEvent[],
  traces: readonly Trace[],
  holdings: readonly HoldingFacts[],
  agreementOf: (trace: Trace) => AgreementRef,
): readonly CorrectionFacts[] {
  if (!events.some(({ type }) => type in causes)) return [];
  return changesIn(events).flatMap((change) => {
    const trace = traces.find(({ clock }) => keyOf(clock) === change.key);
    if (trace === undefined) return [];
    const { party } = trace.clock;
    const heldBy = party === 'sales' ? heldBefore(holdings, change.told) : NOBODY;
    return [{ ...factsOf(change, trace.clock), party, agreement: agreementOf(trace), heldBy }];
  });
}

const causes: Partial<Record<LeadEvent['type'], CorrectionCause>> = {
  'clock-corrected': 'logged-late',
  'touch-retracted': 'touch-retracted',
  'touch-bounced': 'touch-bounced',
  'agreement-applied': 'agreement-applied',
  'agreement-reverted': 'agreement-reverted',
  'clock-rejudged': 'rejudged',
};

const NOBODY: HeldBy = { owner: null, team: null };

const keyOf = ({ name, n, cycle }: Pick<Clock, 'name' | 'n' | 'cycle'>): string => `${cycle}/${name}/${n}`;

/** Of a clock: what was said of it, what is said now, and the event that changed it. */
interface Change {
  readonly told: LeadEvent;
  readonly key: string;
  readonly was: Judgement;
  readonly is: Judgement;
}

/** What each command changed of what stood there before it. */
function changesIn(events: readonly LeadEvent[]): readonly Change[] {
  const changes: Change[] = [];
  let state: LeadState | undefined;
  for (const group of byCommand(events)) {
    const before = state;
    for (const event of group) state = evolve(state, event);
    const told = group.find(({ type }) => type in causes);
    if (told?.type === 'clock-rejudged') changes.push(...rejudgementsIn(group));
    else if (told && before && state) changes.push(...changesBetween(told, before, state));
  }
  return changes;
}

/** Events that one command brought about stand together; what fell due stands for itself. */
function byCommand(events: readonly LeadEvent[]): readonly (readonly LeadEvent[])[] {
  const groups: LeadEvent[][] = [];
  for (const event of events) {
    const last = groups.at(-1);
    const isOfSame = event.commandId !== undefined && last?.[0]?.commandId === event.commandId;
    if (last && isOfSame) last.push(event);
    else groups.push([event]);
  }
  return groups;
}

/** By value, also of clocks that the lead's state has forgotten. */
const rejudgementsIn = (group: readonly LeadEvent[]): readonly Change[] =>
  group.flatMap((event) => {
    if (event.type !== 'clock-rejudged') return [];
    const { clock: name, n, clockCycle: cycle, was, is } = event;
    return [{ told: event, key: keyOf({ name, n, cycle }), was, is }];
  });

/** A rollout speaks of what runs; all else can change only what had been decided. */
function changesBetween(told: LeadEvent, before: LeadState, after: LeadState): readonly Change[] {
  const isRollout = told.type === 'agreement-applied' || told.type === 'agreement-reverted';
  return before.clocks.flatMap((clock) => {
    const now = after.clocks.find((other) => keyOf(other) === keyOf(clock));
    if (now === undefined || (isUndecided(clock) && !isRollout)) return [];
    const [was, is] = [judgementOf(clock), judgementOf(now)];
    return isAlike(was, is) ? [] : [{ told, key: keyOf(clock), was, is }];
  });
}

const isUndecided = ({ verdict }: Pick<Judgement, 'verdict'>): boolean => verdict === 'pending' || verdict === 'paused';

/** A breach that was made good late, or whose answer was taken back, stays the same breach. */
const isAlike = (was: Judgement, is: Judgement): boolean =>
  isSameJudgement(was, is) || (was.verdict === 'breached' && is.verdict === 'breached' && was.dueAt === is.dueAt);

function factsOf(
  { told, was, is }: Change,
  { name, n, cycle }: Clock,
): Omit<CorrectionFacts, 'party' | 'agreement' | 'heldBy'> {
  return {
    seq: told.seq,
    cycle,
    clock: name,
    n,
    correctedAt: told.at,
    cause: causes[told.type]!,
    reason: reasonOf(told),
    actor: told.by ?? null,
    turn: turnOf(was, is),
    verdictBefore: was.verdict,
    verdict: is.verdict,
    wasDueAt: was.dueAt,
    dueAt: is.dueAt,
    judgedAt: judgedAtOf(was) ?? judgedAtOf(is),
  };
}

function reasonOf(event: LeadEvent): string | null {
  if ('agreement' in event && event.type.startsWith('agreement-'))
    return `${event.agreement.name}@${event.agreement.version}`;
  return 'reason' in event ? (event.reason ?? null) : null;
}

function turnOf(was: Judgement, is: Judgement): CorrectionTurn {
  if (was.verdict === is.verdict || (isUndecided(was) && isUndecided(is))) return 'moved';
  return isUndecided(is) ? 'to-open' : (`to-${is.verdict}` as CorrectionTurn);
}

/** By which instant a verdict is counted into a period. */
function judgedAtOf({ verdict, completedAt, dueAt }: Judgement): Instant | null {
  if (verdict === 'met') return completedAt;
  return verdict === 'breached' ? dueAt : null;
}
