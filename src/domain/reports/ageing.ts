import type { DurationMs, Instant } from '../business-time/index.js';
import type { Contribution } from './contribution.js';
import type { LeadFilter, LeadGrouping } from './grouping.js';
import { groupedBy, groupOfItem, heldItems, type OfLead } from './held-item.js';
import { ALL } from './share-tally.js';
import type { StandingFacts } from './standing-facts.js';

const DAY_MS: DurationMs = 86_400_000;

/** How old an open lead is, from its hand-off or waking: each band with its begin and without its end, the first
 * without the one and the last without the other. */
export const ageBands = [
  { band: '0–1 d', fromMs: Number.NEGATIVE_INFINITY, untilMs: DAY_MS },
  { band: '1–3 d', fromMs: DAY_MS, untilMs: 3 * DAY_MS },
  { band: '3–7 d', fromMs: 3 * DAY_MS, untilMs: 7 * DAY_MS },
  { band: '7–14 d', fromMs: 7 * DAY_MS, untilMs: 14 * DAY_MS },
  { band: '14–30 d', fromMs: 14 * DAY_MS, untilMs: 30 * DAY_MS },
  { band: '30 d and more', fromMs: 30 * DAY_MS, untilMs: Number.POSITIVE_INFINITY },
] as const;
export type AgeBand = (typeof ageBands)[number]['band'];

/** An open lead that nobody has touched for so long lies idle (spec/reports.md, fair play). */
export const IDLE_AFTER_MS: DurationMs = 5 * DAY_MS;

/** By what open leads can be split: owner and team are those who have them now. */
export type AgeingGrouping = 'stage' | LeadGrouping;

export interface AgeingTally {
  readonly openCount: number;
  /** They sum to all. */
  readonly bandCounts: Readonly<Record<AgeBand, number>>;
  /** Untouched for five days, touched never or earlier. */
  readonly idleCount: number;
  /** Leads with a sales clock that is breached and still waits, and how many such clocks. */
  readonly overdueCount: number;
  readonly overdueClockCount: number;
  /** Paused or in dispute. */
  readonly restingCount: number;
}

export interface AgeingAsked {
  readonly asOf: Instant;
  readonly filter: LeadFilter;
  /** Absent: all open leads are one group. */
  readonly by?: AgeingGrouping;
}

type Standing = OfLead<StandingFacts>;

/** Counts the leads that are open as of an instant, of leads that are known up to then. */
export function tallyAgeing(
  contributions: readonly Contribution[],
  { asOf, filter, by }: AgeingAsked,
): Readonly<Record<string, AgeingTally>> {
  const open = heldItems(contributions, filter, ({ standing }) => [standing]).filter(({ item }) => item.isOpen);
  const groups = groupedBy(open, (one) => groupOf(by, one));
  return Object.fromEntries([...groups].map(([group, members]) => [group, tallyOf(members, asOf)]));
}

function groupOf(by: AgeingGrouping | undefined, one: Standing): string {
  if (by === undefined) return ALL;
  return by === 'stage' ? one.item.stage : groupOfItem(by, one);
}

function tallyOf(members: readonly Standing[], asOf: Instant): AgeingTally {
  const open = members.map(({ item }) => item);
  const countOf = (is: (one: StandingFacts) => boolean): number => open.filter(is).length;
  const inBand = ({ fromMs, untilMs }: (typeof ageBands)[number]): number =>
    countOf(({ startedAt }) => asOf - startedAt >= fromMs && asOf - startedAt < untilMs);
  return {
    openCount: open.length,
    bandCounts: Object.fromEntries(ageBands.map((one) => [one.band, inBand(one)])) as AgeingTally['bandCounts'],
    idleCount: countOf(({ lastTouchedAt, startedAt }) => asOf - (lastTouchedAt ?? startedAt) >= IDLE_AFTER_MS),
    overdueCount: countOf(({ overdueCount }) => overdueCount > 0),
    overdueClockCount: open.reduce((sum, { overdueCount }) => sum + overdueCount, 0),
    restingCount: countOf(({ isResting }) => isResting),
  };
}
