import {
  ALL,
  edgesOf,
  emptyVolume,
  valueOf,
  type Cell,
  type CellKind,
  type Column,
  type LeadGrouping,
  type ListFilter,
  type Period,
  type Section,
  type TableRow,
  type VolumeTally,
} from '../domain/reports/index.js';
import { column, fewLeads, fewLeadsNotes } from './cells.js';
import { listLink, type Behind } from './list-links.js';
import { committedVolume, weeklyVolumeTarget } from './metrics.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';
import { queryVolumes } from './volume-query.js';

/** Leads generated and worked: in total, by group, by week and by month, and how the weeks went. */
export async function volumeSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const known = knownFor(source, asked);
  const { filter, period, before, lastWeeks } = asked;
  const by = (asked.by ?? 'source') as LeadGrouping;
  const both = [before.from, period.from, period.to];
  const [weeks, months] = [within(period, asked.weeks), within(period, asked.months)];
  const count = async (edges: readonly number[]) =>
    (await queryVolumes(source.query, known, { edges, filter }))[ALL] ?? edges.slice(1).map(() => emptyVolume);
  const [total, groups, byWeek, byMonth, trend] = await Promise.all([
    count(both),
    queryVolumes(source.query, known, { edges: both, filter, by }),
    count(edgesOf(weeks)),
    count(edgesOf(months)),
    count(edgesOf(lastWeeks)),
  ]);
  const committed = committedVolume(source, asked);
  return [
    {
      ...totalSection(asked, total, committed),
      charts: [
        {
          shape: 'line',
          kind: 'count',
          title: 'MQLs (net) by week; the target is that of an average week',
          points: lastWeeks.map(({ name }, index) => ({ label: name, value: trend[index]!.net })),
          ...targetOf(weeklyVolumeTarget(source, asked)),
        },
      ],
    },
    groupsSection(asked, by, groups),
    periodsSection(asked, { id: 'weeks', title: 'Week by week', periods: weeks }, byWeek),
    periodsSection(asked, { id: 'months', title: 'Month by month', periods: months }, byMonth),
  ];
}

const targetOf = (target: number | null) => (target === null ? {} : { target });

/** What of each period lies in the one asked for. */
const within = (period: Period, periods: readonly Period[]): readonly Period[] =>
  periods.filter((one) => one.to > period.from && one.from < period.to).map((one) => cutTo(period, one));

/** Cut, it keeps its name, and is a run of days. */
function cutTo({ from, to, fromDate, toDate }: Period, one: Period): Period {
  if (one.from >= from && one.to <= to) return one;
  return {
    kind: 'days',
    name: one.name,
    fromDate: one.from < from ? fromDate : one.fromDate,
    toDate: one.to > to ? toDate : one.toDate,
    from: Math.max(from, one.from),
    to: Math.min(to, one.to),
  };
}

type Part = keyof typeof parts;

/** What stands behind each count. */
const parts = {
  inquiries: { figure: 'volume', part: 'inquiries' },
  gross: { figure: 'volume', part: 'gross' },
  upheld: { figure: 'volume', part: 'upheld' },
  net: { figure: 'volume', part: 'net' },
  reEntered: { figure: 're-entered', part: 'reEntered' },
  worked: { figure: 'volume', part: 'worked' },
  workable: { figure: 'volume', part: 'workable' },
} as const satisfies Record<string, Behind>;

