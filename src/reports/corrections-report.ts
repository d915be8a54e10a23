import {
  ALL,
  correctionCauses,
  correctionTurns,
  leadGroupingOf,
  type Cell,
  type CorrectionCause,
  type CorrectionGrouping,
  type CorrectionTally,
  type CorrectionTurn,
  type ListFilter,
  type Section,
  type TableRow,
} from '../domain/reports/index.js';
import { column } from './cells.js';
import { queryCorrected, queryCorrections, type Corrected } from './corrections-query.js';
import { explainLink, partLinks } from './list-links.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';

/** How many are named. */
const NAMED_COUNT = 50;

const NOTES = [
  'A correction is made when something else is said of a promise than before: both are kept, and a report as of before tells the verdict before.',
  'Made: corrections of the period in which they were made, with whoever had the lead then. Of this period: those of verdicts that were counted in it, whenever they were made; its figures have changed since.',
];

/** How each cause is told. */
const causeWords: Readonly<Record<CorrectionCause, string>> = {
  'logged-late': 'it happened in time and was logged late',
  'touch-retracted': 'the touch was taken back',
  'touch-bounced': 'the touch came back',
  'agreement-applied': 'a new version was applied',
  'agreement-reverted': 'a new version was taken back',
  rejudged: 'a calendar or a fact was wrong, and it was judged anew',
};

const turnTitles: Readonly<Record<CorrectionTurn, string>> = {
  'to-met': 'became met',
  'to-breached': 'became breached',
  'to-cancelled': 'cancelled',
  'to-open': 'open again',
  moved: 'moved only',
};

/** What was said otherwise before: by cause, by commitment, by team or another grouping, and the last ones by name. */
export async function correctionSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const { period, filter } = asked;
  const known = knownFor(source, asked);
  const by = leadGroupingOf(asked.by) ?? 'team';
  const span = { from: period.from, to: period.to, filter };
  const count = (grouping?: CorrectionGrouping) =>
    queryCorrections(source.query, known, { ...span, ...(grouping !== undefined && { by: grouping }) });
  const [whole, causes, commitments, groups, named] = await Promise.all([
    count(),
    count('kind'),
    count('commitment'),
    count(by),
    queryCorrected(source.query, known, span, NAMED_COUNT),
  ]);
  const { [ALL]: all = NONE } = whole;
  return [
    causesSection(asked, causes, all),
    groupsSection(asked, 'commitment', inOrder(commitments, Object.keys(asked.agreement.clocks)), all),
    groupsSection(asked, by, inOrder(groups, []), all),
    namedSection(asked, named),
  ];
}

const NONE: CorrectionTally = {
  madeCount: 0,
  turnCounts: Object.fromEntries(correctionTurns.map((turn) => [turn, 0])) as CorrectionTally['turnCounts'],
  ofPeriodCount: 0,
};

type Groups = readonly (readonly [group: string, tally: CorrectionTally])[];

/** In the order of the agreement where it has one, by name where it has none. */
function inOrder(groups: Readonly<Record<string, CorrectionTally>>, order: readonly string[]): Groups {
  const place = (group: string): number => (order.includes(group) ? order.indexOf(group) : order.length);
  return Object.entries(groups).toSorted(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1));
}

const countColumns = [
  column('made', 'made', 'count'),
  ...correctionTurns.map((turn) => column(turn, turnTitles[turn], 'count')),
  column('ofPeriod', 'of this period', 'count'),
];

const countCells = ({ madeCount, turnCounts, ofPeriodCount }: CorrectionTally): readonly Cell[] => [
  madeCount,
  ...correctionTurns.map((turn) => turnCounts[turn]),
  ofPeriodCount,
];

const PARTS: Readonly<Record<string, string>> = {
  made: 'made',
  ...Object.fromEntries(correctionTurns.map((turn) => [turn, turn])),
  ofPeriod: 'of-period',
};

const rowOf = (
  asked: ReportAsked,
  names: readonly string[],
  tally: CorrectionTally,
  filter?: ListFilter,
): TableRow => ({
  cells: [...names, ...countCells(tally)],
  leads: partLinks('corrections', asked, 'corrections', PARTS, filter),
});

/** Every cause stands there, so that none is missed where there is nothing to tell. */
const causesSection = (
  asked: ReportAsked,
  causes: Readonly<Record<string, CorrectionTally>>,
  all: CorrectionTally,
): Section => ({
  id: 'causes',
  title: 'What was corrected, and by what',
  notes: NOTES,
  table: {
    columns: [column('cause', 'by what', 'text'), column('means', 'that is', 'text'), ...countColumns],
    rows: [
      ...correctionCauses.map((cause) =>
        rowOf(asked, [cause, causeWords[cause]], causes[cause] ?? NONE, { kind: cause }),
      ),
      rowOf(asked, ['all', ''], all),
    ],
  },
  charts: [],
});

const groupsSection = (
  asked: ReportAsked,
  by: Exclude<CorrectionGrouping, 'kind'>,
  groups: Groups,
  all: CorrectionTally,
): Section => ({
  id: `by-${by}`,
  title: `Corrections by ${by}`,
  notes: [],
  table: {
    columns: [column('group', by, 'text'), ...countColumns],
    rows: [
      ...groups.map(([group, tally]) => rowOf(asked, [group], tally, { [by]: group })),
      rowOf(asked, ['all'], all),
    ],
  },
  charts: [],
});

const namedSection = ({ asOf }: ReportAsked, named: readonly Corrected[]): Section => ({
  id: 'corrections',
  title: 'The last corrections',
  notes: [
    `At most ${NAMED_COUNT}, made in the period or of its verdicts; other verdicts before those that only moved, the last first.`,
    'A promise that repeats bears its number. Was due is told only where the due instant moved.',
  ],
  table: {
    columns: [
      column('leadId', 'lead', 'text'),
      column('commitment', 'commitment', 'text'),
      column('verdictBefore', 'was', 'text'),
      column('verdict', 'became', 'text'),
      column('wasDueAt', 'was due', 'instant'),
      column('dueAt', 'due', 'instant'),
      column('correctedAt', 'corrected', 'instant'),
      column('cause', 'by what', 'text'),
      column('reason', 'reason', 'text'),
      column('by', 'by', 'text'),
    ],
    rows: named.map((one) => ({
      cells: [
        one.leadId,
        one.n === 1 ? one.commitment : `${one.commitment} ${one.n}`,
        one.verdictBefore,
        one.verdict,
        one.wasDueAt === one.dueAt ? null : one.wasDueAt,
        one.dueAt,
        one.correctedAt,
        one.cause,
        one.reason,
        one.actor,
      ],
      leads: { leadId: explainLink(one.leadId, asOf) },
    })),
  },
  charts: [],
});
