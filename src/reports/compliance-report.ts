import { parties, type Party } from '../domain/agreement/index.js';
import {
  ALL,
  complianceShare,
  emptyCompliance,
  statusOf,
  valueOf,
  type Cell,
  type ListFilter,
  type ClockGrouping,
  type Compliance,
  type ComplianceTally,
  type FairPlay,
  type FigureStatus,
  type Goal,
  type Period,
  type Point,
  type Section,
  type ShareTally,
  type TableRow,
} from '../domain/reports/index.js';
import { column, leftOutText, LEADS_MIN } from './cells.js';
import {
  queryCompliance,
  queryComplianceCounts,
  queryLatest,
  queryLeadCounts,
  queryParties,
  type LateAnswer,
} from './compliance-query.js';
import { findFairPlay } from './fair-play-query.js';
import { repsSection, sourcesSection, verdictsIn } from './fair-play-report.js';
import { flatterySection } from './flattery-sections.js';
import { goalOfClock, goalOver, versionsIn } from './goals.js';
import { explainLink, listLink, type Behind } from './list-links.js';
import type { Known, ReportAsked, ReportSource } from './ports.js';

/** How many of the latest answers a report shows itself; the list behind `late by` has them all. */
const LATEST_COUNT = 10;

/** How far each side kept its promises: marketing first, then sales, each commitment with all that was left out. */
export async function complianceSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const known: Known = { workspace: source.workspace, agreement: asked.agreement.name, asOf: asked.asOf };
  const [now, before] = [spanOf(asked, asked.period), spanOf(asked, asked.before)];
  const [whole, earlier, cycles, cyclesEarlier, latest, fairPlay, groups] = await Promise.all([
    queryCompliance(source.query, known, now),
    queryComplianceCounts(source.query, known, before),
    queryParties(source.query, known, now),
    queryParties(source.query, known, before),
    queryLatest(source.query, known, now, LATEST_COUNT),
    findFairPlay(source, asked),
    queryGroups(source, known, asked),
  ]);
  const told: Told = { source, asked, whole, earlier };
  return [
    partiesSection(told, cycles, cyclesEarlier),
    ...parties.flatMap((party) => [partySection(told, party), flatterySection(asked, party, fairPlay)]),
    ...(groups === undefined ? [] : [groupsSection(told, groups), ...besideGroups(asked, groups, fairPlay)]),
    latestSection(told, latest),
  ];
}

const spanOf = ({ filter }: ReportAsked, { from, to }: Period) => ({ from, to, filter });

/** What the two periods count by group, and of how many leads each person had a verdict; undefined: not split. */
async function queryGroups({ query }: ReportSource, known: Known, asked: ReportAsked): Promise<Groups | undefined> {
  const { by } = asked;
  if (by === undefined || by === 'commitment') return undefined;
  const [now, before] = [spanOf(asked, asked.period), spanOf(asked, asked.before)];
  const [whole, earlier, leadCounts] = await Promise.all([
    queryCompliance(query, known, { ...now, by }),
    queryComplianceCounts(query, known, { ...before, by }),
    by === 'owner' ? queryLeadCounts(query, known, now) : {},
  ]);
  return { by, whole, earlier, leadCounts };
}

interface Groups {
  readonly by: ClockGrouping;
  readonly whole: Compliance;
  readonly earlier: Compliance;
  readonly leadCounts: Readonly<Record<string, number>>;
}

interface Told {
  readonly source: ReportSource;
  readonly asked: ReportAsked;
  readonly whole: Compliance;
  readonly earlier: Compliance;
}

const NOTES = [
  'A promise is counted in the period in which it was met, or in which it was due and not met.',
  'Coverage: how many of the promises that began in the period are decided by now.',
  'Times are open time: inside business hours, outside pauses.',
];

const columns = [
  column('commitment', 'commitment', 'text'),
  column('goal', 'goal', 'share'),
  column('met', 'met', 'count'),
  column('breached', 'breached', 'count'),
  column('value', 'kept', 'share'),
  column('status', 'status', 'status'),
  column('before', 'period before', 'share'),
  column('coverage', 'coverage', 'share'),
  column('usedMedian', 'median', 'open-time'),
  column('usedP90', 'p90', 'open-time'),
  column('usedP95', 'p95', 'open-time'),
  column('overshootMedian', 'late by (median)', 'open-time'),
  column('overshootWorst', 'late by (worst)', 'open-time'),
  column('corrected', 'corrected by late logging', 'count'),
  column('metThoughPaused', 'met though paused', 'count'),
  column('leftOut', 'left out', 'text'),
];

/** Which count of the clocks stands behind the number of which column. */
const partBehind = {
  met: 'met',
  breached: 'breached',
  value: 'decided',
  coverage: 'started',
  usedMedian: 'met',
  usedP90: 'met',
  usedP95: 'met',
  overshootMedian: 'late',
  overshootWorst: 'late',
  corrected: 'corrected',
  metThoughPaused: 'met-though-paused',
  leftOut: 'left-out',
} as const;

