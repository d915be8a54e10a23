// A page of a list reads on from its place by the index of its key: it neither puts all rows in order nor looks at those
// of the pages before, however long the list is.
import pg from 'pg';
import type { ReportQuery } from '../../src/reports/ports.js';
import { complianceFigures } from '../../src/reports/compliance-query.js';
import { disputeFigures } from '../../src/reports/disputes-query.js';
import { escalationFigures } from '../../src/reports/escalations-query.js';
import { fairPlayFigures } from '../../src/reports/fair-play-query.js';
import type { Figures } from '../../src/reports/figures.js';
import { leadList, type ListAsked } from '../../src/reports/lead-list.js';
import { metricFigures } from '../../src/reports/metrics.js';
import type { ReportSource } from '../../src/reports/ports.js';
import { reasonFigures } from '../../src/reports/reasons-query.js';
import { volumeFigures } from '../../src/reports/volume-query.js';
import { agreement } from '../db/journeys.js';
import { periods, recordQuarter, VARIED_LEAD_COUNT, type RecordedQuarter } from './recorded-quarter.js';

let quarter: RecordedQuarter;
beforeAll(async () => {
  quarter = await recordQuarter(VARIED_LEAD_COUNT);
}, 900_000);
afterAll(() => quarter.opened.close());

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Plan[];
}

/**
 * How PostgreSQL reads the second page. In a small table it is as quick to put all rows in order; told to do so only
 * where no index has them in order already, it does as with millions.
 */
async function planOf(figures: Figures, figure: string, part: string): Promise<readonly Plan[]> {
  const client = new pg.Client({ connectionString: quarter.opened.url });
  await client.connect();
  const plans: Plan[] = [];
  const query: ReportQuery = async <R>(text: string, values: readonly unknown[]) => {
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
      `EXPLAIN (FORMAT JSON) ${text}`,
      [...values],
    );
    plans.push(rows[0]!['QUERY PLAN'][0]!.Plan);
    return (await client.query(text, [...values])).rows as R[];
  };
  await client.query('SET enable_sort = off; SET enable_seqscan = off; SET enable_bitmapscan = off');
  for await (const _page of pagesOf(query, figures, figure, part)) if (plans.length === 2) break;
  await client.end();
  return nodesOf(plans[1]!);
}

function pagesOf(query: ReportQuery, figures: Figures, figure: string, part: string) {
  const { workspace, asOf } = quarter.known;
  const period = { kind: 'days' as const, name: 'a quarter', fromDate: '', toDate: '', ...periods[0]! };
  const asked = { agreement, governance: { timeZone: 'UTC' }, period, months: [], asOf } as unknown as ListAsked;
  const source = { workspace, query } as ReportSource;
  const list = leadList(source, figures, { report: 'compliance', figure, part, filter: {} }, asked);
  if ('code' in list) throw new Error(`no list: ${list.code}`);
  return list.pages(null, 5);
}

/** Without what finds the names of the page's own leads. */
const nodesOf = (plan: Plan): readonly Plan[] =>
  plan['Node Type'] === 'Limit' ? wholeOf(plan) : (plan.Plans ?? []).flatMap(nodesOf);

const wholeOf = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(wholeOf)];

const fairPlay = fairPlayFigures({ lastOpenDays: () => 0 } as unknown as ReportSource, { months: [] } as never);

test.each([
  { figures: complianceFigures, figure: 'compliance', part: 'met', index: 'report_clock_pkey' },
  { figures: metricFigures, figure: 'mql-to-sal', part: 'denominator', index: 'report_lead_pkey' },
  { figures: metricFigures, figure: 'stage-integrity', part: 'denominator', index: 'report_entry_pkey' },
  { figures: metricFigures, figure: 'decided-rate', part: 'denominator', index: 'report_cycle_pkey' },
  { figures: volumeFigures, figure: 'volume', part: 'inquiries', index: 'report_lead_pkey' },
  { figures: reasonFigures, figure: 'reasons', part: 'given', index: 'report_decision_pkey' },
  { figures: disputeFigures, figure: 'disputes', part: 'opened', index: 'report_dispute_pkey' },
  { figures: escalationFigures, figure: 'escalations', part: 'fired', index: 'report_escalation_pkey' },
  { figures: fairPlay, figure: 'deeds', part: 'touches', index: 'report_deed_pkey' },
  { figures: fairPlay, figure: 'open-leads', part: 'open', index: 'report_standing_pkey' },
])('a page of $figure, $part, reads on by $index', async ({ figures, figure, part, index }) => {
  const nodes = await planOf(figures, figure, part);
  expect(nodes.map((node) => node['Node Type'])).toEqual(['Limit', 'Index Scan']);
  expect(nodes[1]).toMatchObject({
    'Index Name': index,
    'Index Cond': expect.stringMatching(/lead_id.* > /) as string,
  });
});

test('a page of the cycles of both sides groups only as many as it shows', async () => {
  const nodes = await planOf(complianceFigures, 'sla-compliance', 'decided');
  expect(nodes.map((node) => node['Node Type'])).not.toContain('Sort');
  expect(nodes.at(-1)).toMatchObject({ 'Index Name': 'report_clock_pkey' });
});
