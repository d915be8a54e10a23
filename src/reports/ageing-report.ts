import {
  ageBands,
  ALL,
  leadGroupingOf,
  type AgeingGrouping,
  type AgeingTally,
  type Cell,
  type ListFilter,
  type Section,
  type TableRow,
} from '../domain/reports/index.js';
import { bandPart, queryAgeing, queryOldest, type OldestLead } from './ageing-query.js';
import { column } from './cells.js';
import { explainLink, partLinks } from './list-links.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';

/** How many of the oldest leads are named. */
const OLDEST_COUNT = 25;

const NOTES = [
  'The state as of the report, whatever its period: leads in mql or sal, with whoever has them now.',
  'Age is elapsed time since the hand-off or, of a lead that came back, since it woke.',
  'Idle: no touch by a person for 5 days. Overdue: a promise of sales is breached and still awaited.',
];

const bandColumn = (index: number): string => `band${index + 1}`;

const columns = [
  column('open', 'open', 'count'),
  ...ageBands.map(({ band }, index) => column(bandColumn(index), band, 'count')),
  column('idle', 'idle', 'count'),
  column('overdue', 'overdue', 'count'),
  column('overdueClocks', 'overdue promises', 'count'),
  column('resting', 'paused or in dispute', 'count'),
];

/** Open leads by age: by stage, by owner and team or another grouping, and the oldest of them by name. */
export async function ageingSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const { asOf, filter } = asked;
  const known = knownFor(source, asked);
  const by = leadGroupingOf(asked.by);
  const groupings: readonly AgeingGrouping[] = by === undefined ? ['team', 'owner'] : [by];
  const count = (grouping?: AgeingGrouping) =>
    queryAgeing(source.query, known, { asOf, filter, ...(grouping !== undefined && { by: grouping }) });
  const [whole, stages, oldest, ...groups] = await Promise.all([
    count(),
    count('stage'),
    queryOldest(source.query, known, filter, OLDEST_COUNT),
    ...groupings.map(count),
  ]);
  return [
    stagesSection(asked, stages, whole[ALL]),
    ...groupings.map((grouping, index) => groupsSection(asked, grouping, groups[index]!)),
    oldestSection(asked, oldest),
  ];
}

const NONE: AgeingTally = {
  openCount: 0,
  bandCounts: Object.fromEntries(ageBands.map(({ band }) => [band, 0])) as AgeingTally['bandCounts'],
  idleCount: 0,
  overdueCount: 0,
  overdueClockCount: 0,
  restingCount: 0,
};

function stagesSection(
  asked: ReportAsked,
  stages: Readonly<Record<string, AgeingTally>>,
  whole: AgeingTally = NONE,
): Section {
  const shown = ['mql', 'sal'].map((stage) => ({ stage, tally: stages[stage] ?? NONE }));
  return {
    id: 'stages',
    title: 'Open leads by age',
    notes: NOTES,
    table: {
      columns: [column('stage', 'stage', 'text'), ...columns],
      rows: [
        ...shown.map(({ stage, tally }) => ({ cells: [stage, ...cellsOf(tally)], leads: linksTo(asked, { stage }) })),
        { cells: ['all', ...cellsOf(whole)], leads: linksTo(asked) },
      ],
    },
    charts: [
      {
        shape: 'heat-map',
        kind: 'count',
        title: 'Open leads by age',
        columns: ageBands.map(({ band }) => band),
        rows: shown.map(({ stage, tally }) => ({ label: stage, values: bandsOf(tally) })),
      },
    ],
  };
}

function groupsSection(asked: ReportAsked, by: AgeingGrouping, groups: Readonly<Record<string, AgeingTally>>): Section {
  const rows = Object.entries(groups)
    .toSorted(([a, { openCount: countA }], [b, { openCount: countB }]) => countB - countA || (a < b ? -1 : 1))
    .map(([group, tally]): TableRow => ({
      cells: [group, ...cellsOf(tally)],
      leads: linksTo(asked, { [by]: group }),
    }));
  return {
    id: `by-${by}`,
    title: `By ${by}`,
    notes: by === 'owner' ? ['A lead without an owner lies in a queue.'] : [],
    table: { columns: [column('group', by, 'text'), ...columns], rows },
    charts: [],
  };
}

const linksTo = (asked: ReportAsked, filter?: ListFilter) => partLinks('ageing', asked, 'ageing', PARTS, filter);

/** Overdue promises are counted, and their leads listed, each with how many it has. */
const PARTS: Readonly<Record<string, string>> = {
  open: 'open',
  ...Object.fromEntries(ageBands.map((_, index) => [bandColumn(index), bandPart(index)])),
  idle: 'idle',
  overdue: 'overdue',
  overdueClocks: 'overdue',
  resting: 'resting',
};

const bandsOf = ({ bandCounts }: AgeingTally): readonly number[] => ageBands.map(({ band }) => bandCounts[band]);

const cellsOf = (tally: AgeingTally): readonly Cell[] => [
  tally.openCount,
  ...bandsOf(tally),
  tally.idleCount,
  tally.overdueCount,
  tally.overdueClockCount,
  tally.restingCount,
];

const oldestSection = ({ asOf }: ReportAsked, oldest: readonly OldestLead[]): Section => ({
  id: 'oldest',
  title: 'The oldest open leads',
  notes: [`At most ${OLDEST_COUNT}, the oldest first.`],
  table: {
    columns: [
      column('leadId', 'lead', 'text'),
      column('stage', 'stage', 'text'),
      column('owner', 'owner', 'text'),
      column('team', 'team', 'text'),
      column('age', 'age', 'elapsed'),
      column('inStage', 'in its stage', 'elapsed'),
      column('untouched', 'untouched for', 'elapsed'),
      column('overdueAt', 'overdue since', 'instant'),
      column('resting', 'paused or in dispute', 'text'),
    ],
    rows: oldest.map((lead) => ({
      cells: [
        lead.leadId,
        lead.stage,
        lead.owner,
        lead.team,
        asOf - lead.startedAt,
        asOf - lead.enteredAt,
        asOf - (lead.lastTouchedAt ?? lead.startedAt),
        lead.overdueAt,
        lead.isResting ? 'yes' : null,
      ],
      leads: { leadId: explainLink(lead.leadId, asOf) },
    })),
  },
  charts: [],
});
