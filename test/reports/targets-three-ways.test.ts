// Figures period by period are the same whether SQL counts them, the core folds them, or their plain definition is applied.
import { edgesOf, periodsUpTo, tallyVerdicts, type Edges } from '../../src/domain/reports/index.js';
import { queryVerdicts } from '../../src/reports/streaks-query.js';
import { commitmentRuns } from '../../src/reports/index.js';
import { dateStart } from '../../src/zones/index.js';
import { agreement } from '../db/journeys.js';
import { plainCompliance } from './plain-figures.js';
import { recordQuarter, type RecordedQuarter } from './recorded-quarter.js';

let quarter: RecordedQuarter;
beforeAll(async () => {
  quarter = await recordQuarter();
}, 900_000);
afterAll(() => quarter.opened.close());

const ports = { timeZone: 'America/New_York', dateStart, fiscalYearStart: 1 };
const weeks = periodsUpTo('week', '2027-01-01', 20, ports);
const months = periodsUpTo('month', '2027-01-01', 5, ports);

describe.each([
  { kind: 'weeks', periods: weeks },
  { kind: 'months', periods: months },
])('verdicts of $kind in a row', ({ periods }) => {
  const asked: Edges = { edges: edgesOf(periods), filter: {} };

  test('are the same by SQL as by the core', async () => {
    const { query, known, contributions } = quarter;
    expect(await queryVerdicts(query, known, asked)).toEqual(tallyVerdicts(contributions, asked));
    const filtered = { ...asked, filter: { segment: 'enterprise', team: 'sdr-east' } };
    expect(await queryVerdicts(query, known, filtered)).toEqual(tallyVerdicts(contributions, filtered));
  });

  test('are in each period those of the plain definition', () => {
    const counts = tallyVerdicts(quarter.contributions, asked);
    expect(Object.keys(counts).length).toBeGreaterThan(8);
    for (const [commitment, verdicts] of Object.entries(counts)) {
      const plain = periods.map(({ from, to }) => plainCompliance(quarter.leads, commitment, from, to));
      expect([commitment, verdicts]).toEqual([commitment, plain]);
    }
  });
});

test('a run is of weeks whose share lies below the goal, the latest last', async () => {
  const { query, leads } = quarter;
  const later = { agreement, asOf: Date.parse('2027-04-01T00:00:00Z'), filter: {} };
  const runs = await commitmentRuns({ workspace: 'default', query }, later, weeks);
  expect(runs.filter(({ longestCount }) => longestCount > 1).length).toBeGreaterThan(1);
  for (const { commitment, currentCount, longestCount, periods } of runs) {
    const misses = weeks.map(({ from, to }) => isMissed(plainCompliance(leads, commitment, from, to), commitment));
    expect([commitment, periods.map(({ status }) => status === 'missed')]).toEqual([commitment, misses.map(Boolean)]);
    const said = misses.filter((miss) => miss !== undefined).map((miss) => (miss ? 'x' : ' '));
    const runsOfMisses = said.join('').split(' ');
    expect([commitment, currentCount]).toEqual([commitment, runsOfMisses.at(-1)!.length]);
    expect([commitment, longestCount]).toEqual([commitment, Math.max(...runsOfMisses.map(({ length }) => length))]);
  }
});

/** Undefined: nothing was decided. */
const isMissed = ({ met, breached }: { met: number; breached: number }, commitment: string): boolean | undefined =>
  met + breached === 0 ? undefined : met * 1_000_000 < agreement.clocks[commitment]!.goalPpm! * (met + breached);