const link = ({ asked }: Told, behind: Behind): string => listLink('compliance', asked, behind);

function listsBehind(told: Told, filter: ListFilter): Readonly<Record<string, string>> {
  const lists = Object.entries(partBehind).map(([id, part]) => [id, { figure: 'compliance', part, filter }] as const);
  const before = { figure: 'compliance', part: 'decided', filter, period: told.asked.before };
  return Object.fromEntries([...lists, ['before', before] as const].map(([id, behind]) => [id, link(told, behind)]));
}

function partySection(told: Told, party: Party): Section {
  const names = commitmentsOf(told.asked, party);
  return {
    id: party,
    title: `Promises of ${party}`,
    notes: [...NOTES, ...changeNotes(told.asked)],
    table: { columns, rows: names.map((name) => commitmentRow(told, name)) },
    charts: [
      {
        shape: 'bars',
        kind: 'share',
        title: `Promises of ${party}, kept`,
        points: names.map((name) => barOf(told, name)),
      },
    ],
  };
}

/** What was kept of a commitment, and what of it was to be. */
function barOf(told: Told, name: string): Point {
  const target = atLeastOf(goalOf(told, name));
  const value = valueOf(complianceShare(tallyOf(told.whole, name)));
  return { label: name, value, ...(target !== null && { target }) };
}

/** The commitments of a side: those in force at last, then those that were given up within the period. */
function commitmentsOf(asked: ReportAsked, party: Party): readonly string[] {
  const versions = versionsIn(asked, asked.period).map(({ agreement }) => agreement);
  const names = [asked.agreement, ...versions.toReversed()].flatMap(({ clocks }) =>
    Object.keys(clocks).filter((name) => clocks[name]!.party === party),
  );
  return [...new Set(names)];
}

function changeNotes(asked: ReportAsked): readonly string[] {
  const versions = versionsIn(asked, asked.period).map(({ agreement }) => `${agreement.name}@${agreement.version}`);
  if (versions.length < 2) return [];
  return [`${versions.join(', then ')} were in force: a goal that changed counts for the open days of each.`];
}

const tallyOf = (compliance: Compliance, name: string, group: string = ALL): ComplianceTally =>
  compliance[name]?.[group] ?? emptyCompliance;

/** What a commitment is to reach in the period; a version's own share is held to that version's goal. */
function goalOf({ source, asked }: Told, name: string, version?: string): Goal | null {
  const versions = asked.versions.filter(
    ({ agreement }) => version === undefined || `${agreement.name}@${agreement.version}` === version,
  );
  if (version !== undefined) return versions[0] === undefined ? null : goalOfClock(versions[0], name);
  return goalOver(source, { versions }, asked.period, (one) => goalOfClock(one, name));
}

const atLeastOf = (goal: Goal | null): number | null => (goal !== null && 'atLeast' in goal ? goal.atLeast : null);

const statusIn = ({ asked }: Told, goal: Goal | null, tally: ComplianceTally): FigureStatus =>
  statusOf({ value: valueOf(complianceShare(tally)), goal, asOf: asked.asOf, matureAt: asked.period.to });

const shareOrNone = (tally: ShareTally): Cell => valueOf(tally) ?? 'no-leads';

function commitmentRow(told: Told, name: string): TableRow {
  const [tally, before] = [tallyOf(told.whole, name), tallyOf(told.earlier, name)];
  const cells = [name, ...figureCells(told, goalOf(told, name), tally, before)];
  return { cells, leads: listsBehind(told, { commitment: name }) };
}

/** In the order of the columns, after what names the row. */
const figureCells = (
  told: Told,
  goal: Goal | null,
  tally: ComplianceTally,
  before: ComplianceTally,
): readonly Cell[] => [
  atLeastOf(goal),
  tally.met,
  tally.breached,
  shareOrNone(complianceShare(tally)),
  statusIn(told, goal, tally),
  shareOrNone(complianceShare(before)),
  shareOrNone({ numerator: tally.startedAndDecided, denominator: tally.started, leftOut: {} }),
  tally.used.medianMs,
  tally.used.p90Ms,
  tally.used.p95Ms,
  tally.overshoot.medianMs,
  tally.overshootWorstMs,
  tally.corrected,
  tally.metThoughPaused,
  leftOutText(complianceShare(tally).leftOut),
];

type PartyTallies = Readonly<Record<string, ShareTally>>;

