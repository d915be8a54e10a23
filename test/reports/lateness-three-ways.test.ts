// What lateness cost is the same by SQL, by the core and by its plain definition, and its interval that of leads drawn one
// by one.
import type { PostedOpportunity } from '../../src/domain/attribution/index.js';
import {
  estimateLateness,
  lateLeads,
  sumOfBags,
  type LatenessAsked,
  type LatenessEstimate,
} from '../../src/domain/reports/index.js';
import { queryLateLeads } from '../../src/reports/lateness-query.js';
import { plainCosts, plainInterval, plainLateLeads } from './plain-lateness.js';
import { post, postedOf } from './posted-opportunities.js';
import { periods, recordQuarter, type RecordedQuarter } from './recorded-quarter.js';

let told: RecordedQuarter;
let posted: readonly PostedOpportunity[];
beforeAll(async () => {
  told = await recordQuarter();
  posted = postedOf(told.leads);
  await post(told.opened.sql, posted);
}, 900_000);
afterAll(() => told.opened.close());

const askedOf = ({ from, to }: { readonly from: number; readonly to: number }): LatenessAsked => ({
  from,
  to,
  filter: {},
  currency: 'USD',
});

/** What each stratum that counts cost, as its plain name says. */
const costsIn = ({ strata }: LatenessEstimate): Readonly<Record<string, number>> =>
  Object.fromEntries(
    strata.flatMap(({ stratum: { name }, cost }) =>
      cost === null ? [] : [[`${name.segment}/${name.priority}/${name.source}`, cost.minor]],
    ),
  );

const rounded = (costs: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(costs).map(([name, cost]) => [name, Math.round(cost)]));

const quarter = periods[0]!;

test('the quarter has strata that count, strata with too few, and leads that are left out', () => {
  const factsOf = (period: Parameters<typeof askedOf>[0]) => lateLeads(told.contributions, posted, askedOf(period));
  const facts = factsOf(quarter);
  // Of many thousand leads each stratum of the quarter has enough, and some of a week have not.
  const strata = periods.flatMap((period) => estimateLateness(factsOf(period).strata).strata);
  expect({
    counted: strata.some(({ cost }) => cost !== null),
    tooFew: strata.some(({ cost }) => cost === null),
    upheld: facts.leftOut['dispute-upheld'] > 0,
    withoutVerdict: facts.leftOut['no-verdict'] > 0,
    unvalued: facts.unvaluedCount > 0,
  }).toEqual({ counted: true, tooFew: true, upheld: true, withoutVerdict: true, unvalued: true });
});

describe.each(periods)('lateness of $label', (period) => {
  test('is the same by SQL as by the core, to the last bag', async () => {
    const asked = askedOf(period);
    expect(await queryLateLeads(told.query, told.known, asked)).toEqual(lateLeads(told.contributions, posted, asked));
  });

  test('with a filter is that of the group', async () => {
    const asked = { ...askedOf(period), filter: { team: 'sdr-east', source: 'webinar' } };
    expect(await queryLateLeads(told.query, told.known, asked)).toEqual(lateLeads(told.contributions, posted, asked));
  });

  test('is that of the plain definition, lead by lead and stratum by stratum', () => {
    const { strata } = lateLeads(told.contributions, posted, askedOf(period));
    const plain = plainLateLeads(told.leads, posted, askedOf(period));
    for (const side of ['in-time', 'late'] as const) {
      const whole = sumOfBags(strata.flatMap(({ bags }) => bags[side]));
      const ofSide = plain.filter((lead) => lead.side === side);
      const qualified = ofSide.filter(({ isQualified }) => isQualified);
      expect([side, whole]).toEqual([
        side,
        {
          leadCount: ofSide.length,
          qualifiedCount: qualified.length,
          minor: qualified.reduce((sum, { minor }) => sum + minor, 0),
        },
      ]);
    }
    expect(costsIn(estimateLateness(strata))).toEqual(rounded(plainCosts(plain)));
  });
});

test('the interval is that of leads drawn one by one, but for chance', () => {
  const { cost } = estimateLateness(lateLeads(told.contributions, posted, askedOf(quarter)).strata);
  const [low, high] = plainInterval(plainLateLeads(told.leads, posted, askedOf(quarter)), 1_000);
  const width = high - low;
  expect(width).toBeGreaterThan(0);
  expect(Math.abs(cost!.lowMinor - low) / width).toBeLessThan(0.15);
  expect(Math.abs(cost!.highMinor - high) / width).toBeLessThan(0.15);
  expect(cost!.lowMinor).toBeLessThan(cost!.minor);
  expect(cost!.highMinor).toBeGreaterThan(cost!.minor);
});

test('where no stratum has enough leads nothing is estimated', () => {
  const { strata } = lateLeads(told.contributions, posted, askedOf(periods[3]!));
  expect(estimateLateness(strata)).toEqual({ strata: [], cost: null });
});
