import type pg from 'pg';
import { foldLead } from '../domain/lifecycle/evolve.js';
import type { LeadEvent } from '../domain/lifecycle/events.js';
import { inRecording, type Queries } from './connections.js';
import { eventColumns, eventOf, type StoredEvent } from './event-rows.js';
import { rowsOf } from './projection.js';
import { lockOfLead } from './ledger.js';
import type { Row } from './recording.js';

/** One lead's ledger against the tables that are made of it. */
export interface VerifiedLead {
  readonly leadId: string;
  readonly story: readonly LeadEvent[];
  /** What is wrong with the ledger itself, which nothing mends: a gap, or events that cannot follow each other. */
  readonly flaw?: string;
  readonly differences: readonly ProjectionDifference[];
}

interface ProjectionDifference {
  readonly table: ProjectionTable;
  /** Each row that is missing, is there without the ledger's word, or says something else, in words. */
  readonly what: readonly string[];
}

export interface Verification {
  /** The next leads by id. */
  page(after: string | undefined, limit: number): Promise<readonly VerifiedLead[]>;
  /** The lead as it is now. */
  find(leadId: string): Promise<VerifiedLead>;
  /** Writes every projection of the lead anew, each row with the instant at which its events were recorded. */
  mend(leadId: string): Promise<void>;
  /** People whose count of open leads is not that of the leads they hold; mended by the way if wanted. */
  findWrongLoads(isToMend: boolean): Promise<readonly WrongLoad[]>;
}

export interface WrongLoad {
  readonly person: string;
  readonly openLeadCount: number;
  readonly countedAs: number;
}

/** Each with the column that names the lead, and those that make a row the same one when it is written again. */
const projections = {
  lead: { leadColumn: 'id', key: ['id'] },
  sla_clock: { leadColumn: 'lead_id', key: ['cycle', 'clock', 'n', 'seq'] },
  touch: { leadColumn: 'lead_id', key: ['seq'] },
  escalation: { leadColumn: 'lead_id', key: ['seq'] },
  disposition: { leadColumn: 'lead_id', key: ['seq'] },
  dispute: { leadColumn: 'lead_id', key: ['seq'] },
  opportunity: { leadColumn: 'lead_id', key: ['seq'] },
} as const;
type ProjectionTable = keyof typeof projections;
const tables = Object.keys(projections) as ProjectionTable[];

export const createVerification = (pool: pg.Pool, workspace: string): Verification => ({
  page: async (after, limit) => {
    const { rows } = await pool.query<{ lead_id: string }>(
      `SELECT lead_id FROM (SELECT DISTINCT lead_id FROM lead_event WHERE workspace = $1 AND lead_id > $2
        UNION SELECT id FROM lead WHERE workspace = $1 AND id > $2) AS known ORDER BY lead_id LIMIT $3`,
      [workspace, after ?? '', limit],
    );
    const leads: VerifiedLead[] = [];
    for (const { lead_id: leadId } of rows) leads.push(await inSnapshot(pool, workspace, leadId, verify));
    return leads;
  },
  find: (leadId) => inSnapshot(pool, workspace, leadId, verify),
  mend: (leadId) => inSnapshot(pool, workspace, leadId, mend),
  findWrongLoads: (isToMend) => findWrongLoads(pool, workspace, isToMend),
});

/** No recording of the lead comes between what is read and what is written. */
const inSnapshot = <T>(
  pool: pg.Pool,
  workspace: string,
  leadId: string,
  work: (queries: Queries, workspace: string, leadId: string) => Promise<T>,
): Promise<T> => inRecording(pool, lockOfLead(workspace, leadId), (client) => work(client, workspace, leadId));

async function verify(queries: Queries, workspace: string, leadId: string): Promise<VerifiedLead> {
  const recorded = await readRecorded(queries, workspace, leadId);
  const story = recorded.map(eventOf);
  const flaw = findFlaw(story);
  if (flaw !== undefined) return { leadId, story, flaw, differences: [] };
  const expected = expectedRows(workspace, recorded);
  const differences: ProjectionDifference[] = [];
  for (const table of tables) {
    const difference = await compare(queries, workspace, leadId, table, expected[table]);
    if (difference.what.length > 0) differences.push(difference);
  }
  return { leadId, story, differences };
}

