import pg from 'pg';
import type { Actor } from '../domain/access/audit-entry.js';
import type { HistoryRow, HistoryStore, RowOutcome } from '../domain/what-if/ports.js';
import { appendAuditEntry } from './audit-entries.js';
import { inRecording, type Queries } from './connections.js';
import { timestampOf } from './instants.js';
import type { Row } from './recording.js';

/** Keeps what other systems say of their past, apart from the leads of ours. */
export const createHistory = (pool: pg.Pool, workspace: string): HistoryStore => ({
  importRows: (rows, actor) =>
    // One import of a workspace at a time: a row is judged by those before it.
    inRecording(pool, lockOfHistory(workspace), async (client) => {
      const known = await readKnown(client, workspace, rows);
      const outcomes = rows.map((row) => judge(row, known));
      const stored = rows.filter((_, index) => outcomes[index] === 'stored');
      await insert(
        client,
        'imported_lead',
        stored.flatMap((row) => leadRow(workspace, row, actor.by)),
      );
      await insert(
        client,
        'imported_fact',
        stored.flatMap((row) => factRow(workspace, row)),
      );
      await note(client, workspace, stored, actor);
      return outcomes;
    }),
});

const lockOfHistory = (workspace: string): string =>
  `SELECT pg_advisory_xact_lock(hashtextextended(${pg.escapeLiteral(`history:${workspace}`)}, 0))`;

/** One entry for each system that something was kept of. */
async function note(client: Queries, workspace: string, stored: readonly HistoryRow[], actor: Actor): Promise<void> {
  for (const source of new Set(stored.map((row) => row.source))) {
    const rows = stored.filter((row) => row.source === source);
    const leadCount = rows.filter(({ says }) => says.kind === 'hand-off').length;
    const after = { leadCount, factCount: rows.length - leadCount };
    const subject = `history:${source}`;
    await appendAuditEntry(client, workspace, { ...actor, action: 'history-imported', subject, before: null, after });
  }
}

interface Known {
  /** Hand-offs by lead: those of earlier imports, and of the rows before. */
  readonly leads: Map<string, { readonly id: string; readonly at: number }>;
  /** Facts by lead and hash. */
  readonly facts: Set<string>;
  /** Leads that were handed off here. */
  readonly own: ReadonlySet<string>;
}

const keyOf = (source: string, externalId: string): string => JSON.stringify([source, externalId]);

async function readKnown(client: Queries, workspace: string, rows: readonly HistoryRow[]): Promise<Known> {
  const asked = [workspace, rows.map(({ source }) => source), rows.map(({ externalId }) => externalId)];
  const named = 'WHERE workspace = $1 AND (source, external_id) IN (SELECT * FROM unnest($2::text[], $3::text[]))';
  type Named = { readonly source: string; readonly external_id: string };
  const leads = await client.query<Named & { readonly id: string; readonly handed_off_at: Date }>(
    `SELECT source, external_id, id, handed_off_at FROM imported_lead ${named}`,
    asked,
  );
  const facts = await client.query<Named & { readonly id: string }>(
    `SELECT source, external_id, id FROM imported_fact ${named} AND id = ANY ($4)`,
    [...asked, rows.map(({ id }) => id)],
  );
  const own = await client.query<Named>(`SELECT source, external_id FROM lead ${named}`, asked);
  return {
    leads: new Map(
      leads.rows.map((row) => [keyOf(row.source, row.external_id), { id: row.id, at: row.handed_off_at.getTime() }]),
    ),
    facts: new Set(facts.rows.map((row) => `${keyOf(row.source, row.external_id)}${row.id}`)),
    own: new Set(own.rows.map((row) => keyOf(row.source, row.external_id))),
  };
}

/** What becomes of a row; what it says is known to the rows after it. */
function judge({ source, externalId, id, says }: HistoryRow, { leads, facts, own }: Known): RowOutcome {
  const key = keyOf(source, externalId);
  if (own.has(key)) return 'own-lead';
  const lead = leads.get(key);
  if (says.kind === 'hand-off') {
    if (lead !== undefined) return lead.id === id ? 'known' : 'other-hand-off';
    leads.set(key, { id, at: says.lead.at });
    return 'stored';
  }
  if (lead === undefined) return 'no-hand-off';
  if (says.command.at < lead.at) return 'before-hand-off';
  if (facts.has(`${key}${id}`)) return 'known';
  facts.add(`${key}${id}`);
  return 'stored';
}

function leadRow(workspace: string, { source, externalId, id, says }: HistoryRow, by: string): readonly Row[] {
  if (says.kind !== 'hand-off') return [];
  const { agreementName, at, handOff } = says.lead;
  return [
    {
      workspace,
      source,
      external_id: externalId,
      id,
      agreement_name: agreementName,
      handed_off_at: timestampOf(at),
      hand_off: handOff,
      imported_by: by,
    },
  ];
}

function factRow(workspace: string, { source, externalId, id, says }: HistoryRow): readonly Row[] {
  if (says.kind !== 'fact') return [];
  const { kind: _kind, ...fact } = says;
  return [{ workspace, source, external_id: externalId, id, at: timestampOf(fact.command.at), fact }];
}

async function insert(client: Queries, table: 'imported_lead' | 'imported_fact', rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first).join(', ');
  await client.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1)`,
    [JSON.stringify(rows)],
  );
}
