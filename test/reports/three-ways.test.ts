// Every figure of a quarter is the same whether SQL counts it, the core folds it, or its plain definition is applied.
import type pg from 'pg';
import { agreementKeysIn } from '../../src/domain/reports/index.js';
import {
  clockGroupings,
  contributionOf,
  leadGroupings,
  shareNames,
  tallyCompliance,
  tallyFirstResponse,
  tallyParties,
  tallyShares,
  valueOf,
  type Asked,
  type Contribution,
} from '../../src/domain/reports/index.js';
import { joinRows, writeRows } from '../../src/db/recording.js';
import { rowsOf } from '../../src/db/projection.js';
import { canonicalJson } from '../../src/documents/index.js';
import { openTimeBetween } from '../../src/domain/business-time/index.js';
import { queryCompliance, queryParties } from '../../src/reports/compliance-query.js';
import { queryFirstResponse } from '../../src/reports/first-response-query.js';
import { queryShares } from '../../src/reports/share-queries.js';
import type { Known, ReportQuery } from '../../src/reports/ports.js';
import { agreement, agreementText } from '../db/journeys.js';
import { openFresh, type Opened } from '../db/opened.js';
import { plainCompliance, plainShares } from './plain-figures.js';
import { quarterFrom, quarterOf, quarterTo, windowsOf, type ToldLead } from './quarter.js';

/** `HANDOFF_REPORT_LEADS=20000` tells a whole quarter of a busy team, in minutes. */
const LEAD_COUNT = Number(process.env['HANDOFF_REPORT_LEADS'] ?? 1_500);
const WORKSPACE = 'default';

let opened: Opened;
let leads: readonly ToldLead[];
let contributions: readonly Contribution[];
let known: Known;
const query: ReportQuery = async <R>(text: string, values: readonly unknown[]) =>
  (await opened.sql.query(text, [...values])).rows as R[];

beforeAll(async () => {
  opened = await openFresh();
  leads = [...quarterOf(LEAD_COUNT)];
  contributions = leads.map(({ events }) =>
    contributionOf(events, { agreements: { [agreement.key]: agreement }, windowsOf }),
  );
  await opened.database.agreements.saveAgreement({
    terms: agreement,
    text: agreementText,
    canonical: canonicalJson({}),
  });
  await record(opened.sql, leads);
  const { rows } = await opened.sql.query<{ now: Date }>('SELECT clock_timestamp() AS now FROM pg_sleep(0.002)');
  known = { workspace: WORKSPACE, agreement: agreement.name, asOf: rows[0]!.now.getTime() };
  await opened.database.reportStore.projector(windowsOf).catchUp(known.asOf);
}, 900_000);
afterAll(() => opened.close());

/** Writes many stories as intake and workflows would, only faster: 200 leads in one transaction. */
async function record(pool: pg.Pool, stories: readonly ToldLead[]): Promise<void> {
  for (let from = 0; from < stories.length; from += 200) {
    const rows = joinRows(stories.slice(from, from + 200).map(({ events }) => rowsOf(WORKSPACE, [], events)));
    const { routing_load: _loads, ...written } = rows;
    await writeRows(pool, WORKSPACE, written);
  }
}

const periods = [
  { label: 'the quarter', from: quarterFrom, to: quarterTo },
  { label: 'a month', from: Date.parse('2026-11-01T04:00:00Z'), to: Date.parse('2026-12-01T05:00:00Z') },
  { label: 'a week', from: Date.parse('2026-11-23T05:00:00Z'), to: Date.parse('2026-11-30T05:00:00Z') },
  { label: 'a time without leads', from: Date.parse('2025-01-01T05:00:00Z'), to: Date.parse('2025-02-01T05:00:00Z') },
];

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

  test('is that of the plain definition', () => {
    const compliance = tallyCompliance(contributions, { from, to, filter: {} });
    for (const [commitment, groups] of Object.entries(compliance)) {
      const { met = 0, breached = 0 } = groups['all'] ?? {};
      expect([commitment, { met, breached }]).toEqual([commitment, plainCompliance(leads, commitment, from, to)]);
    }
  });
});

describe.each(periods)('first response of $label', ({ from, to }) => {
  const openTimeOn = (calendar: string, start: number, end: number): number => {
    const name = Object.keys(agreement.calendarKeys).find((one) => agreement.calendarKeys[one] === calendar)!;
    return openTimeBetween(windowsOf(calendar, agreement.calendars[name]!, start, end), start, end);
  };

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
