import {
  decisionKinds,
  leadGroupingOf,
  type Cell,
  type DecisionKind,
  type LeadGrouping,
  type ListFilter,
  type ReasonTally,
  type Section,
  type TableRow,
} from '../domain/reports/index.js';
import { column, shareOf, sumOf } from './cells.js';
import { partLinks } from './list-links.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';
import { queryReasons } from './reasons-query.js';

const titles = {
  rejection: 'Why leads were rejected',
  disposition: 'Why leads were disposed of',
} as const satisfies Record<DecisionKind, string>;

const NOTES = [
  'A reason is counted in the period in which sales decided. Shares are of all reasons of the table.',
  'Selling a lead on needs no reason and is not in these tables; neither is a decision that was taken back by reopening.',
];

/** Why sales rejected leads or disposed of them: each reason as a whole, and by source or another grouping. */
export async function reasonSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const by = leadGroupingOf(asked.by) ?? 'source';
  const { period, filter } = asked;
  const known = knownFor(source, asked);
  const tallies = await queryReasons(source.query, known, { from: period.from, to: period.to, filter, by });
  return decisionKinds.flatMap((kind) => {
    const own = tallies.filter((tally) => tally.kind === kind);
    return [wholeSection(asked, kind, own), groupsSection(asked, kind, own, by)];
  });
}

function wholeSection(asked: ReportAsked, kind: DecisionKind, tallies: readonly ReasonTally[]): Section {
  const whole = countOf(tallies);
  const reasons = [...new Set(tallies.map(({ reason }) => reason))]
    .map((reason) => ({ reason, members: tallies.filter((tally) => tally.reason === reason) }))
    .toSorted((a, b) => countOf(b.members) - countOf(a.members));
  const rows = reasons.map(({ reason, members }): TableRow => ({
    cells: [reason, routesIn(members), ...countCells(members, whole)],
    leads: linksTo(asked, { kind, reason }, { kind }),
  }));
  return {
    id: `${kind}s`,
    title: titles[kind],
    notes: NOTES,
    table: {
      columns: [column('reason', 'reason', 'text'), column('route', 'goes to', 'text'), ...countColumns],
      rows: [
        ...rows,
        { cells: ['all', null, ...countCells(tallies, whole)], leads: linksTo(asked, { kind }, { kind }) },
      ],
    },
    charts: [
      {
        shape: 'bars',
        kind: 'share',
        title: titles[kind],
        points: reasons.map(({ reason, members }) => ({
          label: reason,
          value: whole === 0 ? null : countOf(members) / whole,
        })),
      },
    ],
  };
}

/** Of the reasons of a row; its share is of all that `whole` chooses. */
const linksTo = (asked: ReportAsked, filter: ListFilter, whole: ListFilter) => ({
  ...partLinks('reasons', asked, 'reasons', ROW_PARTS, filter),
  ...partLinks('reasons', asked, 'reasons', { share: 'given' }, whole),
});

const ROW_PARTS = { count: 'given', withNotes: 'with-notes', takenBack: 'taken-back' };

const countColumns = [
  column('count', 'leads', 'count'),
  column('share', 'share', 'share'),
  column('withNotes', 'with notes', 'share'),
  column('takenBack', 'taken back', 'count'),
];

const countCells = (tallies: readonly ReasonTally[], whole: number): readonly Cell[] => {
  const count = countOf(tallies);
  return [
    count,
    shareOf(count, whole),
    shareOf(sumOf(tallies.map(({ withNotesCount }) => withNotesCount)), count),
    sumOf(tallies.map(({ takenBackCount }) => takenBackCount)),
  ];
};

/** The shares of a group are of the group. */
function groupsSection(
  asked: ReportAsked,
  kind: DecisionKind,
  tallies: readonly ReasonTally[],
  by: LeadGrouping,
): Section {
  const groups = [...new Set(tallies.map(({ group }) => group))].toSorted();
  const rows = groups.flatMap((group) => {
    const members = tallies.filter((tally) => tally.group === group);
    return members.map((tally): TableRow => ({
      cells: [group, tally.reason, tally.route, ...countCells([tally], countOf(members))],
      leads: linksTo(asked, { kind, reason: tally.reason, route: tally.route, [by]: group }, { kind, [by]: group }),
    }));
  });
  return {
    id: `${kind}s-by-${by}`,
    title: `${titles[kind]}, by ${by}`,
    notes: [`Shares are of all reasons of the ${by}.`],
    table: {
      columns: [
        column('group', by, 'text'),
        column('reason', 'reason', 'text'),
        column('route', 'goes to', 'text'),
        ...countColumns,
      ],
      rows,
    },
    charts: [],
  };
}

/** More than one only where an agreement's new version sends a reason elsewhere. */
const routesIn = (tallies: readonly ReasonTally[]): string =>
  [...new Set(tallies.map(({ route }) => route))].toSorted().join(', ');

const countOf = (tallies: readonly ReasonTally[]): number => sumOf(tallies.map(({ count }) => count));
