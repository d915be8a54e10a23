import type { Cell, Column, ReportDocument, Section } from '../../src/domain/reports/index.js';

/** A section with what its difference is; a table of one column and one row unless said. */
export const aSection = (others: Partial<Section> = {}): Section => ({
  id: 'sales',
  title: 'Promises of sales',
  notes: ['Times are open time.'],
  table: { columns: [{ id: 'commitment', title: 'commitment', kind: 'text' }], rows: [{ cells: ['first-response'] }] },
  charts: [],
  ...others,
});

/** A section whose table has that one row. */
export const aRow = (columns: readonly Column[], cells: readonly Cell[]): Section =>
  aSection({ table: { columns, rows: [{ cells }] } });

/** A report of November 2026 in New York. */
export const aReport = (sections: readonly Section[] = [aSection()]): ReportDocument => ({
  report: 'compliance',
  title: 'Promises kept, side by side',
  agreement: 'inbound-saas',
  timeZone: 'America/New_York',
  period: {
    kind: 'month',
    name: '2026-11',
    fromDate: '2026-11-01',
    toDate: '2026-12-01',
    from: Date.UTC(2026, 10, 1, 4),
    to: Date.UTC(2026, 11, 1, 5),
  },
  asOf: Date.UTC(2026, 11, 2, 9, 30),
  filters: [],
  sections,
});

export const DATA_HASH = 'a'.repeat(64);
