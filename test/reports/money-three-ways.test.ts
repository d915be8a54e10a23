// Pipeline, costs and what lateness cost are the same whether SQL adds them up, the core folds them, or their plain
// definition is applied.
import type { PostedOpportunity } from '../../src/domain/attribution/index.js';
import {
  emptyCost,
  emptyPipelineSum,
  leadGroupings,
  pipelineParts,
  tallyCosts,
  tallyPipeline,
  type CostEntry,
  type CostsAsked,
  type PipelineAsked,
  type PipelineGrouping,
  type PipelinePart,
} from '../../src/domain/reports/index.js';
import { queryCosts } from '../../src/reports/costs-query.js';
import { queryPipeline } from '../../src/reports/pipeline-query.js';
import { agreement } from '../db/journeys.js';
import { plainCosts, plainCredits, type Credited } from './plain-pipeline.js';
import { post, postedOf } from './posted-opportunities.js';
import { periods, recordQuarter, type RecordedQuarter } from './recorded-quarter.js';

let quarter: RecordedQuarter;
let posted: readonly PostedOpportunity[];
let plain: readonly Credited[];

beforeAll(async () => {
  quarter = await recordQuarter();
  posted = postedOf(quarter.leads);
  await post(quarter.opened.sql, posted);
  plain = plainCredits(quarter.leads, posted, quarter.known.asOf);
}, 900_000);
afterAll(() => quarter.opened.close());

const askedOf = ({ from, to }: { from: number; to: number }): PipelineAsked => ({
  agreement: agreement.name,
  attribution: {
    touchWindowMs: 180 * 86_400_000,
    marketing: ['webinar', 'content-download', 'pricing-page-visit', 'demo-request', 'event', 'advertising'],
  },
  from,
  to,
  asOf: quarter.known.asOf,
  filter: {},
  currency: 'USD',
});

const isPart: Readonly<Record<PipelinePart, (one: Credited) => boolean>> = {
  'marketing-sourced': ({ credit }) => credit === 'marketing-sourced',
  'sales-sourced': ({ credit }) => credit === 'sales-sourced',
  'sales-first': ({ credit }) => credit === 'sales-first',
  total: () => true,
  'marketing-influenced': ({ isInfluenced }) => isInfluenced,
};

describe.each(periods)('the pipeline of $label', ({ from, to, label }) => {
  const groupings: readonly (PipelineGrouping | undefined)[] = [undefined, 'answer', ...leadGroupings];

  test.each(groupings)('is the same by SQL as by the core, by %s', async (by) => {
    const asked = { ...askedOf({ from, to }), ...(by !== undefined && { by }) };
    const { query, known, contributions } = quarter;
    expect(await queryPipeline(query, known, asked)).toEqual(tallyPipeline(contributions, posted, asked));
  });

  test('with a filter is that of the group', async () => {
    const asked = { ...askedOf({ from, to }), filter: { source: 'webinar' }, by: 'team' as const };
    const { query, known, contributions } = quarter;
    expect(await queryPipeline(query, known, asked)).toEqual(tallyPipeline(contributions, posted, asked));
  });

  test('is that of the plain definition', () => {
    const tally = tallyPipeline(quarter.contributions, posted, askedOf({ from, to }))['all'];
    const mine = plain.filter(
      ({ opened, agreement: name }) => opened >= from && opened < to && name === agreement.name,
    );
    for (const part of pipelineParts) {
      const counted = mine.filter(isPart[part]);
      const amounts = counted.flatMap(({ minor, currency }) => (currency === 'USD' ? [minor!] : []));
      expect([label, part, tally?.[part] ?? emptyPipelineSum]).toEqual([
        label,
        part,
        {
          count: counted.length,
          minor: amounts.reduce((sum, minor) => sum + minor, 0),
          withoutAmount: counted.filter(({ minor }) => minor === null).length,
          otherCurrency: counted.filter(({ currency }) => currency !== null && currency !== 'USD').length,
        },
      ]);
    }
  });

  test('of the three credits sums to the total, and groups to all', () => {
    const asked = askedOf({ from, to });
    const whole = tallyPipeline(quarter.contributions, posted, asked)['all'];
    if (whole === undefined) return;
    const three = [whole['marketing-sourced'], whole['sales-sourced'], whole['sales-first']];
    expect(three.reduce((sum, { minor }) => sum + minor, 0)).toBe(whole.total.minor);
    for (const by of leadGroupings) {
      const groups = Object.values(tallyPipeline(quarter.contributions, posted, { ...asked, by }));
      expect(groups.reduce((sum, { total }) => sum + total.count, 0)).toBe(whole.total.count);
    }
  });
});

