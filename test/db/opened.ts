import pg from 'pg';
import { openDatabase, type Database } from '../../src/db/index.js';
import { freshDatabase, type FreshDatabase } from '../support/servers.js';

export interface Opened {
  readonly database: Database;
  /** The same database without our code, for looking at rows. */
  readonly sql: pg.Pool;
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A database of the test file's own, opened for the workspace `default`. */
export const openFresh = async (): Promise<Opened> => open(await freshDatabase());

/** The same with a database that was made for the test file. */
export function open({ url, drop }: FreshDatabase): Opened {
  const database = openDatabase(url, { workspace: 'default' });
  const sql = new pg.Pool({ connectionString: url, max: 2 });
  const close = async () => {
    await database.close();
    await sql.end();
    await drop();
  };
  return { database, sql, url, close };
}
