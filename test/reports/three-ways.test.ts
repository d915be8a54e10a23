// Every figure of a quarter is the same whether SQL counts it, the core folds it, or its plain definition is applied.
import { agreementKeysIn } from '../../src/domain/reports/index.js';
import {
  clockGroupings,
  leadGroupings,
  shareNames,
  tallyCompliance,
  tallyFirstResponse,
  tallyParties,
  tallyShares,
  valueOf,
  type Asked,
} from '../../src/domain/reports/index.js';
import { queryCompliance, queryParties } from '../../src/reports/compliance-query.js';
import { queryFirstResponse } from '../../src/reports/first-response-query.js';
import { queryShares } from '../../src/reports/share-queries.js';
import { agreement } from '../db/journeys.js';
import { plainCompliance, plainShares } from './plain-figures.js';
import { openTimeOn, periods, recordQuarter, type RecordedQuarter } from './recorded-quarter.js';

let opened: RecordedQuarter['opened'];
let leads: RecordedQuarter['leads'];
let contributions: RecordedQuarter['contributions'];
let known: RecordedQuarter['known'];
let query: RecordedQuarter['query'];

beforeAll(async () => {
  ({ opened, leads, contributions, known, query } = await recordQuarter());
}, 900_000);
afterAll(() => opened.close());

test('the quarter has all that figures distinguish', () => {
  const tallies = tallyShares(contributions, { ...periods[0]!, filter: {} });
  for (const name of shareNames) {
    const { numerator, denominator } = tallies[name]['all'] ?? { numerator: 0, denominator: 0 };
    expect([name, denominator > 0, numerator > 0]).toEqual([name, true, true]);
  }
  expect(leads.flatMap(({ events }) => agreementKeysIn(events.slice(0, 1)))).toContain(agreement.key);
});

describe.each(periods)('the shares of $label', ({ from, to }) => {
  const asked: Asked = { from, to, filter: {} };

  test('are the same by SQL as by the core', async () => {
    expect(await queryShares(query, known, asked)).toEqual(tallyShares(contributions, asked));
  });

  test.each(leadGroupings)('are the same by SQL as by the core, by %s', async (by) => {
    expect(await queryShares(query, known, { ...asked, by })).toEqual(tallyShares(contributions, { ...asked, by }));
  });

  test('are those of the plain definitions', () => {
    const tallies = tallyShares(contributions, asked);
    for (const [name, plain] of Object.entries(plainShares(leads, from, to))) {
      const { numerator = 0, denominator = 0 } = tallies[name as keyof typeof tallies]['all'] ?? {};
      expect([name, numerator, denominator]).toEqual([name, plain.numerator, plain.denominator]);
    }
  });

  test('of groups add up to those of all', () => {
    const whole = tallyShares(contributions, asked);
    for (const by of leadGroupings) {
      const groups = tallyShares(contributions, { ...asked, by });
      for (const name of shareNames) {
        const sum = Object.values(groups[name]).reduce((total, { denominator }) => total + denominator, 0);
        expect([name, sum]).toEqual([name, whole[name]['all']?.denominator ?? 0]);
      }
    }
  });

  test('with a filter are those of the group', async () => {
    const filter = { segment: 'enterprise', priority: 'high' };
    const filtered: Asked = { from, to, filter, by: 'team' };
    expect(await queryShares(query, known, filtered)).toEqual(tallyShares(contributions, filtered));
  });
});

describe.each(periods)('compliance of $label', ({ from, to }) => {
  test('is the same by SQL as by the core', async () => {
    const asked = { from, to, filter: {} };
    expect(await queryCompliance(query, known, asked)).toEqual(tallyCompliance(contributions, asked));
    expect(await queryParties(query, known, asked)).toEqual(tallyParties(contributions, asked));
  });

  test.each(clockGroupings)('is the same by SQL as by the core, by %s', async (by) => {
    const asked = { from, to, filter: {}, by };
    expect(await queryCompliance(query, known, asked)).toEqual(tallyCompliance(contributions, asked));
  });

  test.each([{ owner: 'rep-east-1' }, { team: 'sdr-east', segment: 'enterprise' }, { source: 'webinar' }])(
    'with the filter %j is the same by SQL as by the core, by whom a clock is counted for',
    async (filter) => {
      const asked = { from, to, filter };
      expect(await queryCompliance(query, known, asked)).toEqual(tallyCompliance(contributions, asked));
      expect(await queryParties(query, known, asked)).toEqual(tallyParties(contributions, asked));
    },
  );

  test('is that of the plain definition', () => {
    const compliance = tallyCompliance(contributions, { from, to, filter: {} });
    for (const [commitment, groups] of Object.entries(compliance)) {
      const { met = 0, breached = 0 } = groups['all'] ?? {};
      expect([commitment, { met, breached }]).toEqual([commitment, plainCompliance(leads, commitment, from, to)]);
    }
  });
});

describe.each(periods)('first response of $label', ({ from, to }) => {
  test.each([undefined, ...leadGroupings])('is the same by SQL as by the core, by %s', async (by) => {
    const asked: Asked = { from, to, filter: {}, ...(by !== undefined && { by }) };
    expect(await queryFirstResponse(query, known, asked, openTimeOn)).toEqual(
      tallyFirstResponse(contributions, asked, known.asOf, openTimeOn),
    );
  });
});

test('a period without leads has no share at all, neither 0 % nor 100 %', async () => {
  const { from, to } = periods[3]!;
  const tallies = await queryShares(query, known, { from, to, filter: {} });
  for (const name of shareNames) expect(Object.values(tallies[name]).map(valueOf)).toEqual([]);
});
