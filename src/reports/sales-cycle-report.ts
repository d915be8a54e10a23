import {
  ALL,
  emptySpread,
  meanMsOf,
  type Cell,
  type LeadGrouping,
  type ListFilter,
  type SalesCycleTally,
  type Section,
  type Spread,
  type TableRow,
} from '../domain/reports/index.js';
import { column } from './cells.js';
import { partLinks } from './list-links.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';
import { querySalesCycle, type salesCycleFigures } from './sales-cycle-query.js';

const DAY_MS = 86_400_000;

const none: SalesCycleTally = { won: emptySpread, leadToWin: emptySpread, lost: emptySpread };

/** How long deals took that were won in the period, those that were lost apart. */
export async function salesCycleSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const known = knownFor(source, asked);
  const { filter, period, before } = asked;
  const by = asked.by as LeadGrouping | undefined;
  const [now, earlier, groups] = await Promise.all([
    querySalesCycle(source.query, known, { from: period.from, to: period.to, filter }),
    querySalesCycle(source.query, known, { from: before.from, to: before.to, filter }),
    by === undefined
      ? undefined
      : querySalesCycle(source.query, known, { from: period.from, to: period.to, filter, by }),
  ]);
  const whole = wholeSection(asked, now[ALL] ?? none, earlier[ALL] ?? none);
  return groups === undefined || by === undefined ? [whole] : [whole, groupsSection(asked, by, groups)];
}

const spreadColumns = [
  column('count', 'deals', 'count'),
  column('median', 'median', 'days'),
  column('p90', 'p90', 'days'),
  column('mean', 'mean', 'days'),
];

const daysOrNone = (ms: number | null): Cell => (ms === null ? 'no-leads' : ms / DAY_MS);

const spreadCells = (spread: Spread): readonly Cell[] => [
  spread.count,
  ...[spread.medianMs, spread.p90Ms, meanMsOf(spread)].map(daysOrNone),
];

const measures = [
  ['from sales-qualified to won', 'won', ({ won }) => won],
  ['from hand-off to won', 'lead-to-win', ({ leadToWin }) => leadToWin],
  ['from sales-qualified to lost', 'lost', ({ lost }) => lost],
] as const satisfies readonly (readonly [string, MeasuredPart, (tally: SalesCycleTally) => Spread])[];

type MeasuredPart = keyof (typeof salesCycleFigures)['sales-cycle']['parts'];

/** The deals that a spread is made of. */
function spreadLinks(asked: ReportAsked, part: MeasuredPart, filter?: ListFilter): Readonly<Record<string, string>> {
  const parts = Object.fromEntries(spreadColumns.map(({ id }) => [id, part]));
  return partLinks('sales-cycle', asked, 'sales-cycle', parts, filter);
}

function wholeSection(asked: ReportAsked, now: SalesCycleTally, earlier: SalesCycleTally): Section {
  const rows = measures.map(([measure, part, of]): TableRow => {
    const before = of(earlier);
    const beforeParts = { countBefore: part, before: part };
    return {
      cells: [measure, ...spreadCells(of(now)), before.count, daysOrNone(before.medianMs)],
      leads: {
        ...spreadLinks(asked, part),
        ...partLinks('sales-cycle', asked, 'sales-cycle', beforeParts, {}, asked.before),
      },
    };
  });
  return {
    id: 'sales-cycle',
    title: 'How long selling takes',
    notes: [
      'Elapsed days, from the first time sales-qualified to the first time won, of deals won in the period; lost ones apart.',
    ],
    table: {
      columns: [
        column('measure', 'measure', 'text'),
        ...spreadColumns,
        column('countBefore', 'deals, period before', 'count'),
        column('before', 'median, period before', 'days'),
      ],
      rows,
    },
    charts: [],
  };
}

function groupsSection(
  asked: ReportAsked,
  by: LeadGrouping,
  groups: Readonly<Record<string, SalesCycleTally>>,
): Section {
  const rows = Object.entries(groups)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, tally]): TableRow => ({
      cells: [group, ...spreadCells(tally.won), daysOrNone(tally.leadToWin.medianMs), tally.lost.count],
      leads: {
        ...spreadLinks(asked, 'won', { [by]: group }),
        ...partLinks('sales-cycle', asked, 'sales-cycle', { leadToWin: 'lead-to-win', lost: 'lost' }, { [by]: group }),
      },
    }));
  return {
    id: `by-${by}`,
    title: `By ${by}`,
    notes: [`Each ${by} as at hand-off. Counts add up to the total; medians of groups do not.`],
    table: {
      columns: [
        column('group', by, 'text'),
        ...spreadColumns,
        column('leadToWin', 'from hand-off, median', 'days'),
        column('lost', 'lost', 'count'),
      ],
      rows,
    },
    charts: [
      {
        shape: 'bars',
        kind: 'days',
        title: `Median days from sales-qualified to won, by ${by}`,
        points: Object.entries(groups)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([label, { won }]) => ({ label, value: won.medianMs === null ? null : won.medianMs / DAY_MS })),
      },
    ],
  };
}
