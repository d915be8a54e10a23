import type pg from 'pg';
import { SYSTEM, type Actor } from '../domain/access/audit-entry.js';
import type { DirectoryStore } from '../domain/ports.js';
import type { Directory } from '../domain/routing/directory.js';
import { appendAuditEntry } from './audit-entries.js';
import { inRecording, type Queries } from './connections.js';
import { timestampOf } from './instants.js';

export interface DirectoryKeeper extends DirectoryStore {
  /** The same directory by another connection; `revision` spares the reading of what is known. */
  readBy(queries: Queries, revision: string): Promise<Directory>;
  /** Puts a directory in the place of the present one, and notes who did it. */
  saveDirectory(directory: Directory, actor?: Actor): Promise<void>;
}

/** Reads the directory when its revision has changed, and keeps it. */
export function createDirectory(pool: pg.Pool, workspace: string): DirectoryKeeper {
  let known: { readonly revision: string; readonly directory: Directory } | undefined;
  const readBy = async (queries: Queries, revision: string): Promise<Directory> => {
    if (known?.revision === revision) return known.directory;
    const directory = await readDirectory(queries, workspace);
    known = { revision, directory };
    return directory;
  };
  return {
    readBy,
    // The revision is read first: a directory newer than its revision is read once more, an older one never kept.
    read: async () => readBy(pool, await readRevision(pool, workspace)),
    saveDirectory: (directory, actor = SYSTEM) => save(pool, workspace, directory, actor),
  };
}

async function readRevision(queries: Queries, workspace: string): Promise<string> {
  const { rows } = await queries.query<{ revision: string }>(
    'SELECT directory_revision::text AS revision FROM routing_state WHERE workspace = $1',
    [workspace],
  );
  return rows[0]?.revision ?? '';
}

/**
 * The statement that locks a workspace's routing to the end of the transaction and returns the directory's revision.
 * Whoever gives somebody a lead holds it, so that nobody decides on what another one is about to change.
 */
export const lockOfRouting = (workspace: string): pg.QueryConfig => ({
  name: 'lock-routing',
  text: 'SELECT lock_routing($1) AS revision',
  values: [workspace],
});

export const revisionOf = (opened: readonly Record<string, unknown>[]): string => String(opened[0]?.['revision']);

/** One object per person, team and absence, absent keys left out, as the domain knows them. */
const directoryQuery = `SELECT
  (SELECT coalesce(json_agg(json_strip_nulls(json_build_object('id', id, 'team', team, 'email', email,
    'calendar', calendar, 'capacity', capacity, 'dailySteps', daily_steps)) ORDER BY id), '[]') FROM person WHERE workspace = $1) AS people,
  (SELECT coalesce(json_agg(json_strip_nulls(json_build_object('id', id, 'manager', manager, 'calendar', calendar))
    ORDER BY id), '[]') FROM team WHERE workspace = $1) AS teams,
  (SELECT coalesce(json_object_agg(role, people), '{}') FROM (SELECT role, json_agg(person ORDER BY position) AS people
    FROM role WHERE workspace = $1 GROUP BY role) AS roles) AS roles,
  (SELECT coalesce(json_agg(json_strip_nulls(json_build_object('person', person,
    'from', (extract(epoch FROM "from") * 1000)::bigint, 'until', (extract(epoch FROM until) * 1000)::bigint,
    'delegate', delegate)) ORDER BY id), '[]') FROM absence WHERE workspace = $1) AS absences`;

async function readDirectory(queries: Queries, workspace: string): Promise<Directory> {
  const { rows } = await queries.query<Directory>(directoryQuery, [workspace]);
  const [directory] = rows;
  if (directory === undefined) throw new Error('the directory query returned no row');
  return directory;
}

async function save(pool: pg.Pool, workspace: string, directory: Directory, actor: Actor): Promise<void> {
  await inRecording(pool, lockOfRouting(workspace), async (client) => {
    const before = await readDirectory(client, workspace);
    for (const [table, rows] of Object.entries(rowsOf(workspace, directory))) {
      await client.query(`DELETE FROM ${table} WHERE workspace = $1`, [workspace]);
      await insert(client, table, rows);
    }
    const grow = 'UPDATE routing_state SET directory_revision = directory_revision + 1 WHERE workspace = $1';
    await client.query(grow, [workspace]);
    const change = { action: 'directory-saved', subject: 'directory', before: shownOf(before) } as const;
    await appendAuditEntry(client, workspace, { ...actor, ...change, after: shownOf(directory) });
  });
}

/** As people read it: absences with their instants in ISO 8601. */
const shownOf = ({ absences, ...directory }: Directory) => ({
  ...directory,
  absences: absences.map(({ from, until, ...absence }) => ({
    ...absence,
    from: timestampOf(from),
    until: timestampOf(until),
  })),
});

type DirectoryRow = Readonly<Record<string, string | number | null>>;

const rowsOf = (workspace: string, { people, teams, roles, absences }: Directory) => ({
  person: people.map(({ id, team, email, calendar, capacity, dailySteps }) => ({
    workspace,
    id,
    team: team ?? null,
    email: email ?? null,
    calendar: calendar ?? null,
    capacity: capacity ?? null,
    daily_steps: dailySteps ?? null,
  })),
  team: teams.map(({ id, manager, calendar }) => ({ workspace, id, manager, calendar: calendar ?? null })),
  role: Object.entries(roles).flatMap(([role, holders]) =>
    holders.map((person, position) => ({ workspace, role, position, person })),
  ),
  absence: absences.map(({ person, from, until, delegate }) => ({
    workspace,
    person,
    from: timestampOf(from),
    until: timestampOf(until),
    delegate: delegate ?? null,
  })),
});

async function insert(client: Queries, table: string, rows: readonly DirectoryRow[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first)
    .map((column) => `"${column}"`)
    .join(', ');
  await client.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1)`,
    [JSON.stringify(rows)],
  );
}
