import {
  ALL,
  emptyWorkload,
  leadGroupingOf,
  NO_GROUP,
  workloadParts,
  type Cell,
  type LeadGrouping,
  type ListFilter,
  type Section,
  type TableRow,
  type WorkloadPart,
  type WorkloadTally,
} from '../domain/reports/index.js';
import { queryCapacities, queryCapacityChanges, type Capacity, type CapacityChange } from './capacity-query.js';
import { column } from './cells.js';
import { listLink } from './list-links.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';
import { queryLoads, queryWorkload, workloadFigures } from './workload-query.js';

const NOTES = [
  'Open, overdue, paused or in dispute, and promises of sales due within 24 hours are as of the report, whatever its period, with whoever has the lead now.',
  'Given, touches by people and decisions are those of the period, each with whoever had the lead then.',
  'A day is one with open hours of the default calendar, of those of the period that have begun by the report.',
];

const CAPACITY_NOTES = [
  'Capacity is what the directory said as of the report; – is no limit. It is taken up by all open leads of a person, ' +
    'of whatever agreement, tests among them.',
];

type Workloads = Readonly<Record<string, WorkloadTally>>;

/** How much there is to do, and what was done: by person against what they can take, by team or another grouping. */
export async function workloadSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const { period, asOf, filter } = asked;
  const known = knownFor(source, asked);
  const by = leadGroupingOf(asked.by);
  const count = (grouping?: LeadGrouping) =>
    queryWorkload(source.query, known, {
      from: period.from,
      to: period.to,
      asOf,
      filter,
      ...(grouping !== undefined && { by: grouping }),
    });
  const [whole, groups, teams, loads, capacities, changes] = await Promise.all([
    count(),
    count(by ?? 'owner'),
    by === undefined ? count('team') : {},
    queryLoads(source.query, known),
    queryCapacities(source.query, known),
    queryCapacityChanges(source.query, known, period),
  ]);
  const counted: Counted = { asked, dayCount: daysBegun(source, asked), all: whole[ALL] ?? emptyWorkload };
  if (by !== undefined && by !== 'owner') return [groupsSection(counted, by, groups, NOTES)];
  return [
    peopleSection(counted, groups, loads, capacities),
    ...(by === undefined ? [groupsSection(counted, 'team', teams, [])] : []),
    changesSection(changes),
  ];
}

interface Counted {
  readonly asked: ReportAsked;
  readonly dayCount: number;
  readonly all: WorkloadTally;
}

/** Open days of the period up to the report. */
const daysBegun = ({ openDayCount }: ReportSource, { agreement, governance, period, asOf }: ReportAsked): number =>
  openDayCount(agreement, governance, period.from, Math.min(period.to, asOf));

const titles = {
  open: 'open leads',
  overdue: 'overdue',
  resting: 'paused or in dispute',
  dueSoon: 'due within 24 h',
  given: 'leads given',
  touches: 'touches',
  decided: 'decided',
} as const satisfies Record<WorkloadPart, string>;

const countColumns = workloadParts.map((part) => column(part, titles[part], 'count'));
const aDayColumn = column('touchesADay', 'touches a day', 'count');

const countCells = (tally: WorkloadTally): readonly Cell[] => workloadParts.map((part) => tally[part]);

const aDay = ({ touches }: WorkloadTally, dayCount: number): Cell => (dayCount === 0 ? null : touches / dayCount);

function groupsSection(
  { asked, dayCount, all }: Counted,
  by: LeadGrouping,
  groups: Workloads,
  notes: readonly string[],
): Section {
  const rowOf = (group: string, tally: WorkloadTally, filter?: ListFilter): TableRow => ({
    cells: [group, ...countCells(tally), aDay(tally, dayCount)],
    leads: linksTo(asked, filter),
  });
  return {
    id: `by-${by}`,
    title: `Work by ${by}`,
    notes,
    table: {
      columns: [column('group', by, 'text'), ...countColumns, aDayColumn],
      rows: [...inOrder(groups).map(([group, tally]) => rowOf(group, tally, { [by]: group })), rowOf('all', all)],
    },
    charts: [],
  };
}

