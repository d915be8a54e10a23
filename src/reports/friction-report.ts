import {
  leadGroupingOf,
  type Cell,
  type FrictionTally,
  type LeadGrouping,
  type ListFilter,
  type Section,
  type TableRow,
} from '../domain/reports/index.js';
import { column, shareOf, sumOf } from './cells.js';
import { queryFriction, queryFrictionNotes, type FrictionNote } from './friction-query.js';
import { explainLink, partLinks } from './list-links.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';

const NOTES = [
  'Friction is what of the talk track did not help, a content gap what a rep would have needed to show and did not have, as reps noted them when they disposed of a lead.',
  'A note is counted in the period of its disposition. One that was taken back by reopening is not counted.',
];

/** As many as a meeting reads; the list behind has all of them. */
const WORDS_MAX = 50;

/** What reps stumbled over: by reason, by source or another grouping, and in their own words. */
export async function frictionSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const by = leadGroupingOf(asked.by) ?? 'source';
  const { period, filter } = asked;
  const known = knownFor(source, asked);
  const span = { from: period.from, to: period.to, filter };
  const [tallies, words] = await Promise.all([
    queryFriction(source.query, known, { ...span, by }),
    queryFrictionNotes(source.query, known, span, WORDS_MAX),
  ]);
  return [reasonsSection(asked, tallies), groupsSection(asked, tallies, by), wordsSection(asked, tallies, words)];
}

function reasonsSection(asked: ReportAsked, tallies: readonly FrictionTally[]): Section {
  const reasons = [...new Set(tallies.map(({ reason }) => reason))]
    .map((reason) => ({ reason, members: tallies.filter((tally) => tally.reason === reason) }))
    .toSorted((a, b) => notedIn(b.members) - notedIn(a.members));
  const rows = reasons.map(({ reason, members }): TableRow => ({
    cells: [reason, ...countCells(members)],
    leads: linksTo(asked, filterFor(members[0]!)),
  }));
  return {
    id: 'friction-by-reason',
    title: 'What reps stumbled over, by reason',
    notes: NOTES,
    table: {
      columns: [column('reason', 'reason', 'text'), ...countColumns],
      rows: [...rows, { cells: ['all', ...countCells(tallies)], leads: linksTo(asked, {}) }],
    },
    charts: [
      {
        shape: 'bars',
        kind: 'count',
        title: 'Notes of friction and content gaps',
        points: reasons.map(({ reason, members }) => ({ label: reason, value: notedIn(members) })),
      },
    ],
  };
}

/** A lead that is sold on is disposed of without a reason. */
const filterFor = ({ reason, route }: FrictionTally): ListFilter =>
  route === 'sales-qualified' ? { route } : { reason };

const linksTo = (asked: ReportAsked, filter: ListFilter) =>
  partLinks(
    'friction',
    asked,
    'friction',
    {
      count: 'dispositions',
      friction: 'friction',
      contentGap: 'content-gap',
      noted: 'noted',
      share: 'dispositions',
    },
    filter,
  );

const countColumns = [
  column('count', 'dispositions', 'count'),
  column('friction', 'with friction', 'count'),
  column('contentGap', 'with a content gap', 'count'),
  column('noted', 'with either', 'count'),
  column('share', 'share', 'share'),
];

const countCells = (tallies: readonly FrictionTally[]): readonly Cell[] => {
  const count = sumOf(tallies.map((tally) => tally.count));
  return [
    count,
    sumOf(tallies.map(({ frictionCount }) => frictionCount)),
    sumOf(tallies.map(({ contentGapCount }) => contentGapCount)),
    notedIn(tallies),
    shareOf(notedIn(tallies), count),
  ];
};

const notedIn = (tallies: readonly FrictionTally[]): number => sumOf(tallies.map(({ notedCount }) => notedCount));

/** Only where something was noted: who stumbles over nothing is no news. */
function groupsSection(asked: ReportAsked, tallies: readonly FrictionTally[], by: LeadGrouping): Section {
  const noted = tallies
    .filter(({ notedCount }) => notedCount > 0)
    .toSorted((a, b) => b.notedCount - a.notedCount || (a.group < b.group ? -1 : 1));
  return {
    id: `friction-by-${by}`,
    title: `What reps stumbled over, by ${by}`,
    notes: [`Only a reason and ${by} on which something was noted.`],
    table: {
      columns: [column('group', by, 'text'), column('reason', 'reason', 'text'), ...countColumns],
      rows: noted.map((tally): TableRow => ({
        cells: [tally.group, tally.reason, ...countCells([tally])],
        leads: linksTo(asked, { ...filterFor(tally), [by]: tally.group }),
      })),
    },
    charts: [],
  };
}

function wordsSection(asked: ReportAsked, tallies: readonly FrictionTally[], words: readonly FrictionNote[]): Section {
  const leftOutCount = notedIn(tallies) - words.length;
  return {
    id: 'friction-words',
    title: 'In their own words',
    notes:
      leftOutCount > 0
        ? [`The newest ${words.length}; ${leftOutCount} more stand in the list behind “with either”.`]
        : [],
    table: {
      columns: [
        column('decidedAt', 'disposed', 'instant'),
        column('leadId', 'lead', 'text'),
        column('reason', 'reason', 'text'),
        column('source', 'source', 'text'),
        column('owner', 'owner', 'text'),
        column('friction', 'friction', 'text'),
        column('contentGap', 'content gap', 'text'),
      ],
      rows: words.map(({ decidedAt, leadId, reason, source, owner, friction, contentGap }) => ({
        cells: [decidedAt, leadId, reason, source, owner, friction, contentGap],
        leads: { leadId: explainLink(leadId, asked.asOf) },
      })),
    },
    charts: [],
  };
}
