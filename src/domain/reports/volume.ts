import type { Instant } from '../business-time/index.js';
import type { Contribution } from './contribution.js';
import { groupOfLead, passesFilter, type LeadFilter, type LeadGrouping } from './grouping.js';
import { ALL } from './share-tally.js';
import { shares } from './shares.js';
import { placeOf } from './streaks.js';

/** What marketing generated and what sales worked of it, by hand-off (spec/reports.md, MQL volume and volume worked). */
export interface VolumeTally {
  /** All that were handed over, those below the agreed criteria among them. */
  readonly inquiries: number;
  readonly gross: number;
  /** Gross without those of upheld disputes: the volume that is judged. */
  readonly net: number;
  /** Later cycles that began in the period, of leads handed off whenever. */
  readonly reEntered: number;
  readonly worked: number;
  /** Net, without those whose first response is undecided. */
  readonly workable: number;
}

export const emptyVolume: VolumeTally = { inquiries: 0, gross: 0, net: 0, reEntered: 0, worked: 0, workable: 0 };

/** Periods that follow one another, and by what their counts are split. */
export interface VolumeAsked {
  readonly edges: readonly Instant[];
  readonly filter: LeadFilter;
  /** Absent: all in one group, `all`. */
  readonly by?: LeadGrouping;
}

/** By group, one tally for each period. */
export type Volumes = Readonly<Record<string, readonly VolumeTally[]>>;

/** Counts volumes over leads that are known in full; groups in which nothing was counted are left out. */
export function tallyVolumes(contributions: readonly Contribution[], { edges, filter, by }: VolumeAsked): Volumes {
  const groups: Record<string, VolumeTally[]> = {};
  for (const contribution of contributions) {
    const { lead } = contribution;
    if (lead.isTest || !passesFilter(filter, lead)) continue;
    const group = by === undefined ? ALL : groupOfLead(by, lead);
    for (const [at, counted] of countedIn(contribution)) {
      const place = placeOf(at, edges);
      if (place === undefined) continue;
      const tallies = (groups[group] ??= emptyVolumes(edges));
      tallies[place] = withCounted(tallies[place]!, counted);
    }
  }
  return groups;
}

export const emptyVolumes = (edges: readonly Instant[]): VolumeTally[] => edges.slice(1).map(() => emptyVolume);

type Counted = readonly (keyof VolumeTally)[];

/** As what a lead counts, and by which instants. */
function countedIn(contribution: Contribution): readonly (readonly [Instant, Counted])[] {
  const { lead } = contribution;
  const again = lead.cycles
    .filter(({ cycle }) => cycle > 1)
    .map(({ startedAt }) => [startedAt, ['reEntered']] as const);
  return [[lead.handedOffAt, atHandOff(contribution)], ...again];
}

function atHandOff(contribution: Contribution): Counted {
  const { lead } = contribution;
  if (lead.isExcluded) return ['inquiries'];
  if (lead.disputeUpheldAt !== null) return ['inquiries', 'gross'];
  const worked = shares['volume-worked'].count({ lead, contribution });
  const asWorked: Counted =
    worked === 'numerator' ? ['worked', 'workable'] : worked === 'denominator' ? ['workable'] : [];
  return ['inquiries', 'gross', 'net', ...asWorked];
}

const withCounted = (tally: VolumeTally, counted: Counted): VolumeTally => ({
  ...tally,
  ...Object.fromEntries(counted.map((name) => [name, tally[name] + 1])),
});