/** Lead-cycles without a breach, and how many commitments are at their goal; instances are never pooled. */
function partiesSection(told: Told, cycles: PartyTallies, earlier: PartyTallies): Section {
  const none: ShareTally = { numerator: 0, denominator: 0, leftOut: {} };
  const rows = parties.map((party): TableRow => {
    const [tally, before] = [cycles[party] ?? none, earlier[party] ?? none];
    const [atGoal, judged] = commitmentsAtGoal(told, party);
    const behind = (part: string, period?: Period) =>
      link(told, { figure: 'sla-compliance', part, filter: { party }, ...(period && { period }) });
    return {
      cells: [
        party,
        tally.numerator,
        tally.denominator,
        shareOrNone(tally),
        shareOrNone(before),
        `${atGoal} of ${judged}`,
      ],
      leads: {
        numerator: behind('kept'),
        denominator: behind('decided'),
        value: behind('broken'),
        before: behind('decided', told.asked.before),
      },
    };
  });
  return {
    id: 'parties',
    title: 'Both sides',
    notes: [
      'A cycle of a lead counts for a side if one of its promises was decided in the period; kept, if none was missed. ' +
        'The list behind the share has those with a miss.',
    ],
    table: {
      columns: [
        column('party', 'side', 'text'),
        column('numerator', 'cycles without a miss', 'count'),
        column('denominator', 'cycles with a verdict', 'count'),
        column('value', 'SLA compliance', 'share'),
        column('before', 'period before', 'share'),
        column('atGoal', 'commitments at goal', 'text'),
      ],
      rows,
    },
    charts: [],
  };
}

function commitmentsAtGoal(told: Told, party: Party): readonly [atGoal: number, judged: number] {
  const statuses = commitmentsOf(told.asked, party)
    .map((name) => statusIn(told, goalOf(told, name), tallyOf(told.whole, name)))
    .filter((status) => status !== 'no-leads' && status !== 'no-target');
  return [statuses.filter((status) => status === 'met' || status === 'on-track').length, statuses.length];
}

function groupsSection(told: Told, groups: Groups): Section {
  const { by } = groups;
  const names = parties.flatMap((party) => commitmentsOf(told.asked, party));
  const [commitment, ...others] = columns;
  return {
    id: `by-${by}`,
    title: `By ${by}`,
    notes: groupNotes[by] ?? [],
    table: {
      columns: [commitment!, column('group', by, 'text'), ...others],
      rows: names.flatMap((name) => groupRows(told, groups, name)),
    },
    charts: [],
  };
}

/** What could have flattered each of the groups, where it is told of such. */
function besideGroups(asked: ReportAsked, { by, whole, leadCounts }: Groups, fairPlay: FairPlay): readonly Section[] {
  if (by === 'owner') return [repsSection(asked, fairPlay, verdictsIn(whole), leadCounts)];
  return by === 'source' ? [sourcesSection(asked, fairPlay)] : [];
}

const ofNobody =
  'The promises of marketing are nobody\'s of sales: they stand under "none", so that groups sum to the whole.';
const groupNotes: Readonly<Partial<Record<ClockGrouping, readonly string[]>>> = {
  owner: [
    'A promise that was met counts for whoever held the lead then, a breach for whoever held it for most of its time.',
    ofNobody,
    `Persons with fewer than ${LEADS_MIN} leads are greyed: too few to say anything.`,
  ],
  team: [ofNobody],
};

function groupRows(told: Told, { by, whole, earlier, leadCounts }: Groups, name: string): readonly TableRow[] {
  return Object.entries(whole[name] ?? {})
    .filter(([, tally]) => tally.started + tally.met + tally.breached > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, tally]): TableRow => {
      const goal = goalOf(told, name, by === 'version' ? group : undefined);
      const isFaint = by === 'owner' && (leadCounts[group] ?? 0) < LEADS_MIN;
      const cells = [name, group, ...figureCells(told, goal, tally, tallyOf(earlier, name, group))];
      const leads = listsBehind(told, { commitment: name, [by]: group });
      return { cells, leads, ...(isFaint && { isFaint }) };
    });
}

/** The breaches that took longest to be made good: each says why by itself. */
function latestSection({ asked }: Told, latest: readonly LateAnswer[]): Section {
  return {
    id: 'latest',
    title: 'Latest of all',
    notes: [
      `The ${LATEST_COUNT} breaches of the period that were made good the latest, in open time; those still waited for are not among them.`,
    ],
    table: {
      columns: [
        column('leadId', 'lead', 'text'),
        column('commitment', 'commitment', 'text'),
        column('owner', 'counted for', 'text'),
        column('dueAt', 'due', 'instant'),
        column('completedAt', 'completed', 'instant'),
        column('overshoot', 'late by', 'open-time'),
      ],
      rows: latest.map(({ leadId, clock, owner, dueAt, completedAt, overshootMs }) => ({
        cells: [leadId, clock, owner, dueAt, completedAt, overshootMs],
        leads: { leadId: explainLink(leadId, asked.asOf) },
      })),
    },
    charts: [],
  };
}
