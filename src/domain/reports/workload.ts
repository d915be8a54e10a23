import type { DurationMs, Instant } from '../business-time/index.js';
import type { Contribution } from './contribution.js';
import { clockPasses, groupOfClock, type LeadFilter, type LeadGrouping } from './grouping.js';
import { groupOfItem, heldItems, isWithin, type HeldItem, type OfLead } from './held-item.js';
import { ALL } from './share-tally.js';

/** A promise that falls due within so long from the report is next on somebody's list. */
export const DUE_SOON_MS: DurationMs = 86_400_000;

/** What is counted of somebody's work: how it stands as of the report, then what came and was done in the period. */
export const workloadParts = ['open', 'overdue', 'resting', 'dueSoon', 'given', 'touches', 'decided'] as const;
export type WorkloadPart = (typeof workloadParts)[number];

export type WorkloadTally = Readonly<Record<WorkloadPart, number>>;

export interface WorkloadAsked {
  readonly from: Instant;
  readonly to: Instant;
  readonly asOf: Instant;
  readonly filter: LeadFilter;
  /** Absent: all leads are one group. Owner and team are those who had the lead when it happened, or have it now. */
  readonly by?: LeadGrouping;
}

export const emptyWorkload: WorkloadTally = {
  open: 0,
  overdue: 0,
  resting: 0,
  dueSoon: 0,
  given: 0,
  touches: 0,
  decided: 0,
};

type Workloads = Record<string, Record<WorkloadPart, number>>;

/** Counts the work that leads make, of leads that are known up to the report; groups without any are left out. */
export function tallyWorkload(
  contributions: readonly Contribution[],
  asked: WorkloadAsked,
): Readonly<Record<string, WorkloadTally>> {
  const workloads: Workloads = {};
  const add = (part: WorkloadPart, group: string): void => {
    const tally = (workloads[group] ??= { ...emptyWorkload });
    tally[part] += 1;
  };
  for (const contribution of contributions) {
    for (const [part, group] of [...itemsIn(contribution, asked), ...dueIn(contribution, asked)]) add(part, group);
  }
  return workloads;
}

type Counted = readonly [part: WorkloadPart, group: string];

function itemsIn(contribution: Contribution, asked: WorkloadAsked): readonly Counted[] {
  const counted = <Item extends HeldItem>(
    part: WorkloadPart,
    itemsOf: (one: Contribution) => readonly Item[],
  ): readonly Counted[] =>
    heldItems([contribution], asked.filter, itemsOf).map((one): Counted => [part, groupOf(asked, one)]);
  return [
    ...counted('open', ({ standing }) => (standing.isOpen ? [standing] : [])),
    ...counted('overdue', ({ standing }) => (standing.isOpen && standing.overdueCount > 0 ? [standing] : [])),
    ...counted('resting', ({ standing }) => (standing.isOpen && standing.isResting ? [standing] : [])),
    ...counted('given', ({ holdings }) =>
      holdings.filter(({ givenAt }) => isWithin(givenAt, asked)).map((heldBy) => ({ heldBy })),
    ),
    ...counted('touches', ({ deeds }) => deeds.filter(({ kind, at }) => kind === 'touched' && isWithin(at, asked))),
    ...counted('decided', ({ decisions }) =>
      decisions.filter(({ decidedAt, isTakenBack }) => !isTakenBack && isWithin(decidedAt, asked)),
    ),
  ];
}

const groupOf = ({ by }: WorkloadAsked, one: OfLead<HeldItem>): string =>
  by === undefined ? ALL : groupOfItem(by, one);

function dueIn({ lead, clocks }: Contribution, { asOf, filter, by }: WorkloadAsked): readonly Counted[] {
  if (lead.isTest) return [];
  const due = clocks.filter(
    (clock) =>
      clock.party === 'sales' &&
      clock.verdict === 'pending' &&
      isWithin(clock.dueAt, { from: asOf, to: asOf + DUE_SOON_MS }) &&
      clockPasses(filter, lead, clock),
  );
  return due.map((clock): Counted => ['dueSoon', by === undefined ? ALL : groupOfClock(by, lead, clock)]);
}

/** Open leads of each person, whatever agreement they are of, tests among them: what counts against a capacity. */
export function tallyLoads(contributions: readonly Contribution[]): Readonly<Record<string, number>> {
  const loads: Record<string, number> = {};
  for (const { standing } of contributions) {
    const { owner } = standing.heldBy;
    if (standing.isOpen && owner !== null) loads[owner] = (loads[owner] ?? 0) + 1;
  }
  return loads;
}
