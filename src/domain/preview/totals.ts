import type { Instant } from '../business-time/index.js';
import type { ClockChange, LeadPreview, PreviewChange } from './preview-lead.js';

/** How many leads of one team would change, and how. */
export interface TeamTotals {
  /** Of whoever holds the lead without the change; null: nobody does. */
  readonly team: string | null;
  readonly leadCount: number;
  readonly changedCount: number;
  readonly verdictCount: number;
  readonly breachAtOnceCount: number;
  /** Leads with a clock that would be due sooner, or later. */
  readonly dueSoonerCount: number;
  readonly dueLaterCount: number;
  readonly nextActionCount: number;
  readonly ownerCount: number;
}

const empty = (team: string | null): TeamTotals => ({
  team,
  leadCount: 0,
  changedCount: 0,
  verdictCount: 0,
  breachAtOnceCount: 0,
  dueSoonerCount: 0,
  dueLaterCount: 0,
  nextActionCount: 0,
  ownerCount: 0,
});

/** Totals of each team in the order of their names, the leads of nobody last. */
export function totalsOf(previews: readonly LeadPreview[]): readonly TeamTotals[] {
  const teams = new Map<string | null, TeamTotals>();
  for (const preview of previews) {
    const { team } = preview.before;
    teams.set(team, sumOf(teams.get(team) ?? empty(team), countsOf(preview)));
  }
  return [...teams.values()].sort((a, b) => byName(a.team, b.team));
}

const byName = (a: string | null, b: string | null): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : 1;
};

type Counts = Omit<TeamTotals, 'team'>;

function countsOf({ changes, clocks }: LeadPreview): Counts {
  const has = (change: PreviewChange): number => Number(changes.includes(change));
  return {
    leadCount: 1,
    changedCount: Number(changes.length > 0),
    verdictCount: has('verdict'),
    breachAtOnceCount: Number(clocks.some(({ breachesAtOnce }) => breachesAtOnce)),
    dueSoonerCount: Number(clocks.some((clock) => isMoved(clock, (was, is) => is < was))),
    dueLaterCount: Number(clocks.some((clock) => isMoved(clock, (was, is) => is > was))),
    nextActionCount: has('next-action'),
    ownerCount: has('owner'),
  };
}

const isMoved = ({ before, after }: ClockChange, moved: (was: Instant, is: Instant) => boolean): boolean =>
  before?.dueAt != null && after?.dueAt != null && moved(before.dueAt, after.dueAt);

/** Totals of one team from two parts of a preview. */
export const sumOf = ({ team, ...one }: TeamTotals, other: Counts): TeamTotals => ({
  team,
  ...(Object.fromEntries(
    (Object.keys(one) as (keyof Counts)[]).map((count) => [count, one[count] + other[count]]),
  ) as unknown as Counts),
});
