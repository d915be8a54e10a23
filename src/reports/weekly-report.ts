import { parties } from '../domain/agreement/index.js';
import { formatDate, parseDate } from '../domain/business-time/civil-date.js';
import {
  ALL,
  complianceShare,
  emptyCompliance,
  NO_GROUP,
  statusOf,
  valueOf,
  type Cell,
  type Chart,
  type CommitmentRun,
  type Compliance,
  type Section,
  type TableRow,
} from '../domain/reports/index.js';
import { column } from './cells.js';
import { queryCompliance } from './compliance-query.js';
import {
  queryDisqualified,
  withNotesPart,
  querySalesWords,
  type ReasonCount,
  type SalesWord,
} from './feedback-query.js';
import { goalOfClock, goalOver } from './goals.js';
import { listLink, partLinks } from './list-links.js';
import { BASELINE_NOTE, comparedColumns, comparedRow, judgedColumns, judgedRow } from './metric-table.js';
import { shareMetric } from './metrics.js';
import { knownFor, type ReportAsked, type ReportSource, type UpcomingVersion } from './ports.js';
import { commitmentRuns } from './streaks-report.js';
import { judgeTargets, trendOf, type JudgedTargets } from './targets-report.js';
import { TREND_NOTE, weeklyTrend } from './trends.js';

/** The agenda of the weekly review, in its order. */
export async function weeklySections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const { period, before, filter, lastWeeks } = asked;
  const known = knownFor(source, asked);
  const [judged, kept, keptBefore, runs, words, reasons] = await Promise.all([
    judgeTargets('weekly', source, asked),
    queryCompliance(source.query, known, { from: period.from, to: period.to, filter }),
    queryCompliance(source.query, known, { from: before.from, to: before.to, filter }),
    commitmentRuns(source, asked, lastWeeks),
    querySalesWords(source.query, known, period),
    queryDisqualified(source.query, known, { from: period.from, to: period.to, filter }),
  ]);
  return [
    volumeSection(judged),
    qualifiedSection(judged, asked),
    responseSection(source, asked, kept, keptBefore, runs),
    feedbackSection(judged),
    wordsSection(words),
    reasonsSection(asked, reasons),
    versionsSection(asked.upcoming),
    closedSection(asked),
  ];
}

function volumeSection(targets: JudgedTargets): Section {
  const volumes = targets.judged.filter(({ target }) => target.name === 'mql-volume');
  return {
    id: 'mql-volume',
    title: 'MQL volume against target',
    notes: [BASELINE_NOTE],
    table: { columns: judgedColumns, rows: volumes.map((one) => judgedRow(targets.context, one)) },
    charts: volumes.flatMap((one) => trendOf(targets, one)),
  };
}

/** What the week decided: the share that is judged over a month needs longer to be known. */
function qualifiedSection({ context, now, earlier, weeks }: JudgedTargets, { lastWeeks }: ReportAsked): Section {
  const metric = shareMetric(now, 'decided-rate');
  return {
    id: 'sales-qualified-rate',
    title: 'Conversion to sales-qualified',
    notes: ['Of first cycles that came to an outcome in the week, those that were sales-qualified.'],
    table: { columns: comparedColumns, rows: [comparedRow(context, metric, shareMetric(earlier, 'decided-rate'))] },
    charts: [weeklyTrend(metric, lastWeeks, weeks, undefined)],
  };
}

/** Promises of an answer: every commitment that a touch keeps. */
function responseSection(
  source: ReportSource,
  asked: ReportAsked,
  kept: Compliance,
  keptBefore: Compliance,
  runs: readonly CommitmentRun[],
): Section {
  const clocks = Object.entries(asked.agreement.clocks);
  const names = parties.flatMap((party) =>
    clocks.filter(([, clock]) => clock.party === party && clock.until === 'touched').map(([name]) => name),
  );
  return {
    id: 'response-time',
    title: 'Response times',
    notes: [
      'Counted in the week in which it was kept, or in which it was due and not kept. Times are open time.',
      TREND_NOTE,
    ],
    table: {
      columns: [
        column('commitment', 'commitment', 'text'),
        column('goal', 'goal', 'share'),
        column('met', 'met', 'count'),
        column('breached', 'breached', 'count'),
        column('value', 'kept', 'share'),
        column('status', 'status', 'status'),
        column('before', 'period before', 'share'),
        column('usedMedian', 'median', 'open-time'),
        column('missedInARow', 'weeks missed in a row', 'count'),
      ],
      rows: names.map((name) => responseRow(source, asked, name, { kept, keptBefore, runs })),
    },
    charts: runs.filter(({ commitment }) => names.includes(commitment)).map(runChart),
  };
}

interface Answered {
  readonly kept: Compliance;
  readonly keptBefore: Compliance;
  readonly runs: readonly CommitmentRun[];
}

