import type pg from 'pg';
import type { AgreementTerms } from '../domain/agreement/index.js';
import type { Instant } from '../domain/business-time/index.js';
import type { ExplainPorts } from '../domain/explain/index.js';
import { agreementKeysIn, contributionsAsOf, type Contribution } from '../domain/reports/index.js';
import { inRecording, type Queries } from './connections.js';
import { eventColumns, eventOf, type StoredEvent } from './event-rows.js';
import { timestampOf } from './instants.js';
import type { Row } from './recording.js';
import { reportRowsOf, reportTableNames, reportTables, type ReportRows, type ReportTable } from './report-rows.js';

/** What the making of facts asks of the rest of the product. */
export interface ReportPorts {
  readonly findTerms: (key: string) => Promise<AgreementTerms | undefined>;
  readonly windowsOf: ExplainPorts['windowsOf'];
}

export interface ReportProjector {
  /**
   * Makes the `report_` tables say all that was recorded by `asOf`; what is there already is not made again.
   * @param asOf at least 10 s ago, so that nothing can be recorded any more that bears an earlier instant
   * @returns how many leads had something new
   */
  catchUp(asOf: Instant): Promise<number>;
}

/** Leads of one transaction, which must end within 5 s. */
const PAGE_SIZE = 20;

/** One at a time for each workspace, whichever process; whoever comes second finds little left to do. */
const lockOf = (workspace: string): string => `report:${workspace}`;

export function createReportProjector(pool: pg.Pool, workspace: string, ports: ReportPorts): ReportProjector {
  const known = new Map<string, AgreementTerms>();
  const termsOf = async (keys: readonly string[]): Promise<ExplainPorts['agreements']> => {
    for (const key of keys.filter((one) => !known.has(one))) {
      const terms = await ports.findTerms(key);
      if (terms) known.set(key, terms);
    }
    return Object.fromEntries(keys.flatMap((key) => (known.has(key) ? [[key, known.get(key)!]] : [])));
  };
  return {
    catchUp: async (asOf) => {
      let leadCount = 0;
      let after: Place | undefined;
      for (;;) {
        const page = await makePage(pool, workspace, asOf, after, async (events) => ({
          agreements: await termsOf(agreementKeysIn(events)),
          windowsOf: ports.windowsOf,
        }));
        leadCount += page.length;
        if (page.length < PAGE_SIZE) return leadCount;
        after = page.at(-1);
      }
    },
  };
}

type PortsFor = (events: readonly ReturnType<typeof eventOf>[]) => Promise<ExplainPorts>;

async function makePage(
  pool: pg.Pool,
  workspace: string,
  asOf: Instant,
  after: Place | undefined,
  portsFor: PortsFor,
): Promise<readonly Place[]> {
  const lock = `SELECT pg_advisory_xact_lock(hashtextextended('${lockOf(workspace).replaceAll("'", "''")}', 0))`;
  return inRecording(pool, lock, async (client) => {
    const leads = await findBehind(client, workspace, asOf, after);
    const stories = await readStories(client, workspace, leads, asOf);
    const made: Made[] = [];
    for (const { leadId, seq } of leads) {
      const story = stories.get(leadId) ?? [];
      const ports = await portsFor(story.map(eventOf));
      const revisions = revisionsOf(story, seq, ports);
      made.push({ leadId, seq: story.at(-1)?.seq ?? seq, isKnown: seq > 0, revisions });
    }
    await write(client, workspace, made);
    if (leads.length < PAGE_SIZE) await moveWatermark(client, workspace, asOf);
    return leads;
  });
}

/** Where a lead stands in the order of what was recorded last; what is recorded anew moves on in it, never back. */
interface Place {
  readonly recorded: string;
  readonly leadId: string;
}

interface Behind extends Place {
  /** The last event that the tables know of. */
  readonly seq: number;
}

/**
 * Leads with events recorded by `asOf` that the tables do not know of, longest untold first, from the one after which to
 * go on: those before it are not looked at again.
 */
