// Here a quarter of a million leads is made: some thousand leads are told by the core, recorded as intake and workflows
// would and made into facts by the product; the facts are then written again and again under other names.
import pg from 'pg';
import { openDatabase, type Database } from '../../src/db/index.js';
import { rowsOf } from '../../src/db/projection.js';
import { joinRows, writeRows } from '../../src/db/recording.js';
import { canonicalJson } from '../../src/documents/index.js';
import { agreement, agreementText } from '../../test/db/journeys.js';
import { quarterOf, windowsOf } from '../../test/reports/quarter.js';

export const WORKSPACE = 'default';
/** Later than anything that happens to these leads. */
export const AS_OF = Date.parse('2027-06-01T12:00:00Z');
/** Each lead has so many clocks at most, its first ones: a million leads have seven million. */
const CLOCK_COUNT_MAX = 8;

const factTables = ['report_lead', 'report_cycle', 'report_entry', 'report_clock'] as const;
type FactTable = (typeof factTables)[number];

/** Leaves `leadCount` leads in the tables of reports: `toldCount` different ones, each as often as it takes. */
export async function makeQuarter(url: string, leadCount: number, toldCount: number): Promise<Database> {
  const database = openDatabase(url, { workspace: WORKSPACE });
  await database.agreements.saveAgreement(
    { terms: agreement, text: agreementText, canonical: canonicalJson({}) },
    { isDefault: true },
  );
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  // The indices are made anew of whole tables, which needs room to sort.
  await pool.query(`SET maintenance_work_mem = '1GB'`);
  await tell(pool, toldCount);
  await pool.query('ANALYZE');
  await database.reportStore.projector(windowsOf).catchUp(AS_OF);
  for (const table of factTables) await repeat(pool, table, Math.round(leadCount / toldCount));
  await pool.end();
  return database;
}

/** In two recordings, so that facts have former revisions. */
async function tell(pool: pg.Pool, toldCount: number): Promise<void> {
  const leads = [...quarterOf(toldCount)];
  for (const isFirst of [true, false]) {
    for (let from = 0; from < leads.length; from += 200) {
      const parts = leads.slice(from, from + 200).map(({ events }) => {
        const cut = Math.ceil(events.length / 3);
        return isFirst
          ? rowsOf(WORKSPACE, [], events.slice(0, cut))
          : rowsOf(WORKSPACE, events.slice(0, cut), events.slice(cut));
      });
      const { routing_load: _loads, ...written } = joinRows(parts.filter(({ lead }) => lead !== undefined));
      await writeRows(pool, WORKSPACE, written);
    }
  }
}

/** A first recording was at the hand-off, a later one five days after it; and a lead has its first clocks alone. */
const backdated = (table: string): string => `
  SELECT told.*, CASE WHEN told.recorded_at = min(told.recorded_at) OVER (PARTITION BY lead_id) THEN handed_off_at
      ELSE handed_off_at + interval '5 days' END AS new_recorded_at,
    CASE WHEN superseded_at = 'infinity' THEN superseded_at ELSE handed_off_at + interval '5 days' END AS new_superseded_at
  FROM ${table} AS told${table === 'report_clock' ? ' JOIN first_clocks USING (lead_id, cycle, clock, n)' : ''}`;
const firstClocks = `CREATE TEMP TABLE first_clocks AS
  SELECT lead_id, cycle, clock, n FROM (SELECT lead_id, cycle, clock, n,
    row_number() OVER (PARTITION BY lead_id ORDER BY started_at, clock, n) AS place
    FROM report_clock WHERE superseded_at = 'infinity') AS placed WHERE place <= ${CLOCK_COUNT_MAX}`;

/** Copies are spread over a week, so that days have the tallies of many different leads. */
const DAYS_OF_COPIES = 7;
const daysOf = (copy: string): string => `${copy} % ${DAYS_OF_COPIES} - 3`;

/** What is there stands for the first copy. Rows lie in the order in which they would have been recorded. */
async function repeat(pool: pg.Pool, table: FactTable, times: number): Promise<void> {
  if (table === 'report_clock') await pool.query(firstClocks);
  const columns = await columnsOf(pool, table);
  await pool.query(`CREATE TEMP TABLE told AS ${backdated(table)}`);
  const isNew = (name: string): boolean => name === 'recorded_at' || name === 'superseded_at';
  const renamed = columns.map(({ name }) => (isNew(name) ? `new_${name} AS ${name}` : `"${name}"`));
  await pool.query(`CREATE TEMP TABLE backdated AS SELECT ${renamed.join(', ')} FROM told ORDER BY new_recorded_at`);
  if (table === 'report_clock') await repeatTallies(pool, times);
  const copied = columns.map(({ name, type }) => {
    if (name === 'lead_id') return `lead_id || '/' || copy`;
    return type.startsWith('timestamp') ? `"${name}" + make_interval(days => ${daysOf('copy')})` : `"${name}"`;
  });
  await withoutIndices(pool, table, async () => {
    await pool.query(`TRUNCATE ${table}`);
    await pool.query(`INSERT INTO ${table} SELECT ${copied.join(', ')}
      FROM backdated, LATERAL generate_series(1, ${times}) AS copy ORDER BY backdated.recorded_at`);
  });
  await pool.query('DROP TABLE told, backdated');
  await pool.query(`VACUUM (ANALYZE) ${table}`);
}

async function columnsOf(pool: pg.Pool, table: FactTable) {
  const { rows } = await pool.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
      WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
  );
  return rows;
}

/** Without triggers, too. Ten million rows are written, and sorted once for each index, sooner than sorted in one by one. */
async function withoutIndices(pool: pg.Pool, table: FactTable, write: () => Promise<void>): Promise<void> {
  const { rows } = await pool.query<{ name: string; made: string; key: string | null }>(
    `SELECT index.relname AS name, pg_get_indexdef(index.oid) AS made, pg_get_constraintdef(key.oid) AS key
      FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid LEFT JOIN pg_constraint AS key ON key.conindid = index.oid
      WHERE indrelid = '${table}'::regclass`,
  );
  await pool.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const { name, key } of rows) {
    await pool.query(key === null ? `DROP INDEX "${name}"` : `ALTER TABLE ${table} DROP CONSTRAINT "${name}"`);
  }
  await write();
  for (const { name, made, key } of rows) {
    await pool.query(key === null ? made : `ALTER TABLE ${table} ADD CONSTRAINT "${name}" ${key}`);
  }
  await pool.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}

/** What the triggers count of the clocks told, of each day that copies come to lie on. */
async function repeatTallies(pool: pg.Pool, times: number): Promise<void> {
  await pool.query('TRUNCATE report_clock');
  await pool.query('INSERT INTO report_clock SELECT * FROM backdated');
  await pool.query('CREATE TEMP TABLE told_days AS SELECT * FROM report_clock_day');
  // Emptying the table empties its tallies.
  await pool.query('TRUNCATE report_clock');
  await pool.query(`INSERT INTO report_clock_day
    SELECT workspace, agreement_name, agreement_version, recorded_on + days, tally, day + days, before_on + days, clock,
      party, verdict, cancelled_by, is_decided, is_corrected, was_paused, team, segment, source, priority,
      sum(told_days.count * copies)
    FROM told_days, (SELECT ${daysOf('copy')} AS days, count(*) AS copies FROM generate_series(1, ${times}) AS copy
      GROUP BY 1) AS spread
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18`);
  await pool.query('DROP TABLE told_days');
  await pool.query('VACUUM (ANALYZE) report_clock_day');
}
