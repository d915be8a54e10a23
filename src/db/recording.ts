import type { Queries } from './connections.js';

/** A row to write: column to JSON value; all rows of one table have the same columns. */
export type Row = Readonly<Record<string, unknown>>;

/** How the tables of a recording are written, in the order in which they are. */
const tables = {
  lead_event: { key: [], onConflict: 'fail' },
  lead: { key: ['workspace', 'id'], onConflict: 'update' },
  sla_clock: { key: [], onConflict: 'fail' },
  touch: { key: ['workspace', 'lead_id', 'seq'], onConflict: 'update' },
  escalation: { key: ['workspace', 'lead_id', 'seq'], onConflict: 'update' },
  disposition: { key: [], onConflict: 'fail' },
  dispute: { key: ['workspace', 'lead_id', 'seq'], onConflict: 'update' },
  opportunity: { key: [], onConflict: 'fail' },
  routing_load: { key: ['workspace', 'person'], onConflict: 'update' },
  start_context: { key: ['workspace', 'key'], onConflict: 'skip' },
  intake: { key: [], onConflict: 'fail' },
  command: { key: [], onConflict: 'fail' },
} as const satisfies Record<string, { readonly key: readonly string[]; readonly onConflict: OnConflict }>;

type OnConflict = 'fail' | 'skip' | 'update';
export type Table = keyof typeof tables;
const tableNames = Object.keys(tables) as Table[];

/** Tables whose rows bear the instant of their recording. */
const stamped: readonly Table[] = [
  'lead_event',
  'lead',
  'sla_clock',
  'touch',
  'escalation',
  'disposition',
  'dispute',
  'opportunity',
];

export type Rows = { readonly [T in Table]?: readonly Row[] };

/** Rows of several leads as one recording. */
export const joinRows = (parts: readonly Rows[]): Rows =>
  Object.fromEntries(tableNames.map((table) => [table, parts.flatMap((part) => part[table] ?? [])]));

/**
 * Writes all rows by one statement, all with the same `recorded_at`: the database's clock, but never before what these
 * leads have recorded already. A clock's present revision ends where its new one begins; a lead whose holder changed
 * has no answer pending any more.
 */
export async function writeRows(client: Queries, workspace: string, rows: Rows): Promise<void> {
  const present = tableNames.filter((table) => (rows[table]?.length ?? 0) > 0);
  if (present.length === 0) return;
  const leadIds = (rows.lead ?? []).map(({ id }) => id);
  const texts = present.map((table) => JSON.stringify(rows[table]));
  const isFirst = areAllFirst(rows);
  await client.query({
    name: `record${isFirst ? ' first' : ''} ${present.map((table) => tableNames.indexOf(table)).join(' ')}`,
    text: statementFor(present, rows, isFirst),
    values: [workspace, leadIds, ...texts],
  });
}

/** Whether nothing was recorded of any of these leads before: then there are no revisions that could end. */
function areAllFirst({ lead = [], lead_event: events = [] }: Rows): boolean {
  const begun = new Set(events.filter(({ seq }) => seq === 1).map((event) => event['lead_id']));
  return lead.every(({ id }) => begun.has(id));
}

// Each lead is looked up by its key: asked for their maximum, the planner walks back through the leads of everybody.
const moment = `moment AS MATERIALIZED (SELECT greatest(clock_timestamp(), (SELECT max(own.recorded_at)
  FROM unnest($2::text[]) AS given (id), LATERAL (
    SELECT recorded_at FROM lead WHERE workspace = $1 AND id = given.id LIMIT 1) AS own)) AS recorded_at)`;

const statements = new Map<string, string>();

/** The statement for these tables; made once, for its text and its name must always go together. */
function statementFor(present: readonly Table[], rows: Rows, isFirst: boolean): string {
  const id = [...present, isFirst].join(' ');
  const known = statements.get(id);
  if (known !== undefined) return known;
  const parts = present.flatMap((table, index) => {
    const columns = Object.keys(rows[table]?.[0] ?? {});
    return partsFor(table, columns, index + 3, isFirst);
  });
  const text = `WITH ${[moment, ...parts].join(',\n')}\nSELECT FROM moment`;
  statements.set(id, text);
  return text;
}

function partsFor(table: Table, columns: readonly string[], parameter: number, isFirst: boolean): readonly string[] {
  const given = `json_populate_recordset(NULL::${table}, $${parameter})`;
  const insert = insertInto(table, columns, given);
  if (table === 'sla_clock') return isFirst ? [insert] : [endRevisions(given), insert];
  return table === 'routing_load' ? [settleAnswers, insert] : [insert];
}

function insertInto(table: Table, columns: readonly string[], given: string): string {
  const isStamped = stamped.includes(table);
  const quoted = columns.map((column) => `"${column}"`);
  const into = [...quoted, ...(isStamped ? ['recorded_at'] : [])].join(', ');
  const from = [...quoted.map((column) => `given.${column}`), ...(isStamped ? ['moment.recorded_at'] : [])].join(', ');
  return `${table}_written AS (INSERT INTO ${table} AS old (${into})
  SELECT ${from} FROM ${given} AS given, moment ${conflictClause(table, columns)})`;
}

function conflictClause(table: Table, columns: readonly string[]): string {
  const { key, onConflict } = tables[table] as { key: readonly string[]; onConflict: OnConflict };
  if (onConflict === 'fail') return '';
  if (onConflict === 'skip') return 'ON CONFLICT DO NOTHING';
  const changing = [...columns.filter((column) => !key.includes(column)), ...(table === 'lead' ? ['recorded_at'] : [])];
  return `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${changing.map((column) => change(table, column)).join(', ')}`;
}

/** What a person is given or rid of adds to what others record of them; the latest gift counts, whoever tells of it first. */
const change = (table: Table, column: string): string => {
  if (table !== 'routing_load') return `"${column}" = excluded."${column}"`;
  return column === 'open_lead_count'
    ? `"${column}" = old."${column}" + excluded."${column}"`
    : `"${column}" = greatest(old."${column}", excluded."${column}")`;
};

/** Said by workspace and lead as well, so that the index is used: rows of a recordset tell the planner nothing. */
const endRevisions = (given: string): string => `revisions_ended AS (
  UPDATE sla_clock AS old SET superseded_at = moment.recorded_at FROM ${given} AS given, moment
  WHERE old.superseded_at IS NULL AND old.workspace = $1 AND old.lead_id = ANY ($2::text[])
    AND (old.workspace, old.lead_id, old.cycle, old.clock, old.n)
      = (given.workspace, given.lead_id, given.cycle, given.clock, given.n))`;

const settleAnswers = `answers_settled AS (
  UPDATE answer SET is_pending = false WHERE workspace = $1 AND lead_id = ANY ($2::text[]) AND is_pending)`;
