// How much everybody has to do is the same by SQL, by the core and by its plain definition.
import {
  emptyWorkload,
  leadGroupings,
  tallyLoads,
  tallyWorkload,
  workloadParts,
  type WorkloadTally,
} from '../../src/domain/reports/index.js';
import { queryLoads, queryWorkload } from '../../src/reports/workload-query.js';
import { DAY_MS } from '../db/journeys.js';
import { plainWorkload } from './plain-workload.js';
import { midwayAt } from './quarter.js';
import { midway, periods, recordQuarter, type RecordedQuarter } from './recorded-quarter.js';

let told: RecordedQuarter;
beforeAll(async () => {
  const { leads, knownMidway, ...whole } = await recordQuarter();
  told = { ...whole, ...midway(leads), known: knownMidway, knownMidway };
}, 900_000);
afterAll(() => told.opened.close());

/** Just before and at the instants at which promises fall due that are still to come. */
const asOfs = (): readonly number[] => {
  const dueAt = Math.min(...pending().map((clock) => clock.dueAt!));
  return [midwayAt, dueAt - DAY_MS, dueAt - DAY_MS + 1, dueAt, dueAt + 1];
};

const pending = () =>
  told.contributions.flatMap(({ lead, clocks }) =>
    clocks.filter(({ party, verdict }) => !lead.isTest && party === 'sales' && verdict === 'pending'),
  );

const sumOf = (tallies: readonly WorkloadTally[]): WorkloadTally =>
  tallies.reduce((sum, tally) => {
    const parts = workloadParts.map((part) => [part, sum[part] + tally[part]]);
    return Object.fromEntries(parts);
  }, emptyWorkload);

test('the quarter has all that work distinguishes', () => {
  const { all } = tallyWorkload(told.contributions, { ...periods[0]!, asOf: midwayAt, filter: {} });
  expect(workloadParts.filter((part) => all![part] === 0)).toEqual([]);
});

describe.each(periods)('work of $label', ({ from, to }) => {
  test.each([undefined, ...leadGroupings])('is the same by SQL as by the core, by %s', async (by) => {
    for (const asOf of asOfs()) {
      const asked = { from, to, asOf, filter: {}, ...(by !== undefined && { by }) };
      expect(await queryWorkload(told.query, told.known, asked)).toEqual(tallyWorkload(told.contributions, asked));
    }
  });

  test('is that of the plain definition, by owner', () => {
    const tallies = tallyWorkload(told.contributions, { from, to, asOf: midwayAt, filter: {}, by: 'owner' });
    const counts = Object.entries(tallies).flatMap(([owner, tally]) =>
      workloadParts.map((part) => [`${owner}/${part}`, tally[part]] as const).filter(([, count]) => count > 0),
    );
    expect(Object.fromEntries(counts)).toEqual(plainWorkload(told.leads, from, to, midwayAt));
  });

  test.each(leadGroupings)('adds up to the whole, by %s', (by) => {
    const asked = { from, to, asOf: midwayAt, filter: {} };
    const { all = emptyWorkload } = tallyWorkload(told.contributions, asked);
    expect(sumOf(Object.values(tallyWorkload(told.contributions, { ...asked, by })))).toEqual(all);
  });

  test('with a filter is that of the group', async () => {
    const filter = { segment: 'enterprise', priority: 'high' };
    const asked = { from, to, asOf: midwayAt, filter, by: 'team' as const };
    expect(await queryWorkload(told.query, told.known, asked)).toEqual(tallyWorkload(told.contributions, asked));
  });
});

test('what counts against capacities is the same by SQL as by the core, tests among it', async () => {
  const loads = tallyLoads(told.contributions);
  expect(await queryLoads(told.query, told.known)).toEqual(loads);
  const { all } = tallyWorkload(told.contributions, { ...periods[0]!, asOf: midwayAt, filter: {} });
  const { none } = tallyWorkload(told.contributions, { ...periods[0]!, asOf: midwayAt, filter: {}, by: 'owner' });
  const held = all!.open - (none?.open ?? 0);
  expect(Object.values(loads).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(held);
});
