// Figures period by period are the same whether SQL counts them, the core folds them, or their plain definition is applied.
import {
  edgesOf,
  emptySpread,
  emptyVolume,
  funnelSteps,
  leadGroupings,
  periodsUpTo,
  tallySalesCycle,
  tallyStageTimes,
  tallyVerdicts,
  tallyFirstResponse,
  tallyShares,
  tallyVolumes,
  type PeriodsAsked,
  type VolumeTally,
} from '../../src/domain/reports/index.js';
import { queryAnsweredOver } from '../../src/reports/first-response-query.js';
import { querySharesOver } from '../../src/reports/share-queries.js';
import { querySalesCycle } from '../../src/reports/sales-cycle-query.js';
import { queryStageTimes } from '../../src/reports/stage-times-query.js';
import { queryVerdicts } from '../../src/reports/streaks-query.js';
import { queryVolumes } from '../../src/reports/volume-query.js';
import { commitmentRuns, type InForce } from '../../src/reports/index.js';
import { dateStart } from '../../src/zones/index.js';
import { agreement } from '../db/journeys.js';
import { plainCompliance } from './plain-figures.js';
import { plainSalesCycle, plainStageTimes, plainVolume } from './plain-volumes.js';
import { openTimeOn, periods as wholePeriods, recordQuarter, type RecordedQuarter } from './recorded-quarter.js';

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
  const asked: PeriodsAsked = { edges: edgesOf(periods), filter: {} };

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
  const always = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const versions = [{ agreement, governance: { timeZone: ports.timeZone } as InForce['governance'], ...always }];
  const later = { agreement, versions, asOf: Date.parse('2027-04-01T00:00:00Z'), filter: {} };
  const runs = await commitmentRuns({ workspace: 'default', query, openDayCount: () => 5 }, later, weeks);
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

const groupings = [undefined, ...leadGroupings];

describe.each([
  { kind: 'weeks', periods: weeks },
  { kind: 'months', periods: months },
])('volumes of $kind', ({ periods }) => {
  const edges = edgesOf(periods);

  test.each(groupings)('are the same by SQL as by the core, by %s', async (by) => {
    const { query, known, contributions } = quarter;
    const asked = { edges, filter: {}, ...(by !== undefined && { by }) };
    expect(await queryVolumes(query, known, asked)).toEqual(tallyVolumes(contributions, asked));
  });

  test('are in each period those of the plain definition', () => {
    const volumes = tallyVolumes(quarter.contributions, { edges, filter: {} })['all'];
    expect(volumes).toEqual(periods.map(({ from, to }) => plainVolume(quarter.leads, from, to)));
  });

  test.each(leadGroupings)('by %s add up to the total', (by) => {
    const whole = tallyVolumes(quarter.contributions, { edges, filter: {} })['all']!;
    const groups = Object.values(tallyVolumes(quarter.contributions, { edges, filter: {}, by }));
    expect(edges.slice(1).map((_, place) => groups.map((group) => group[place]!).reduce(sumOf, emptyVolume))).toEqual(
      whole,
    );
  });
});

const sumOf = (one: VolumeTally, other: VolumeTally): VolumeTally =>
  Object.fromEntries(
    Object.entries(one).map(([name, count]) => [name, count + other[name as keyof VolumeTally]]),
  ) as unknown as VolumeTally;

describe.each(wholePeriods)('sales cycles and times per stage of $label', ({ from, to }) => {
  test.each(groupings)('are the same by SQL as by the core, by %s', async (by) => {
    const { query, known, contributions } = quarter;
    const asked = { from, to, filter: {}, ...(by !== undefined && { by }) };
    expect(await querySalesCycle(query, known, asked)).toEqual(tallySalesCycle(contributions, asked));
    expect(await queryStageTimes(query, known, asked)).toEqual(tallyStageTimes(contributions, asked));
  });

  test('are those of the plain definitions', () => {
    const asked = { from, to, filter: {} };
    const none = { won: emptySpread, leadToWin: emptySpread, lost: emptySpread };
    expect(tallySalesCycle(quarter.contributions, asked)['all'] ?? none).toEqual(
      plainSalesCycle(quarter.leads, from, to),
    );
    const times = tallyStageTimes(quarter.contributions, asked);
    expect(Object.fromEntries(funnelSteps.map((step) => [step, times[step]['all'] ?? emptySpread]))).toEqual(
      plainStageTimes(quarter.leads, from, to),
    );
  });
});

test('the quarter has deals won and lost, and leads that came back', () => {
  const [quarterWhole] = wholePeriods;
  const deals = tallySalesCycle(quarter.contributions, { ...quarterWhole!, filter: {} })['all']!;
  expect([deals.won.count, deals.lost.count].every((count) => count > 10)).toBe(true);
  expect(plainVolume(quarter.leads, quarterWhole!.from, quarterWhole!.to).reEntered).toBeGreaterThan(10);
});

describe.each([
  { kind: 'weeks', periods: weeks },
  { kind: 'months', periods: months },
])('shares and first responses of $kind', ({ periods }) => {
  test('are in each period those of that period alone', async () => {
    const { query, known, contributions } = quarter;
    const asked = { edges: edgesOf(periods), filter: { priority: 'normal' } };
    const alone = periods.map(({ from, to }) => ({ from, to, filter: asked.filter }));
    expect(await querySharesOver(query, known, asked)).toEqual(alone.map((one) => tallyShares(contributions, one)));
    const answered = await queryAnsweredOver(query, known, asked);
    const folded = alone.map((one) => tallyFirstResponse(contributions, one, known.asOf, openTimeOn)['all']);
    expect(answered.map((one) => one !== undefined)).toEqual(folded.map((one) => one !== undefined));
    for (const [place, one] of answered.entries()) expect(folded[place] ?? {}).toMatchObject(one ?? {});
  });
});
