import type { Instant } from '../business-time/index.js';
import { isOpenClock, type Clock, type OpenClock } from '../sla/clock.js';
import { rests } from './milestones.js';
import type { LeadState } from './state.js';

interface Timing {
  /** When it fires: its planned instant, but never before what has been applied (spec C11). */
  readonly at: Instant;
  readonly plannedAt: Instant;
  /** Fires ahead of the facts of its instant (spec C6, C13); everything else waits for them (spec C3). */
  readonly beforeFacts: boolean;
}

export type DueItem = Timing &
  (
    | { readonly kind: 'pause-ends' }
    | { readonly kind: 'number-starts'; readonly clock: string }
    | { readonly kind: 'breach'; readonly clock: Clock }
    | { readonly kind: 'tier'; readonly clock: Clock; readonly tier: number }
    | { readonly kind: 'warning'; readonly clock: Clock; readonly point: string; readonly index: number }
    | { readonly kind: 'out-of-reach'; readonly clock: Clock }
    | { readonly kind: 'wake' }
    | { readonly kind: 'age-out' }
  );

type Candidate = DueItem extends infer Item ? (Item extends DueItem ? Omit<Item, 'at' | 'beforeFacts'> : never) : never;

/**
 * The first thing that will happen to the lead if nobody says anything; undefined if it waits for nothing.
 * Needs neither calendars nor the directory: every instant stands in the state by value.
 */
export function nextDue(state: LeadState): DueItem | undefined {
  const earliest = new Earliest(state.appliedAt);
  considerLead(earliest, state);
  for (const clock of state.clocks) {
    if (isOpenClock(clock) && !rests(state, clock.party)) considerClock(earliest, clock);
  }
  return earliest.item;
}

/** The first of the candidates it has seen; of the many that there are, only that one is made into an item. */
class Earliest {
  #first: Candidate | undefined;
  #at = Number.POSITIVE_INFINITY;

  constructor(private readonly appliedAt: Instant) {}

  consider(candidate: Candidate): void {
    const at = Math.max(candidate.plannedAt, this.appliedAt);
    if (at > this.#at || (at === this.#at && this.#first && !firesBefore(candidate, this.#first))) return;
    this.#first = candidate;
    this.#at = at;
  }

  get item(): DueItem | undefined {
    const first = this.#first;
    return first && Object.assign({ at: this.#at, beforeFacts: isBeforeFacts(first) }, first);
  }
}

/** Whether the item must have fired before a fact of that instant is applied. */
export const mustFireBefore = (item: DueItem, factAt: Instant): boolean =>
  item.at < factAt || (item.at === factAt && item.beforeFacts);

const isBeforeFacts = ({ kind }: Candidate): boolean => kind === 'pause-ends' || kind === 'number-starts';

function considerLead(earliest: Earliest, { pause, plannedNumbers, rest }: LeadState): void {
  if (pause?.endsAt != null) earliest.consider({ kind: 'pause-ends', plannedAt: pause.endsAt });
  for (const [clock, { startsAt }] of Object.entries(plannedNumbers)) {
    earliest.consider({ kind: 'number-starts', clock, plannedAt: startsAt });
  }
  if (rest?.wakeAt !== undefined) earliest.consider({ kind: 'wake', plannedAt: rest.wakeAt });
  if (rest?.agesOutAt !== undefined) earliest.consider({ kind: 'age-out', plannedAt: rest.agesOutAt });
}

function considerClock(earliest: Earliest, clock: OpenClock): void {
  if (clock.verdict === 'paused') return;
  const tier = nextTier(clock);
  if (tier) earliest.consider(tier);
  if (clock.verdict === 'breached') return;
  const { dueAt, warnings, outOfReachAt } = clock.plan;
  earliest.consider({ kind: 'breach', clock, plannedAt: dueAt });
  for (const [index, { point, at }] of warnings.entries()) {
    if (!clock.warned.includes(point)) earliest.consider({ kind: 'warning', clock, point, index, plannedAt: at });
  }
  if (!clock.outOfReach && outOfReachAt !== undefined) {
    earliest.consider({ kind: 'out-of-reach', clock, plannedAt: outOfReachAt });
  }
}

/** The next tier of the ladder, never before the one above it, and at once after a skipped one (spec L2, L3). */
function nextTier(clock: OpenClock & { readonly verdict: 'pending' | 'breached' }): Candidate | undefined {
  const above = clock.tiers.at(-1);
  const tier = (above?.tier ?? 0) + 1;
  const own = clock.plan.tiers.at(tier - 1);
  if (!own) return undefined;
  if (above?.skipped) return { kind: 'tier', clock, tier, plannedAt: above.at };
  if (own.on === 'breach' && clock.verdict !== 'breached') return undefined;
  return { kind: 'tier', clock, tier, plannedAt: Math.max(own.at, above?.at ?? own.at) };
}

const ranks: Readonly<Record<DueItem['kind'], number>> = {
  'pause-ends': 0,
  'number-starts': 1,
  breach: 2,
  tier: 2,
  warning: 3,
  'out-of-reach': 4,
  wake: 5,
  'age-out': 6,
};

/** The order of spec C3 within an instant: breaches and tiers, then warnings, waking, ageing out. */
function firesBefore(one: Candidate, other: Candidate): boolean {
  const order = ranks[one.kind] - ranks[other.kind] || byClock(one, other) || withinClock(one) - withinClock(other);
  return order < 0;
}

function byClock(one: Candidate, other: Candidate): number {
  if (one.kind === 'number-starts' && other.kind === 'number-starts') return byText(one.clock, other.clock);
  if (!('clock' in one) || !('clock' in other) || typeof one.clock === 'string' || typeof other.clock === 'string') {
    return 0;
  }
  const [a, b] = [one.clock, other.clock];
  return byText(a.name, b.name) || a.cycle - b.cycle || a.n - b.n;
}

const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Of one clock the breach comes first, then tiers by number; warnings as listed. */
function withinClock(item: Candidate): number {
  if (item.kind === 'tier') return item.tier;
  return item.kind === 'warning' ? item.index : 0;
}
