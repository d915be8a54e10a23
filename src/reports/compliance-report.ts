import { parties, type Party } from '../domain/agreement/index.js';
import {
  ALL,
  complianceShare,
  emptyCompliance,
  statusOf,
  valueOf,
  type Cell,
  type ClockFilter,
  type Compliance,
  type ComplianceTally,
  type FigureStatus,
  type Goal,
  type Section,
  type ShareTally,
  type TableRow,
} from '../domain/reports/index.js';
import { column, leftOutText } from './cells.js';
import { queryCompliance, queryComplianceCounts, queryParties } from './compliance-query.js';
import { listLink, type Behind } from './list-links.js';
import type { Known, ReportAsked, ReportSource } from './ports.js';

/** Persons with fewer leads than this are shown, but nothing is said of them. */
const LEADS_MIN = 20;

/** How far each side kept its promises: marketing first, then sales, each commitment with all that was left out. */
export async function complianceSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const known: Known = { workspace: source.workspace, agreement: asked.agreement.name, asOf: asked.asOf };
  const { filter, period, before } = asked;
  const [whole, earlier, cycles, grouped] = await Promise.all([
    queryCompliance(source.query, known, { from: period.from, to: period.to, filter }),
    queryComplianceCounts(source.query, known, { from: before.from, to: before.to, filter }),
    queryParties(source.query, known, { from: period.from, to: period.to, filter }),
    asked.by === undefined || asked.by === 'commitment'
      ? undefined
      : queryCompliance(source.query, known, { from: period.from, to: period.to, filter, by: asked.by }),
  ]);
  const told: Told = { asked, whole, earlier };
  return [
    partiesSection(told, cycles),
    ...parties.map((party) => partySection(told, party)),
    ...(grouped === undefined ? [] : [groupsSection(told, grouped)]),
  ];
}

interface Told {
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
  column('corrected', 'corrected by late logging', 'count'),
  column('metThoughPaused', 'met though paused', 'count'),
  column('leftOut', 'left out', 'text'),
];

function partySection(told: Told, party: Party): Section {
  const names = Object.entries(told.asked.agreement.clocks)
    .filter(([, promise]) => promise.party === party)
    .map(([name]) => name);
  return {
    id: party,
    title: `Promises of ${party}`,
    notes: NOTES,
    table: { columns, rows: names.map((name) => commitmentRow(told, name)) },
    charts: [
      {
        shape: 'bars',
        kind: 'share',
        title: `Promises of ${party}, kept`,
        points: names.map((name) => ({ label: name, value: valueOf(complianceShare(tallyOf(told.whole, name))) })),
      },
    ],
  };
}

const tallyOf = (compliance: Compliance, name: string, group: string = ALL): ComplianceTally =>
  compliance[name]?.[group] ?? emptyCompliance;

const goalOf = ({ asked }: Told, name: string): Goal | null => {
  const ppm = asked.agreement.clocks[name]?.goalPpm;
  return ppm === undefined ? null : { atLeast: ppm / 1_000_000 };
};

const statusIn = (told: Told, name: string, tally: ComplianceTally): FigureStatus =>
  statusOf({
    value: valueOf(complianceShare(tally)),
    goal: goalOf(told, name),
    asOf: told.asked.asOf,
    matureAt: told.asked.period.to,
  });

const shareOrNone = (tally: ShareTally): Cell => valueOf(tally) ?? 'no-leads';

function commitmentRow(told: Told, name: string): TableRow {
  const tally = tallyOf(told.whole, name);
  const goal = goalOf(told, name);
  const cells = [
    name,
    goal !== null && 'atLeast' in goal ? goal.atLeast : null,
    ...verdictCells(tally),
    statusIn(told, name, tally),
    shareOrNone(complianceShare(tallyOf(told.earlier, name))),
    ...detailCells(tally),
  ];
  const before = { figure: 'compliance', part: 'decided', filter: { commitment: name }, period: told.asked.before };
  return { cells, leads: { ...listsBehind(told, { commitment: name }), before: link(told, before) } };
}

