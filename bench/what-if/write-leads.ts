import pg from 'pg';
import type { Instant } from '../../src/domain/business-time/index.js';
import { rowsOf } from '../../src/db/projection.js';
import { AS_OF, makeLead, type Making } from './made-leads.js';

const BATCH_SIZE = 200;
/** What-if reads nothing else. */
const tables = ['lead_event', 'lead', 'sla_clock', 'escalation'] as const;

/** Writes made leads with their projections in bulk, all recorded just before `AS_OF`: the relay and the workflow stay out of it. */
export async function writeLeads(url: string, workspace: string, count: number, making: Making): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('SET synchronous_commit = off');
  for (let first = 0; first < count; first += BATCH_SIZE) {
    const numbers = Array.from({ length: Math.min(BATCH_SIZE, count - first) }, (_, index) => first + index);
    await writeBatch(
      client,
      numbers.map((number) => rowsOf(workspace, [], makeLead(number, making))),
      AS_OF - 1_000 - first,
    );
  }
  await client.query('VACUUM ANALYZE');
  await client.end();
}

async function writeBatch(
  client: pg.Client,
  parts: readonly ReturnType<typeof rowsOf>[],
  recordedAt: Instant,
): Promise<void> {
  for (const table of tables) {
    const rows = parts.flatMap((part) => part[table] ?? []);
    if (rows.length === 0) continue;
    const columns = Object.keys(rows[0]!)
      .map((column) => `"${column}"`)
      .join(', ');
    await client.query(
      `INSERT INTO ${table} (${columns}, recorded_at)
        SELECT ${columns}, to_timestamp(${recordedAt / 1_000}) FROM json_populate_recordset(NULL::${table}, $1)`,
      [JSON.stringify(rows)],
    );
  }
}