function totalSection(asked: ReportAsked, [before, now]: readonly VolumeTally[], committed: number | null): Section {
  const row = (metric: string, part: Part, of: (tally: VolumeTally) => Cell, kind: CellKind = 'count'): TableRow => ({
    cells: [metric, of(now!), of(before!)],
    kinds: { actual: kind, before: kind },
    leads: {
      actual: listLink('volume', asked, parts[part]),
      before: listLink('volume', asked, { ...parts[part], period: asked.before }),
    },
  });
  return {
    id: 'volume',
    title: 'Leads generated and worked',
    notes: [
      'Inquiries are all leads handed over, those below the agreed criteria among them; test leads count nowhere.',
      'Net: without leads of upheld disputes, counted in the period of their hand-off. Re-entered: woken for a later cycle, in no other line.',
      'Volume worked is of the smaller of what was delivered and what was committed; leads whose first response is undecided are left out.',
    ],
    table: {
      columns: [
        column('metric', 'metric', 'text'),
        column('actual', 'actual', 'count'),
        column('before', 'period before', 'count'),
      ],
      rows: [
        row('inquiries', 'inquiries', ({ inquiries }) => inquiries),
        row('MQLs (gross)', 'gross', ({ gross }) => gross),
        row('disputes upheld', 'upheld', ({ gross, net }) => gross - net),
        row('MQLs (net)', 'net', ({ net }) => net),
        row('re-entered', 'reEntered', ({ reEntered }) => reEntered),
        row('worked', 'worked', ({ worked }) => worked),
        row('volume worked', 'workable', (tally) => workedOf(tally, committed), 'share'),
      ],
    },
    charts: [],
  };
}

/** Of what was delivered, or of what was committed where that is less; at most all of it. */
function workedOf({ worked, workable }: VolumeTally, committed: number | null): Cell {
  const denominator = Math.min(workable, committed ?? Number.POSITIVE_INFINITY);
  return denominator === 0 ? 'no-leads' : Math.min(1, worked / denominator);
}

const countColumns: readonly Column[] = [
  column('inquiries', 'inquiries', 'count'),
  column('gross', 'MQLs (gross)', 'count'),
  column('net', 'MQLs (net)', 'count'),
  column('reEntered', 're-entered', 'count'),
  column('worked', 'worked', 'count'),
  column('workable', 'of', 'count'),
  column('workedShare', 'volume worked', 'share'),
];

const countCells = ({ inquiries, gross, net, reEntered, worked, workable }: VolumeTally): readonly Cell[] => [
  ...[inquiries, gross, net, reEntered, worked, workable],
  valueOf({ numerator: worked, denominator: workable, leftOut: {} }) ?? 'no-leads',
];

/** The lists behind the cells of counts. */
function countLinks(asked: ReportAsked, filter: ListFilter, period = asked.period): Readonly<Record<string, string>> {
  const { upheld: _apart, ...shown } = parts;
  const columnParts = { ...shown, workedShare: parts.workable };
  return Object.fromEntries(
    Object.entries(columnParts).map(([id, behind]) => [id, listLink('volume', asked, { ...behind, filter, period })]),
  );
}

function groupsSection(
  asked: ReportAsked,
  by: LeadGrouping,
  groups: Readonly<Record<string, readonly VolumeTally[]>>,
): Section {
  const sorted = Object.entries(groups).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rows = sorted.map(([group, [before, now]]): TableRow => {
    const filter = { [by]: group };
    return {
      cells: [group, ...countCells(now!), before!.net],
      leads: {
        ...countLinks(asked, filter),
        netBefore: listLink('volume', asked, { ...parts.net, filter, period: asked.before }),
      },
      ...fewLeads(by, now!.gross),
    };
  });
  return {
    id: `by-${by}`,
    title: `By ${by}`,
    notes: [
      `Each ${by} as at hand-off; the lines add up to the total, save volume worked: here it is of what was delivered.`,
      ...fewLeadsNotes(by),
    ],
    table: {
      columns: [
        column('group', by, 'text'),
        ...countColumns,
        column('netBefore', 'MQLs (net), period before', 'count'),
      ],
      rows,
    },
    charts: [
      {
        shape: 'bars',
        kind: 'count',
        title: `MQLs (net) by ${by}`,
        points: sorted.map(([label, tallies]) => ({ label, value: tallies[1]!.net })),
      },
    ],
  };
}

interface Periods {
  readonly id: string;
  readonly title: string;
  readonly periods: readonly Period[];
}

function periodsSection(asked: ReportAsked, { id, title, periods }: Periods, tallies: readonly VolumeTally[]): Section {
  const rows = periods.map((period, index): TableRow => ({
    cells: [period.name, ...countCells(tallies[index]!)],
    leads: countLinks(asked, {}, period),
  }));
  return {
    id,
    title,
    notes: ['Only the days that lie in the period.'],
    table: { columns: [column('period', 'period', 'text'), ...countColumns], rows },
    charts: [],
  };
}