const link = ({ asked }: Told, behind: Behind): string => listLink('compliance', asked, behind);

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
  corrected: 'corrected',
  metThoughPaused: 'met-though-paused',
  leftOut: 'left-out',
} as const;

const listsBehind = (told: Told, filter: ClockFilter): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(partBehind).map(([id, part]) => [id, link(told, { figure: 'compliance', part, filter })]),
  );

const verdictCells = (tally: ComplianceTally): readonly Cell[] => [
  tally.met,
  tally.breached,
  shareOrNone(complianceShare(tally)),
];

const detailCells = (tally: ComplianceTally): readonly Cell[] => [
  shareOrNone({ numerator: tally.startedAndDecided, denominator: tally.started, leftOut: {} }),
  tally.used.medianMs,
  tally.used.p90Ms,
  tally.used.p95Ms,
  tally.overshoot.medianMs,
  tally.corrected,
  tally.metThoughPaused,
  leftOutText(complianceShare(tally).leftOut),
];

/** Lead-cycles without a breach, and how many commitments are at their goal; instances are never pooled. */
function partiesSection(told: Told, cycles: Readonly<Record<string, ShareTally>>): Section {
  const rows = parties.map((party): TableRow => {
    const tally = cycles[party] ?? { numerator: 0, denominator: 0, leftOut: {} };
    const [atGoal, judged] = commitmentsAtGoal(told, party);
    const behind = (part: string) => link(told, { figure: 'sla-compliance', part, filter: { party } });
    return {
      cells: [party, tally.numerator, tally.denominator, shareOrNone(tally), `${atGoal} of ${judged}`],
      leads: { numerator: behind('kept'), denominator: behind('decided'), value: behind('broken') },
    };
  });
  return {
    id: 'parties',
    title: 'Both sides',
    notes: [
      'A cycle of a lead counts for a side if one of its promises was decided in the period; kept, if none was missed.',
    ],
    table: {
      columns: [
        column('party', 'side', 'text'),
        column('numerator', 'cycles without a miss', 'count'),
        column('denominator', 'cycles with a verdict', 'count'),
        column('value', 'SLA compliance', 'share'),
        column('atGoal', 'commitments at goal', 'text'),
      ],
      rows,
    },
    charts: [],
  };
}

function commitmentsAtGoal(told: Told, party: Party): readonly [atGoal: number, judged: number] {
  const statuses = Object.entries(told.asked.agreement.clocks)
    .filter(([name, promise]) => promise.party === party && goalOf(told, name) !== null)
    .map(([name]) => statusIn(told, name, tallyOf(told.whole, name)))
    .filter((status) => status !== 'no-leads');
  return [statuses.filter((status) => status === 'met' || status === 'on-track').length, statuses.length];
}

function groupsSection(told: Told, grouped: Compliance): Section {
  const by = told.asked.by!;
  const names = Object.keys(told.asked.agreement.clocks).filter((name) => grouped[name] !== undefined);
  const rows = names.flatMap((name) =>
    Object.entries(grouped[name] ?? {})
      .filter(([, tally]) => tally.started + tally.met + tally.breached > 0)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([group, tally]): TableRow => {
        const isFaint = by === 'owner' && tally.met + tally.breached < LEADS_MIN;
        const cells = [name, group, ...verdictCells(tally), ...detailCells(tally)];
        const leads = listsBehind(told, { commitment: name, [by]: group });
        return { cells, leads, ...(isFaint && { isFaint }) };
      }),
  );
  const [commitment, ...others] = columns;
  const shown = others.filter(({ id }) => !['goal', 'status', 'before'].includes(id));
  return {
    id: `by-${by}`,
    title: `By ${by}`,
    notes: by === 'owner' ? [`Persons with fewer than ${LEADS_MIN} verdicts are greyed: too few to say anything.`] : [],
    table: { columns: [commitment!, column('group', by, 'text'), ...shown], rows },
    charts: [],
  };
}
