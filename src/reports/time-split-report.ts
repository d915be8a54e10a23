import {
  ALL,
  leadGroupingOf,
  type LeadGrouping,
  type Section,
  type TableRow,
  type TimeGrouping,
  type TimeTally,
} from '../domain/reports/index.js';
import { column, shareOf } from './cells.js';
import { partLinks } from './list-links.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';
import { queryTimes } from './time-split-query.js';

const NOTES = [
  'Open time of the promises that ended in the period, from their start to their end, each by whoever had the lead and ' +
    'by the highest tier that somebody had heard of by then; tier 0: nobody yet.',
  'Late is the part after the due instant. A promise that changed hands is counted with each who had it.',
  'Promises that still run are counted in the period in which they end.',
];

/** Where the open time of promises went: by tier, and by owner and team or another grouping. */
export async function timeSplitSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const { period, filter } = asked;
  const known = knownFor(source, asked);
  const by = leadGroupingOf(asked.by);
  const groupings: readonly LeadGrouping[] = by === undefined ? ['team', 'owner'] : [by];
  const add = (grouping?: TimeGrouping) => {
    const split = grouping === undefined ? {} : { by: grouping };
    return queryTimes(source.query, known, { from: period.from, to: period.to, filter, ...split });
  };
  const [whole, tiers, ...groups] = await Promise.all([add(), add('tier'), ...groupings.map(add)]);
  const order = Object.keys(asked.agreement.clocks);
  return [
    section(asked, 'tier', inOrder(tiers, order), whole, NOTES),
    ...groupings.map((grouping, index) => section(asked, grouping, inOrder(groups[index]!, order), whole, [])),
  ];
}

/** Commitments in the order of the agreement, those that it has no more at the end. */
function inOrder(tallies: readonly TimeTally[], order: readonly string[]): readonly TimeTally[] {
  const place = ({ commitment }: TimeTally): number =>
    order.includes(commitment) ? order.indexOf(commitment) : order.length;
  return tallies.toSorted(
    (a, b) => place(a) - place(b) || compare(a.commitment, b.commitment) || compare(a.group, b.group),
  );
}

const compare = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

function section(
  asked: ReportAsked,
  by: TimeGrouping,
  tallies: readonly TimeTally[],
  whole: readonly TimeTally[],
  notes: readonly string[],
): Section {
  return {
    id: `by-${by}`,
    title: `Where time went, by ${by}`,
    notes,
    table: {
      columns: [
        column('commitment', 'commitment', 'text'),
        column('group', by, 'text'),
        column('clocks', 'promises', 'count'),
        column('used', 'open time', 'open-time'),
        column('share', 'of the commitment', 'share'),
        column('late', 'late', 'open-time'),
        column('lateShare', 'late of it', 'share'),
      ],
      rows: tallies.map((tally) => rowOf(asked, by, tally, whole)),
    },
    charts: by === 'tier' ? [heatMap(tallies, whole)] : [],
  };
}

const rowOf = (asked: ReportAsked, by: TimeGrouping, tally: TimeTally, whole: readonly TimeTally[]): TableRow => ({
  leads: partLinks(
    'time-split',
    asked,
    'time-split',
    { clocks: 'clocks', used: 'clocks', share: 'clocks', late: 'clocks', lateShare: 'clocks' },
    {
      commitment: tally.commitment,
      [by]: tally.group,
    },
  ),
  cells: [
    tally.commitment,
    tally.group,
    tally.clockCount,
    tally.usedMs,
    shareOf(tally.usedMs, usedIn(whole, tally.commitment)),
    tally.lateMs,
    shareOf(tally.lateMs, tally.usedMs),
  ],
});

const usedIn = (whole: readonly TimeTally[], name: string): number =>
  whole.find(({ commitment, group }) => commitment === name && group === ALL)?.usedMs ?? 0;

function heatMap(tallies: readonly TimeTally[], whole: readonly TimeTally[]): Section['charts'][number] {
  const tiers = [...new Set(tallies.map(({ group }) => group))].toSorted(compare);
  const commitments = [...new Set(tallies.map(({ commitment }) => commitment))];
  const valueOf = (commitment: string, tier: string): number | null => {
    const found = tallies.find((tally) => tally.commitment === commitment && tally.group === tier);
    const share = found === undefined ? 0 : shareOf(found.usedMs, usedIn(whole, commitment));
    return typeof share === 'number' ? share : null;
  };
  return {
    shape: 'heat-map',
    kind: 'share',
    title: 'Open time by commitment and tier',
    columns: tiers.map((tier) => `tier ${tier}`),
    rows: commitments.map((label) => ({ label, values: tiers.map((tier) => valueOf(label, tier)) })),
  };
}
