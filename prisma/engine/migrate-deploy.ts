// Here lives what stands in for Prisma's downloaded schema engine, and the runner that applies the migrations.
// The schema and the migrations themselves lie one folder up; nothing here knows a table by name but Prisma's own.
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface AppliedMigration {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

export interface MigrateOptions {
  /** Default: `prisma/migrations` of this checkout. */
  readonly folder?: string;
  /** Hears of each migration as it is applied, and of whatever is unusual. */
  readonly say?: (line: string) => void;
}

const ownFolder = fileURLToPath(new URL('../migrations', import.meta.url));
/** The advisory lock that Prisma takes too, so that two starts never migrate at once. */
const PRISMA_LOCK = 72_707_369;

const createHistory = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0)`;

/**
 * Applies the migrations that the database lacks, each whole or not at all, and keeps Prisma's own history of them.
 * @returns the names of those applied now, in order
 * @throws if one fails, if an earlier one was left half done, or if the database is newer than this checkout
 */
export async function migrateDeploy(databaseUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const say = options.say ?? (() => undefined);
  const migrations = readMigrations(options.folder ?? ownFolder);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    await client.query(createHistory);
    const missing = findMissing(migrations, await readHistory(client), say);
    for (const migration of missing) {
      await apply(client, migration);
      say(`applied ${migration.name}`);
    }
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

function readMigrations(folder: string): Migration[] {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => readMigration(folder, name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function readMigration(folder: string, name: string): Migration {
  const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

async function readHistory(client: pg.Client): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  return rows;
}

function findMissing(
  migrations: readonly Migration[],
  history: readonly AppliedMigration[],
  say: (line: string) => void,
): Migration[] {
  const applied = new Map(history.map((row) => [row.migration_name, row]));
  const known = new Set(migrations.map(({ name }) => name));
  for (const { migration_name: name, finished_at } of history) {
    if (finished_at === null)
      throw new Error(`migration ${name} was left half done: mend it, then prisma migrate resolve`);
    if (!known.has(name))
      throw new Error(`the database has migration ${name}, which this checkout lacks: update the checkout`);
  }
  for (const { name, checksum } of migrations) {
    const row = applied.get(name);
    if (row && row.checksum !== checksum) say(`warning: migration ${name} was edited after it was applied`);
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

/** One transaction holds the migration and its place in the history, so that a crash leaves neither. */
async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new Error(`migration ${name} failed and changed nothing: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    });
  }
}
