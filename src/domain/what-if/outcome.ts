import type { ClockId, EventType, LeadEvent } from '../lifecycle/events.js';
import type { Verdict } from '../sla/clock.js';

export const outcomeVerdicts = ['met', 'breached', 'cancelled', 'undecided'] as const;
/** `undecided`: the clock still ran or rested when the story ended. */
export type OutcomeVerdict = (typeof outcomeVerdicts)[number];

export interface ClockOutcome {
  readonly clock: string;
  readonly n: number;
  readonly cycle: number;
  readonly verdict: OutcomeVerdict;
  readonly warningCount: number;
}

/** A tier that fired; nobody told means that it was skipped. */
export interface TierOutcome {
  readonly clock: string;
  readonly tier: number;
  readonly toldCount: number;
  readonly moved: boolean;
}

/** What an agreement made of a lead. */
export interface LeadOutcome {
  /** It was not an MQL, and nothing was owed. */
  readonly isExcluded: boolean;
  /** The team that got it first; null if nobody did. */
  readonly team: string | null;
  readonly clocks: readonly ClockOutcome[];
  readonly tiers: readonly TierOutcome[];
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads from a lead's whole story what became of its promises. */
export function outcomeOf(events: readonly LeadEvent[]): LeadOutcome {
  const clocks: Writable<ClockOutcome>[] = [];
  const tiers: TierOutcome[] = [];
  let begun: LeadEvent | undefined;
  for (const event of events) {
    if (event.type === 'handed-off' || event.type === 'excluded') begun = event;
    if (event.type === 'clock-started') clocks.push(startedClock(event));
    if (event.type === 'warning-fired') clockOf(clocks, event).warningCount += 1;
    if (event.type === 'tier-fired') {
      const { clock, tier, to, reassigned = false } = event;
      tiers.push({ clock, tier, toldCount: to.length, moved: reassigned });
    }
    if (event.type === 'clock-rejudged') clockOf(clocks, event).verdict = outcomeVerdictOf(event.is.verdict);
    const verdict = verdictAfter[event.type];
    if (verdict) judge(clockOf(clocks, event as LeadEvent & ClockId), verdict);
  }
  return {
    isExcluded: begun?.type === 'excluded',
    team: begun?.type === 'handed-off' ? begun.holder.team : null,
    clocks,
    tiers,
  };
}

const clockOf = <T extends ClockOutcome>(clocks: readonly T[], { clock, n, clockCycle }: ClockId): T =>
  clocks.findLast((one) => one.clock === clock && one.n === n && one.cycle === clockCycle)!;

const startedClock = ({ clock, n, clockCycle }: ClockId): Writable<ClockOutcome> => ({
  clock,
  n,
  cycle: clockCycle,
  verdict: 'undecided',
  warningCount: 0,
});

const verdictAfter: { readonly [T in EventType]?: OutcomeVerdict } = {
  'clock-met': 'met',
  'clock-breached': 'breached',
  'clock-corrected': 'met',
  'clock-cancelled': 'cancelled',
  'clock-reopened': 'undecided',
};

const outcomeVerdictOf = (verdict: Verdict): OutcomeVerdict =>
  verdict === 'pending' || verdict === 'paused' ? 'undecided' : verdict;

/** A breach stays, unless a fact logged late corrects it (spec C8, C9). */
function judge(clock: Writable<ClockOutcome>, verdict: OutcomeVerdict): void {
  if (clock.verdict !== 'breached' || verdict === 'met') clock.verdict = verdict;
}
