// Of a person with fewer than 20 leads in the period figures are shown, and greyed, in every report of persons.
import { createReportDesk } from '../../src/bin/api/report-desk.js';
import type { ReportName, Section } from '../../src/domain/reports/index.js';
import { agreement } from '../db/journeys.js';
import { recordQuarter, VARIED_LEAD_COUNT, type RecordedQuarter } from './recorded-quarter.js';

let quarter: RecordedQuarter;
beforeAll(async () => {
  quarter = await recordQuarter(VARIED_LEAD_COUNT);
}, 900_000);
afterAll(() => quarter.opened.close());

async function byOwner(report: ReportName): Promise<Section> {
  const desk = createReportDesk(quarter.opened.database);
  const period = { name: '2026-W48' };
  const asked = { report, agreement: agreement.name, period, asOf: quarter.known.asOf, filter: {} };
  const made = await desk.make({ ...asked, by: 'owner' });
  if (typeof made === 'string') throw new Error(made);
  return made.sections.find(({ id }) => id === 'by-owner')!;
}

test.each(['volume', 'maturity', 'funnel'] as const)('in %s', async (report) => {
  const { table } = await byOwner('volume');
  const gross = table.columns.findIndex(({ id }) => id === 'gross');
  const counts = new Map(table.rows.map(({ cells }) => [cells[0], cells[gross] as number]));
  const { rows } = (await byOwner(report)).table;
  expect(new Set(rows.map(({ isFaint = false }) => isFaint))).toEqual(new Set([true, false]));
  for (const { cells, isFaint = false } of rows) {
    expect([cells[0], isFaint]).toEqual([cells[0], (counts.get(cells[0] ?? null) ?? 0) < 20]);
  }
});