test('the quarter has all that credit distinguishes', () => {
  const tally = tallyPipeline(quarter.contributions, posted, askedOf(periods[0]!))['all']!;
  for (const part of pipelineParts) {
    expect([part, Object.values(tally[part]).every((number) => number > 0)]).toEqual([part, true]);
  }
  expect(tally['marketing-influenced'].count).toBeGreaterThan(
    tally['marketing-sourced'].count + tally['sales-first'].count,
  );
});

test('a time without opportunities has no pipeline', async () => {
  const { query, known } = quarter;
  expect(await queryPipeline(query, known, askedOf(periods[3]!))).toEqual({});
});

/** Some months and sources have no cost, or that of one side only. */
const entries: readonly CostEntry[] = ['2026-10', '2026-11', '2026-12'].flatMap((month, index) => [
  { month, source: 'website', marketingMinor: 100_000 * (index + 1), salesMinor: index === 2 ? null : 50_000 },
  { month, source: 'none', marketingMinor: null, salesMinor: 777_700 },
  ...(index === 1 ? [] : [{ month, source: 'webinar', marketingMinor: 33_333, salesMinor: 0 }]),
]);
const sources = ['website', 'webinar', 'partner-portal', 'none'];
const months: Readonly<Record<string, readonly string[]>> = {
  'the quarter': ['2026-10', '2026-11', '2026-12'],
  'a month': ['2026-11'],
  'a time without leads': ['2025-01'],
};

describe.each(periods)('what $label cost', ({ label, from, to }) => {
  const costsAsked = (filter: CostsAsked['filter'] = {}): CostsAsked => ({
    agreement: agreement.name,
    from,
    to,
    months: months[label] ?? [],
    filter,
  });

  test.each([{}, { source: 'webinar' }, { team: 'sdr-east' }, { source: 'none' }])(
    'is the same by SQL as by the core, with the filter %p',
    async (filter) => {
      const { query, known, contributions } = quarter;
      const asked = costsAsked(filter);
      expect(await queryCosts(query, known, entries, asked)).toEqual(tallyCosts(contributions, posted, entries, asked));
    },
  );

  test('is that of the plain definition, in total and by source', () => {
    const tallies = tallyCosts(quarter.contributions, posted, entries, costsAsked());
    for (const source of [undefined, ...sources]) {
      const group = source === undefined ? 'all' : `source:${source}`;
      const asked = { from, to, months: months[label] ?? [], ...(source !== undefined && { source }) };
      const expected = plainCosts(quarter.leads, plain, entries, asked);
      expect([group, tallies[group] ?? emptyCost]).toEqual([group, expected]);
    }
  });
});

test('a month without cost is no cost, and not 0', () => {
  const tallies = tallyCosts(quarter.contributions, posted, entries, {
    agreement: agreement.name,
    from: periods[0]!.from,
    to: periods[0]!.to,
    months: months['the quarter']!,
    filter: {},
  });
  expect(tallies['all']).toMatchObject({ marketingMinor: 666_666, salesMinor: expect.any(Number) });
  expect(tallies['source:webinar']).toMatchObject({ marketingMinor: null });
  expect(tallies['source:partner-portal']).toMatchObject({ marketingMinor: null });
  expect(tallies['all']!.customers).toBeGreaterThan(10);
});
