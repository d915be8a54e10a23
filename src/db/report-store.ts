import type pg from 'pg';
import type { CalendarDefinition, CalendarKey } from '../domain/business-time/index.js';
import type { AgreementStore } from '../domain/ports.js';
import { createReportProjector, type ReportPorts, type ReportProjector } from './report-projector.js';

/** What reports are made from: facts derived from the ledger, and the calendars that clocks run on. */
export interface ReportStore {
  /** What keeps the facts up to the ledger; open hours are counted by `windowsOf`. */
  projector(windowsOf: ReportPorts['windowsOf']): ReportProjector;
  /** Puts one query to the facts; it can change nothing. */
  query<R>(text: string, values: readonly unknown[]): Promise<readonly R[]>;
  /** Every calendar that any agreement of the workspace ever had. */
  calendars(): Promise<ReadonlyMap<CalendarKey, CalendarDefinition>>;
}

export const createReportStore = (
  pool: pg.Pool,
  workspace: string,
  { findTerms }: Pick<AgreementStore, 'findTerms'>,
): ReportStore => ({
  projector: (windowsOf) => createReportProjector(pool, workspace, { findTerms, windowsOf }),
  query: (text, values) => readOnly(pool, text, values),
  calendars: async () => {
    const { rows } = await pool.query<{ key: string; definition: CalendarDefinition }>(
      'SELECT key, definition FROM calendar_version WHERE workspace = $1',
      [workspace],
    );
    return new Map(rows.map(({ key, definition }) => [key, definition]));
  },
});

/** Millions of values are put in order in memory, and both processors read. */
const READING = `BEGIN READ ONLY; SET LOCAL work_mem = '256MB'; SET LOCAL jit = off`;

async function readOnly<R>(pool: pg.Pool, text: string, values: readonly unknown[]): Promise<readonly R[]> {
  const client = await pool.connect();
  try {
    await client.query(READING);
    const { rows } = await client.query(text, [...values]);
    return rows as R[];
  } finally {
    await client.query('ROLLBACK').then(
      () => client.release(),
      (error: unknown) => client.release(error instanceof Error ? error : true),
    );
  }
}
