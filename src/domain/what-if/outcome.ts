import type { ClockId, EventOf, EventType, LeadEvent } from '../lifecycle/events.js';
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
/** An outcome while the story is being read. */
type Emerging = Writable<Pick<LeadOutcome, 'isExcluded' | 'team'>> & {
  readonly clocks: Writable<ClockOutcome>[];
  readonly tiers: TierOutcome[];
};

/** Reads from a lead's whole story what became of its promises. */
export function outcomeOf(events: readonly LeadEvent[]): LeadOutcome {
  const outcome: Emerging = { isExcluded: false, team: null, clocks: [], tiers: [] };
  for (const event of events) {
    const hear = hearers[event.type] as ((outcome: Emerging, event: LeadEvent) => void) | undefined;
    hear?.(outcome, event);
  }
  return outcome;
}

/** What an event says of the promises; those that are not here say nothing. */
const hearers: { readonly [T in EventType]?: (outcome: Emerging, event: EventOf<T>) => void } = {
  excluded: (outcome) => void (outcome.isExcluded = true),
  'handed-off': (outcome, { holder }) => void Object.assign(outcome, { isExcluded: false, team: holder.team }),
  'clock-started': ({ clocks }, event) => void clocks.push(startedClock(event)),
  'warning-fired': ({ clocks }, event) => void (clockOf(clocks, event).warningCount += 1),
  'tier-fired': ({ tiers }, event) => void tiers.push(firedTier(event)),
  'clock-met': ({ clocks }, event) => judge(clockOf(clocks, event), 'met'),
  'clock-corrected': ({ clocks }, event) => judge(clockOf(clocks, event), 'met'),
  'clock-breached': ({ clocks }, event) => judge(clockOf(clocks, event), 'breached'),
  'clock-cancelled': ({ clocks }, event) => judge(clockOf(clocks, event), 'cancelled'),
  'clock-reopened': ({ clocks }, event) => judge(clockOf(clocks, event), 'undecided'),
  'clock-rejudged': ({ clocks }, event) => void (clockOf(clocks, event).verdict = outcomeVerdictOf(event.is.verdict)),
};

const firedTier = ({ clock, tier, to, reassigned = false }: EventOf<'tier-fired'>): TierOutcome => ({
  clock,
  tier,
  toldCount: to.length,
  moved: reassigned,
});

const clockOf = <T extends ClockOutcome>(clocks: readonly T[], { clock, n, clockCycle }: ClockId): T =>
  clocks.findLast((one) => one.clock === clock && one.n === n && one.cycle === clockCycle)!;

const startedClock = ({ clock, n, clockCycle }: ClockId): Writable<ClockOutcome> => ({
  clock,
  n,
  cycle: clockCycle,
  verdict: 'undecided',
  warningCount: 0,
});

const outcomeVerdictOf = (verdict: Verdict): OutcomeVerdict =>
  verdict === 'pending' || verdict === 'paused' ? 'undecided' : verdict;

/** A breach stays, unless a fact logged late corrects it (spec C8, C9). */
function judge(clock: Writable<ClockOutcome>, verdict: OutcomeVerdict): void {
  if (clock.verdict !== 'breached' || verdict === 'met') clock.verdict = verdict;
}
