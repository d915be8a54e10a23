import pg from 'pg';
import { openDatabase, type Database } from '../../src/db/index.js';
import { freshDatabase } from '../support/servers.js';

export interface Opened {
  readonly database: Database;
  /** The same database without our code, for looking at rows. */
  readonly sql: pg.Pool;
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A database of the test file's own, opened for the workspace `default`. */
export async function openFresh(): Promise<Opened> {
  const { url, drop } = await freshDatabase();
  const database = openDatabase(url, { workspace: 'default' });
  const sql = new pg.Pool({ connectionString: url, max: 2 });
  const close = async () => {
    await database.close();
    await sql.end();
    await drop();
  };
  return { database, sql, url, close };
}