/** Whoever has most open leads first. */
const inOrder = (groups: Workloads): readonly (readonly [string, WorkloadTally])[] =>
  Object.entries(groups).toSorted(([a, one], [b, other]) => other.open - one.open || (a < b ? -1 : 1));

/** The lists behind the counts of a row; touches a day are made of its touches. */
const linksTo = (asked: ReportAsked, filter: ListFilter = {}): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    Object.entries(workloadFigures).flatMap(([figure, { parts }]) =>
      Object.keys(parts).map((part) => [part, listLink('workload', asked, { figure, part, filter })]),
    ),
  ),
  [aDayColumn.id]: listLink('workload', asked, { figure: 'touches', part: 'touches', filter }),
});

function peopleSection(
  { asked, dayCount, all }: Counted,
  workloads: Workloads,
  loads: Readonly<Record<string, number>>,
  capacities: readonly Capacity[],
): Section {
  const idle = capacities.filter(({ person, capacity }) => capacity !== null && isShown(asked, person));
  const people = { ...Object.fromEntries(idle.map(({ person }) => [person, emptyWorkload])), ...workloads };
  const rowOf = (person: string, tally: WorkloadTally): TableRow => {
    const known = capacities.find((one) => one.person === person);
    return {
      cells: [person, ...countCells(tally), aDay(tally, dayCount), ...capacityCells(known, loads[person] ?? 0)],
      leads: linksTo(asked, { owner: person }),
    };
  };
  const shown = inOrder(people);
  return {
    id: 'people',
    title: 'Work by person',
    notes: [...NOTES, ...CAPACITY_NOTES, `Under ${NO_GROUP} stand leads that lie in a queue.`],
    table: {
      columns: [column('person', 'person', 'text'), ...countColumns, aDayColumn, ...capacityColumns],
      rows: [
        ...shown.map(([person, tally]) => rowOf(person, tally)),
        { cells: ['all', ...countCells(all), aDay(all, dayCount), ...NO_CAPACITY], leads: linksTo(asked) },
      ],
    },
    charts: [
      {
        shape: 'bars',
        kind: 'count',
        title: 'Open leads by person',
        points: shown.slice(0, CHARTED_MAX).map(([label, { open }]) => ({ label, value: open })),
      },
    ],
  };
}

/** More bars than that cannot be read. */
const CHARTED_MAX = 25;

/** People without any leads stand in the table of all leads, and in one about themselves. */
const isShown = ({ filter }: ReportAsked, person: string): boolean =>
  Object.entries(filter).every(([by, value]) => by === 'owner' && value === person);

const capacityColumns = [
  column('capacity', 'capacity', 'count'),
  column('takenUp', 'taken up', 'share'),
  column('dailySteps', 'steps a day at most', 'count'),
  column('awayUntil', 'away until', 'instant'),
];

const NO_CAPACITY: readonly Cell[] = capacityColumns.map(() => null);

const capacityCells = (known: Capacity | undefined, load: number): readonly Cell[] =>
  known === undefined
    ? NO_CAPACITY
    : [
        known.capacity,
        known.capacity === null || known.capacity === 0 ? null : load / known.capacity,
        known.dailySteps,
        known.awayUntil,
      ];

const changesSection = (changes: readonly CapacityChange[]): Section => ({
  id: 'changes',
  title: 'Changes of capacity',
  notes: ['Changes that were recorded in the period, of people who were in the directory before; – is no limit.'],
  table: {
    columns: [
      column('changedAt', 'changed', 'instant'),
      column('person', 'person', 'text'),
      column('capacityBefore', 'capacity before', 'count'),
      column('capacity', 'capacity', 'count'),
      column('dailyStepsBefore', 'steps a day before', 'count'),
      column('dailySteps', 'steps a day at most', 'count'),
      column('by', 'by', 'text'),
    ],
    rows: changes.map((change) => ({
      cells: [
        change.changedAt,
        change.person,
        change.capacityBefore,
        change.capacity,
        change.dailyStepsBefore,
        change.dailySteps,
        change.by,
      ],
    })),
  },
  charts: [],
});
