import { Socket } from 'node:net';
import pg from 'pg';

/** What queries are put to: the pool, or one connection within a transaction. */
export type Queries = Pick<pg.ClientBase, 'query'>;

export interface PoolOptions {
  readonly url: string;
  readonly connectionCountMax: number;
}

/** Reports subtract more than this from `now` for their `asOf`: what is not recorded by then never will be. */
const RECORDING = '5s';
// Each statement is planned once for each connection: planning anew takes longer than what these statements do.
const begin = `BEGIN; SET LOCAL transaction_timeout = '${RECORDING}'; SET LOCAL plan_cache_mode = force_generic_plan`;
const CONNECT_MS_MAX = 5_000;

/** Connections to one database, opened when needed; a server that goes away takes its idle ones along silently. */
export function createPool({ url, connectionCountMax }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionCountMax,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    application_name: 'handoff',
    // What does not wait for an answer is sent behind what was sent before: see `inOneGo`.
    pipeline: true,
    stream: () => new GatheringSocket(),
  });
  pool.on('error', ignore);
  return pool;
}

/** Sends together what is written in one turn: a system call for each statement costs more than most of them say. */
class GatheringSocket extends Socket {
  #isGathering = false;

  override write(...what: unknown[]): boolean {
    if (!this.#isGathering) {
      this.#isGathering = true;
      this.cork();
      process.nextTick(() => {
        this.#isGathering = false;
        this.uncork();
      });
    }
    return super.write(...(what as Parameters<Socket['write']>));
  }
}

const ignore = (): void => undefined;

type Opening = string | pg.QueryConfig;
type Opened = readonly Record<string, unknown>[];

/**
 * Runs `work` in one transaction, which the database aborts after 5 s, whatever it waits for.
 * @param opening a statement for the same round trip as `BEGIN`, usually a lock
 * @throws what `work` throws, after rolling back
 */
export async function inRecording<T>(
  pool: pg.Pool,
  opening: Opening,
  work: (client: pg.ClientBase, opened: Opened) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  client.on('error', ignore); // the query under way, or the next one, tells
  try {
    const done = await work(client, await open(client, opening));
    await client.query('COMMIT');
    client.off('error', ignore);
    client.release();
    return done;
  } catch (error) {
    await giveBack(client);
    throw error;
  }
}

/** What a recording in one go came to, and its last statement, which nobody needs to wait for before the end. */
interface LastWord<T> {
  readonly done: T;
  readonly written: Promise<unknown>;
}

/**
 * The same with fewer round trips, for a caller who waits: `work` begins while its opening is on its way, and the end of
 * the transaction is sent behind the last statement. Should that fail, the database ends the transaction without a trace.
 */
export async function inOneGo<T>(
  pool: pg.Pool,
  opening: Opening,
  work: (client: pg.ClientBase, opened: Promise<Opened>) => Promise<LastWord<T>>,
): Promise<T> {
  const client = await pool.connect();
  client.on('error', ignore); // the query under way, or the next one, tells
  try {
    const opened = open(client, opening);
    opened.catch(ignore); // whoever needs its rows hears of it
    const { done, written } = await work(client, opened);
    await Promise.all([written, client.query('COMMIT')]);
    client.off('error', ignore);
    client.release();
    return done;
  } catch (error) {
    await giveBack(client);
    throw error;
  }
}

async function open(client: pg.ClientBase, opening: Opening): Promise<Opened> {
  const [, opened] = await Promise.all([client.query(begin), client.query<Record<string, unknown>>(opening)]);
  return opened.rows;
}

/** A connection that cannot even roll back is not used again. */
async function giveBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    client.off('error', ignore);
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}
