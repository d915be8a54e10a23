import { parties } from '../domain/agreement/index.js';
import {
  edgesOf,
  missedInARow,
  statusOf,
  valueOf,
  type Cell,
  type Chart,
  type CommitmentRun,
  type Goal,
  type JudgedPeriod,
  type Period,
  type Section,
  type TableRow,
  type VerdictCount,
} from '../domain/reports/index.js';
import { column } from './cells.js';
import { goalOfClock, goalOver } from './goals.js';
import { partLinks } from './list-links.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';
import { queryVerdicts } from './streaks-query.js';
import { targetRunsSections } from './target-runs.js';

type RunsAsked = Pick<ReportAsked, 'agreement' | 'versions' | 'asOf' | 'filter'>;

/**
 * Every commitment with a goal, over periods that have ended: how it stood in each against what was agreed then, and how
 * often it was missed in a row.
 */
export async function commitmentRuns(
  source: RunsSource,
  asked: RunsAsked,
  periods: readonly Period[],
): Promise<readonly CommitmentRun[]> {
  const { agreement, asOf, filter } = asked;
  const counts = await queryVerdicts(source.query, knownFor(source, asked), { edges: edgesOf(periods), filter });
  return parties.flatMap((party) =>
    Object.entries(agreement.clocks)
      .filter(([, promise]) => promise.party === party && promise.goalPpm !== undefined)
      .map(([commitment]) => {
        const judged = periods.map((period, index) => {
          const goal = goalOver(source, asked, period, (version) => goalOfClock(version, commitment));
          return judge(period, counts[commitment]?.[index], goal, asOf);
        });
        return { commitment, party, periods: judged, ...missedInARow(judged.map(({ status }) => status)) };
      }),
  );
}

type RunsSource = Pick<ReportSource, 'workspace' | 'query' | 'openDayCount'>;

function judge(period: Period, count: VerdictCount | undefined, goal: Goal | null, asOf: number): JudgedPeriod {
  const { met, breached } = count ?? { met: 0, breached: 0 };
  const value = valueOf({ numerator: met, denominator: met + breached, leftOut: {} });
  const status = statusOf({ value, goal, asOf, matureAt: period.to });
  return { period: period.name, met, breached, value, goal, status };
}

/** Which commitment is missed again and again: runs of weeks and of months, with the figure of each. */
export async function streakSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const [weeks, months, targets] = await Promise.all([
    commitmentRuns(source, asked, asked.lastWeeks),
    commitmentRuns(source, asked, asked.lastMonths),
    targetRunsSections(source, asked),
  ]);
  return [
    runsSection(weeks, months, asked),
    figuresSection('weeks', weeks, asked),
    figuresSection('months', months, asked),
    ...targets,
  ];
}

function runsSection(weeks: readonly CommitmentRun[], months: readonly CommitmentRun[], asked: ReportAsked): Section {
  const rows = weeks.map((week, index): TableRow => {
    const month = months[index]!;
    const counts = [week.currentCount, week.longestCount, month.currentCount, month.longestCount];
    return { cells: [week.commitment, week.party, goalCell(week.periods.at(-1)), ...counts] };
  });
  return {
    id: 'streaks',
    title: 'Missed again and again',
    notes: [
      `Of the ${asked.lastWeeks.length} weeks and ${asked.lastMonths.length} months that had ended by the end of the period and of the report.`,
      'A week or month without a verdict neither ends a run nor makes it longer.',
    ],
    table: {
      columns: [
        column('commitment', 'commitment', 'text'),
        column('party', 'side', 'text'),
        column('goal', 'goal', 'share'),
        column('weeksNow', 'weeks in a row now', 'count'),
        column('weeksLongest', 'longest run of weeks', 'count'),
        column('monthsNow', 'months in a row now', 'count'),
        column('monthsLongest', 'longest run of months', 'count'),
      ],
      rows,
    },
    charts: [runsChart(weeks)],
  };
}

const runsChart = (weeks: readonly CommitmentRun[]): Chart => ({
  shape: 'heat-map',
  kind: 'share',
  title: 'Kept, week by week',
  columns: weeks[0]?.periods.map(({ period }) => period) ?? [],
  rows: weeks.map(({ commitment, periods }) => ({ label: commitment, values: periods.map(({ value }) => value) })),
});

const goalCell = (judged: JudgedPeriod | undefined): Cell =>
  judged?.goal && 'atLeast' in judged.goal ? judged.goal.atLeast : null;

const verdictParts = { met: 'met', breached: 'breached', value: 'decided' };

/** Periods with a verdict only: of the others there is nothing to tell. */
function figuresSection(kind: 'weeks' | 'months', runs: readonly CommitmentRun[], asked: ReportAsked): Section {
  const judgedIn = kind === 'weeks' ? asked.lastWeeks : asked.lastMonths;
  const rows = runs.flatMap(({ commitment, periods }) =>
    periods
      .filter(({ value }) => value !== null)
      .map((judged): TableRow => {
        const { period, met, breached, value, status } = judged;
        const during = judgedIn.find(({ name }) => name === period)!;
        return {
          cells: [commitment, period, met, breached, value, goalCell(judged), status],
          leads: partLinks('streaks', asked, 'compliance', verdictParts, { commitment }, during),
        };
      }),
  );
  return {
    id: kind,
    title: kind === 'weeks' ? 'Week by week' : 'Month by month',
    notes: [],
    table: {
      columns: [
        column('commitment', 'commitment', 'text'),
        column('period', kind === 'weeks' ? 'week' : 'month', 'text'),
        column('met', 'met', 'count'),
        column('breached', 'breached', 'count'),
        column('value', 'kept', 'share'),
        column('goal', 'goal', 'share'),
        column('status', 'status', 'status'),
      ],
      rows,
    },
    charts: [],
  };
}