function findFlaw(story: readonly LeadEvent[]): string | undefined {
  if (story.length === 0) return 'the lead has a row and no ledger';
  const gapAt = story.findIndex(({ seq }, index) => seq !== index + 1);
  if (gapAt >= 0) return `entry ${gapAt + 1} is missing`;
  try {
    foldLead(story);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type Recorded = StoredEvent & { readonly recorded: string };

async function readRecorded(queries: Queries, workspace: string, leadId: string): Promise<readonly Recorded[]> {
  const { rows } = await queries.query<Recorded>(
    `SELECT ${eventColumns}, to_json(recorded_at) #>> '{}' AS recorded FROM lead_event
      WHERE workspace = $1 AND lead_id = $2 ORDER BY seq`,
    [workspace, leadId],
  );
  return rows;
}

type Expected = Readonly<Record<ProjectionTable, readonly Row[]>>;

/** What the recordings of this story have written, one after the other; the events of one bear the same instant. */
function expectedRows(workspace: string, recorded: readonly Recorded[]): Expected {
  const story = recorded.map(eventOf);
  const written = new Map<ProjectionTable, Map<string, Row>>(tables.map((table) => [table, new Map<string, Row>()]));
  for (const { from, until, recordedAt } of recordingsIn(recorded)) {
    const rows = rowsOf(workspace, story.slice(0, from), story.slice(from, until));
    for (const table of tables) {
      for (const row of rows[table] ?? []) write(table, written.get(table)!, row, recordedAt);
    }
  }
  return Object.fromEntries(tables.map((table) => [table, [...written.get(table)!.values()]])) as unknown as Expected;
}

interface Recording {
  readonly from: number;
  readonly until: number;
  readonly recordedAt: string;
}

function recordingsIn(recorded: readonly Recorded[]): readonly Recording[] {
  const starts = recorded.flatMap(({ recorded: at }, index) => (at === recorded[index - 1]?.recorded ? [] : [index]));
  return starts.map((from, index) => ({
    from,
    until: starts[index + 1] ?? recorded.length,
    recordedAt: recorded[from]!.recorded,
  }));
}

/** A lead's row bears its last recording, all others the one that made them; a new revision of a clock ends the last. */
function write(table: ProjectionTable, rows: Map<string, Row>, row: Row, recordedAt: string): void {
  const key = JSON.stringify(projections[table].key.map((column) => row[column]));
  const known = rows.get(key);
  if (table === 'sla_clock') endRevision(rows, row, recordedAt);
  const firstAt = known === undefined || table === 'lead' ? recordedAt : known['recorded_at'];
  const open = table === 'sla_clock' ? { superseded_at: null } : {};
  rows.set(key, { ...row, ...open, recorded_at: firstAt });
}

function endRevision(rows: Map<string, Row>, row: Row, recordedAt: string): void {
  const isOlder = (one: Row): boolean =>
    one['superseded_at'] === null && ['cycle', 'clock', 'n'].every((column) => one[column] === row[column]);
  for (const [key, one] of rows) if (isOlder(one)) rows.set(key, { ...one, superseded_at: recordedAt });
}

async function compare(
  queries: Queries,
  workspace: string,
  leadId: string,
  table: ProjectionTable,
  expected: readonly Row[],
): Promise<ProjectionDifference> {
  const columns = await columnsOf(queries, table, expected);
  const { rows } = await queries.query<{ readonly isMissing: boolean; readonly row: Row }>(
    `WITH made AS (SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $3)),
      stored AS (SELECT ${columns} FROM ${table} WHERE workspace = $1 AND ${projections[table].leadColumn} = $2)
      SELECT true AS "isMissing", to_json(one) AS row FROM (SELECT * FROM made EXCEPT SELECT * FROM stored) AS one
      UNION ALL
      SELECT false, to_json(one) FROM (SELECT * FROM stored EXCEPT SELECT * FROM made) AS one`,
    [workspace, leadId, JSON.stringify(expected)],
  );
  const rowsThat = (isMissing: boolean) => rows.filter((one) => one.isMissing === isMissing).map(({ row }) => row);
  return { table, what: wordsOf(projections[table].key, rowsThat(true), rowsThat(false)) };
}

/** A row that is wrong is both missing and stray: it is told once, by the columns that differ. */
function wordsOf(key: readonly string[], missing: readonly Row[], stray: readonly Row[]): readonly string[] {
  const nameOf = (row: Row): string => key.map((column) => String(row[column])).join(' ');
  const wrong = missing.flatMap((row) => {
    const there = stray.find((other) => nameOf(other) === nameOf(row));
    return there === undefined ? [] : [{ row, there }];
  });
  const isWrong = (row: Row): boolean => wrong.some((one) => one.row === row || one.there === row);
  return [
    ...wrong.map(({ row, there }) => `${nameOf(row)}: ${changesBetween(there, row).join(', ')}`),
    ...missing.filter((row) => !isWrong(row)).map((row) => `${nameOf(row)} is missing`),
    ...stray.filter((row) => !isWrong(row)).map((row) => `${nameOf(row)} is there without a word in the ledger`),
  ];
}

const changesBetween = (there: Row, made: Row): readonly string[] =>
  Object.keys(made)
    .map((column) => ({ column, is: JSON.stringify(there[column]), shouldBe: JSON.stringify(made[column]) }))
    .filter(({ is, shouldBe }) => is !== shouldBe)
    .map(({ column, is, shouldBe }) => `${column} is ${is}, should be ${shouldBe}`);

/** Those that a projection writes; where there is no row to tell, all of the table's. */
async function columnsOf(queries: Queries, table: ProjectionTable, expected: readonly Row[]): Promise<string> {
  const [row] = expected;
  if (row !== undefined) return quoted(Object.keys(row));
  const { rows } = await queries.query<{ column_name: string }>(
    'SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1',
    [table],
  );
  return quoted(rows.map(({ column_name: name }) => name));
}

const quoted = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ');

async function mend(queries: Queries, workspace: string, leadId: string): Promise<void> {
  const recorded = await readRecorded(queries, workspace, leadId);
  const flaw = findFlaw(recorded.map(eventOf));
  if (flaw !== undefined) throw new Error(`lead ${leadId}: ${flaw}; its projections cannot be made of that`);
  const expected = expectedRows(workspace, recorded);
  for (const table of tables) await rewrite(queries, workspace, leadId, table, expected[table]);
}

async function rewrite(
  queries: Queries,
  workspace: string,
  leadId: string,
  table: ProjectionTable,
  expected: readonly Row[],
): Promise<void> {
  const { leadColumn } = projections[table];
  await queries.query(`DELETE FROM ${table} WHERE workspace = $1 AND ${leadColumn} = $2`, [workspace, leadId]);
  const [row] = expected;
  if (row === undefined) return;
  const columns = quoted(Object.keys(row));
  await queries.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1)`,
    [JSON.stringify(expected)],
  );
}

/** Nobody is given a lead meanwhile: the lock holds up recordings for as long as one count takes. */
const findWrongLoads = (pool: pg.Pool, workspace: string, isToMend: boolean): Promise<readonly WrongLoad[]> =>
  inRecording(pool, 'LOCK TABLE routing_load IN SHARE ROW EXCLUSIVE MODE', async (client) => {
    const { rows } = await client.query<WrongLoad>(
      `WITH held AS (SELECT owner AS person, count(*)::int AS count FROM lead
          WHERE workspace = $1 AND owner IS NOT NULL AND stage IN ('mql', 'sal') GROUP BY owner),
        kept AS (SELECT person, open_lead_count AS count FROM routing_load WHERE workspace = $1)
        SELECT person, coalesce(held.count, 0) AS "openLeadCount", coalesce(kept.count, 0) AS "countedAs"
        FROM held FULL JOIN kept USING (person) WHERE coalesce(held.count, 0) <> coalesce(kept.count, 0) ORDER BY person`,
      [workspace],
    );
    if (!isToMend) return rows;
    for (const { person, openLeadCount } of rows) {
      await client.query(
        `INSERT INTO routing_load (workspace, person, open_lead_count) VALUES ($1, $2, $3)
          ON CONFLICT (workspace, person) DO UPDATE SET open_lead_count = excluded.open_lead_count`,
        [workspace, person, openLeadCount],
      );
    }
    return rows;
  });