function responseRow(
  source: ReportSource,
  asked: ReportAsked,
  name: string,
  { kept, keptBefore, runs }: Answered,
): TableRow {
  const tally = kept[name]?.[ALL] ?? emptyCompliance;
  const value = valueOf(complianceShare(tally));
  const before = valueOf(complianceShare(keptBefore[name]?.[ALL] ?? emptyCompliance));
  const goal = goalOver(source, asked, asked.period, (version) => goalOfClock(version, name));
  const status = statusOf({ value, goal, asOf: asked.asOf, matureAt: asked.period.to });
  const goalCell: Cell = goal !== null && 'atLeast' in goal ? goal.atLeast : null;
  const run = runs.find(({ commitment }) => commitment === name);
  const list = (part: string) =>
    listLink('weekly', asked, { figure: 'compliance', part, filter: { commitment: name } });
  const decidedBefore = { figure: 'compliance', part: 'decided', filter: { commitment: name }, period: asked.before };
  return {
    cells: [
      ...[name, goalCell, tally.met, tally.breached, value ?? 'no-leads', status, before ?? 'no-leads'],
      ...[tally.used.medianMs, run?.currentCount ?? null],
    ],
    leads: {
      met: list('met'),
      breached: list('breached'),
      value: list('decided'),
      usedMedian: list('met'),
      before: listLink('weekly', asked, decidedBefore),
    },
  };
}

function runChart({ commitment, periods }: CommitmentRun): Chart {
  const goal = periods.at(-1)?.goal;
  return {
    shape: 'line',
    kind: 'share',
    title: `${commitment} kept, week by week`,
    points: periods.slice(-13).map(({ period, value }) => ({ label: period, value })),
    ...(goal && 'atLeast' in goal && { target: goal.atLeast }),
  };
}

function feedbackSection({ judged, context }: JudgedTargets): Section {
  const feedback = judged.filter(({ target }) => target.name === 'weekly-feedback');
  return {
    id: 'lead-quality-feedback',
    title: 'Lead quality: whether sales gave its word',
    notes: ['Weeks that ended in this time and were reviewed, and those of them with a recorded word of sales.'],
    table: { columns: judgedColumns, rows: feedback.map((one) => judgedRow(context, one)) },
    charts: [],
  };
}

function wordsSection(words: readonly SalesWord[]): Section {
  return {
    id: 'words',
    title: 'Lead quality: the word of sales',
    notes: ['What was said in reviews in this time.'],
    table: {
      columns: [
        column('at', 'said', 'instant'),
        column('by', 'by', 'text'),
        column('text', 'what', 'text'),
        column('review', 'review', 'text'),
      ],
      rows: words.map(({ at, by, text, review }) => ({ cells: [at, by, text, review] })),
    },
    charts: [],
  };
}

function reasonsSection(asked: ReportAsked, reasons: readonly ReasonCount[]): Section {
  return {
    id: 'disqualified',
    title: 'Lead quality: disqualified by sales',
    notes: ['Cycles that ended disqualified in this time, by a rejection or a disposition.'],
    table: {
      columns: [
        column('cause', 'how', 'text'),
        column('reason', 'reason', 'text'),
        column('count', 'leads', 'count'),
        column('withNotes', 'with notes', 'count'),
      ],
      rows: reasons.map(({ cause, reason, count, withNotesCount }) => ({
        cells: [cause, reason, count, withNotesCount],
        leads: partLinks(
          'weekly',
          asked,
          'disqualified',
          { count: cause, withNotes: withNotesPart(cause) },
          { reason: reason ?? NO_GROUP },
        ),
      })),
    },
    charts: [
      {
        shape: 'bars',
        kind: 'count',
        title: `Disqualified by sales, ${asked.period.name}`,
        points: reasons.map(({ cause, reason, count }) => ({
          label: `${reason ?? 'no reason'} (${cause})`,
          value: count,
        })),
      },
    ],
  };
}

function versionsSection(upcoming: readonly UpcomingVersion[]): Section {
  return {
    id: 'upcoming-changes',
    title: 'Upcoming changes: versions',
    notes: ['Versions that are in review, signed or scheduled as of the report.'],
    table: {
      columns: [
        column('version', 'version', 'text'),
        column('standing', 'standing', 'text'),
        column('since', 'since', 'instant'),
        column('effectiveAt', 'in force from', 'instant'),
      ],
      rows: upcoming.map(({ version, status, since, effectiveAt }) => ({
        cells: [version, status, since, effectiveAt],
      })),
    },
    charts: [],
  };
}

/** How far ahead days that are not as usual are told of. */
const AHEAD_DAYS = 28;

function closedSection({ agreement, period }: ReportAsked): Section {
  const until = formatDate(parseDate(period.toDate)! + AHEAD_DAYS);
  const isAhead = (date: string): boolean => date >= period.fromDate && date < until;
  const days = Object.entries(agreement.calendars).flatMap(([calendar, { closed = [], exceptions = {} }]) => [
    ...closed.filter((date) => !(date in exceptions)).map((date) => [date, calendar, 'closed'] as const),
    ...Object.entries(exceptions).map(([date, hours]) => [date, calendar, hours.join(', ') || 'closed'] as const),
  ]);
  const ahead = days.filter(([date]) => isAhead(date)).toSorted((a, b) => (a.join(' ') < b.join(' ') ? -1 : 1));
  return {
    id: 'closed-days',
    title: 'Upcoming changes: days that are not as usual',
    notes: [`From the first day of the period until ${AHEAD_DAYS} days after it, by the agreement in force.`],
    table: {
      columns: [
        column('date', 'day', 'text'),
        column('calendar', 'calendar', 'text'),
        column('hours', 'hours', 'text'),
      ],
      rows: ahead.map((cells) => ({ cells })),
    },
    charts: [],
  };
}