async function findBehind(
  queries: Queries,
  workspace: string,
  asOf: Instant,
  after: Place | undefined,
): Promise<readonly Behind[]> {
  const { rows } = await queries.query<Behind>(
    `SELECT lead.id AS "leadId", coalesce(progress.seq, 0) AS seq, to_json(lead.recorded_at) #>> '{}' AS recorded
      FROM lead LEFT JOIN report_progress AS progress ON progress.workspace = lead.workspace AND progress.lead_id = lead.id
      WHERE lead.workspace = $1
        AND (lead.recorded_at, lead.id) > (coalesce($3::timestamptz,
          (SELECT recorded_at FROM report_watermark WHERE workspace = $1), '-infinity'), $4)
        AND lead.seq > coalesce(progress.seq, 0)
        AND EXISTS (SELECT FROM lead_event AS event WHERE event.workspace = $1 AND event.lead_id = lead.id
          AND event.seq = coalesce(progress.seq, 0) + 1 AND event.recorded_at <= $2)
      ORDER BY lead.recorded_at, lead.id LIMIT ${PAGE_SIZE}`,
    [workspace, timestampOf(asOf), after?.recorded ?? null, after?.leadId ?? ''],
  );
  return rows;
}

type Recorded = StoredEvent & { readonly lead_id: string; readonly recorded: string };

async function readStories(queries: Queries, workspace: string, leads: readonly Behind[], asOf: Instant) {
  const { rows } = await queries.query<Recorded>(
    `SELECT lead_id, ${eventColumns}, to_json(recorded_at) #>> '{}' AS recorded FROM lead_event
      WHERE workspace = $1 AND lead_id = ANY ($2) AND recorded_at <= $3 ORDER BY lead_id, seq`,
    [workspace, leads.map(({ leadId }) => leadId), timestampOf(asOf)],
  );
  const stories = new Map<string, Recorded[]>();
  for (const row of rows) {
    const story = stories.get(row.lead_id);
    if (story) story.push(row);
    else stories.set(row.lead_id, [row]);
  }
  return stories;
}

/** A row that took the place of another one, or of none, when something was recorded. */
interface Revision {
  readonly table: ReportTable;
  readonly row: Row;
}

interface Made {
  readonly leadId: string;
  readonly seq: number;
  /** Whether the tables had something of it before. */
  readonly isKnown: boolean;
  readonly revisions: readonly Revision[];
}

/** What each recording after `fromSeq` changed; the events of one recording bear the same instant. */
function revisionsOf(story: readonly Recorded[], fromSeq: number, ports: ExplainPorts): readonly Revision[] {
  const isLastOfRecording = (index: number) => story[index + 1]?.recorded !== story[index]!.recorded;
  const recordings = story.filter(({ seq }, index) => seq > fromSeq && isLastOfRecording(index));
  const counts = [...(fromSeq === 0 ? [] : [fromSeq]), ...recordings.map(({ seq }) => seq)];
  const contributions = contributionsAsOf(story.map(eventOf), counts, ports);
  const nextRows = () => rowsByKey(reportRowsOf(contributions.next().value as Contribution));
  let before = fromSeq === 0 ? nothingKnown : nextRows();
  return recordings.flatMap(({ seq, recorded }) => {
    const after = nextRows();
    const changes = changesBetween(before, after, { seq, recorded_at: recorded });
    before = after;
    return changes;
  });
}

type KeyedRows = ReadonlyMap<string, Revision>;

const nothingKnown: KeyedRows = new Map();

const rowsByKey = (rows: ReportRows): KeyedRows =>
  new Map(
    reportTableNames.flatMap((table) =>
      rows[table].map((row): [string, Revision] => [
        [table, ...reportTables[table].map((column) => row[column])].join('/'),
        { table, row },
      ]),
    ),
  );

/** Rows of one table have the same columns, and nothing in them has parts. */
const saysTheSame = (row: Row, other: Row | undefined): boolean =>
  other !== undefined && Object.keys(row).every((column) => row[column] === other[column]);

