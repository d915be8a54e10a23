import {
  ALL,
  leadGroupingOf,
  type Cell,
  type DisputeGrouping,
  type DisputeTally,
  type ListFilter,
  type Section,
  type TableRow,
} from '../domain/reports/index.js';
import { column, shareOf } from './cells.js';
import { queryDisputes } from './disputes-query.js';
import { partLinks } from './list-links.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';

const NOTES = [
  'A dispute is counted in the period in which it was opened, with what became of it by the as-of.',
  'Withdrawn: the lead was closed before anybody decided. Upheld is a share of upheld and denied.',
  'Times are elapsed time from the opening to the decision.',
];

const columns = [
  column('opened', 'opened', 'count'),
  column('upheld', 'upheld', 'count'),
  column('denied', 'denied', 'count'),
  column('withdrawn', 'withdrawn', 'count'),
  column('open', 'still open', 'count'),
  column('upheldShare', 'upheld of decided', 'share'),
  column('median', 'decided after (median)', 'elapsed'),
  column('p90', 'decided after (p90)', 'elapsed'),
];

/** What came of "this lead is not what we agreed": as a whole, by reason, and by source or another grouping. */
export async function disputeSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const { period, filter } = asked;
  const known = knownFor(source, asked);
  const by = leadGroupingOf(asked.by) ?? 'source';
  const count = (grouping?: DisputeGrouping) => {
    const split = grouping === undefined ? {} : { by: grouping };
    return queryDisputes(source.query, known, { from: period.from, to: period.to, filter, ...split });
  };
  const [whole, reasons, groups] = await Promise.all([count(), count('reason'), count(by)]);
  return [wholeSection(asked, whole[ALL]), groupsSection(asked, 'reason', reasons), groupsSection(asked, by, groups)];
}

const NONE: DisputeTally = {
  openedCount: 0,
  upheldCount: 0,
  deniedCount: 0,
  withdrawnCount: 0,
  openCount: 0,
  resolution: { count: 0, medianMs: null, p90Ms: null, p95Ms: null },
};

const wholeSection = (asked: ReportAsked, tally: DisputeTally = NONE): Section => ({
  id: 'disputes',
  title: 'Disputes about quality',
  notes: NOTES,
  table: { columns, rows: [{ cells: cellsOf(tally), leads: linksTo(asked) }] },
  charts: [],
});

function groupsSection(
  asked: ReportAsked,
  by: DisputeGrouping,
  groups: Readonly<Record<string, DisputeTally>>,
): Section {
  const named = Object.entries(groups).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rows = named.map(([group, tally]): TableRow => ({
    cells: [group, ...cellsOf(tally)],
    leads: linksTo(asked, { [by]: group }),
  }));
  return {
    id: `by-${by}`,
    title: `By ${by}`,
    notes: [],
    table: { columns: [column('group', by, 'text'), ...columns], rows },
    charts: [
      {
        shape: 'bars',
        kind: 'count',
        title: `Disputes opened, by ${by}`,
        points: named.map(([label, { openedCount }]) => ({ label, value: openedCount })),
      },
    ],
  };
}

const linksTo = (asked: ReportAsked, filter?: ListFilter) => partLinks('disputes', asked, 'disputes', PARTS, filter);

const PARTS = {
  opened: 'opened',
  upheld: 'upheld',
  denied: 'denied',
  withdrawn: 'withdrawn',
  open: 'open',
  upheldShare: 'decided',
  median: 'decided',
  p90: 'decided',
};

const cellsOf = (tally: DisputeTally): readonly Cell[] => [
  tally.openedCount,
  tally.upheldCount,
  tally.deniedCount,
  tally.withdrawnCount,
  tally.openCount,
  shareOf(tally.upheldCount, tally.upheldCount + tally.deniedCount),
  tally.resolution.medianMs,
  tally.resolution.p90Ms,
];