/** Rows that are new or say something else, and those that are true no more: a clock that runs again has not ended. */
function changesBetween(before: KeyedRows, after: KeyedRows, stamp: Row): readonly Revision[] {
  const told = [...after].flatMap(([key, { table, row }]) =>
    saysTheSame(row, before.get(key)?.row) ? [] : [{ table, row: { ...row, ...stamp, superseded_at: null } }],
  );
  const gone = [...before].flatMap(([key, { table, row }]) =>
    after.has(key) ? [] : [{ table, row: { ...row, ...stamp, superseded_at: GONE } }],
  );
  return [...told, ...gone];
}

/** Marks, on its way to the database, a row that ends the one before and takes no place of its own. */
const GONE = '-infinity';

async function write(client: Queries, workspace: string, made: readonly Made[]): Promise<void> {
  const known = made.filter(({ isKnown }) => isKnown);
  for (const table of reportTableNames) {
    const ended = rowsOf(table, workspace, known);
    if (ended.length > 0) await endReplaced(client, table, ended);
    const rows = rowsOf(table, workspace, made);
    if (rows.length > 0) await insert(client, table, rows);
  }
  const progress = made.map(({ leadId, seq }) => ({ workspace, lead_id: leadId, seq }));
  await client.query(
    `INSERT INTO report_progress SELECT * FROM json_populate_recordset(NULL::report_progress, $1)
      ON CONFLICT (workspace, lead_id) DO UPDATE SET seq = excluded.seq`,
    [JSON.stringify(progress)],
  );
}

const rowsOf = (table: ReportTable, workspace: string, made: readonly Made[]): readonly Row[] =>
  made.flatMap(({ leadId, revisions }) =>
    revisions.filter((one) => one.table === table).map(({ row }) => ({ workspace, lead_id: leadId, ...row })),
  );

const keyOf = (table: ReportTable): readonly string[] => ['workspace', 'lead_id', ...reportTables[table]];

/**
 * Each new row ends the one in the table that it replaces. Workspace and leads are said as well, so that the index is
 * used: rows of a recordset tell the planner nothing.
 */
async function endReplaced(client: Queries, table: ReportTable, rows: readonly Row[]): Promise<void> {
  const key = keyOf(table);
  const sameKey = key.map((column) => `old."${column}" = given."${column}"`).join(' AND ');
  await client.query(
    `UPDATE ${table} AS old SET superseded_at = given.recorded_at
      FROM (SELECT ${key.join(', ')}, min(recorded_at) AS recorded_at FROM json_populate_recordset(NULL::${table}, $1)
        GROUP BY ${key.join(', ')}) AS given
      WHERE old.superseded_at = 'infinity' AND old.workspace = $2 AND old.lead_id = ANY ($3::text[]) AND ${sameKey}`,
    [JSON.stringify(rows), rows[0]!['workspace'], [...new Set(rows.map((row) => row['lead_id']))]],
  );
}

/** Each new row ends the one before it among those written with it. */
async function insert(client: Queries, table: ReportTable, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0]!)
    .filter((column) => column !== 'superseded_at')
    .map((column) => `"${column}"`);
  await client.query(
    `INSERT INTO ${table} (${columns.join(', ')}, superseded_at)
      SELECT ${columns.join(', ')}, ends_at FROM (SELECT *, lead(recorded_at, 1, 'infinity')
        OVER (PARTITION BY ${keyOf(table).join(', ')} ORDER BY seq) AS ends_at
        FROM json_populate_recordset(NULL::${table}, $1)) AS given WHERE superseded_at IS NULL`,
    [JSON.stringify(rows)],
  );
}

const moveWatermark = (client: Queries, workspace: string, asOf: Instant) =>
  client.query(
    `INSERT INTO report_watermark VALUES ($1, $2) ON CONFLICT (workspace) DO UPDATE
      SET recorded_at = greatest(report_watermark.recorded_at, excluded.recorded_at)`,
    [workspace, timestampOf(asOf)],
  );
