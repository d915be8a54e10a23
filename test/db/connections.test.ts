// A recording in one go is all or nothing, though its end is sent before its last statement has been answered.
import type pg from 'pg';
import { createPool, inOneGo } from '../../src/db/connections.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
let pool: pg.Pool;
beforeAll(async () => {
  opened = await openFresh();
  pool = createPool({ url: opened.url, connectionCountMax: 1 });
  await pool.query('CREATE TABLE said (word text PRIMARY KEY)');
});
afterAll(async () => {
  await pool.end();
  await opened.close();
});

const say = (client: Pick<pg.ClientBase, 'query'>, word: string) =>
  client.query('INSERT INTO said VALUES ($1)', [word]);
const words = async () =>
  (await pool.query<{ word: string }>('SELECT word FROM said ORDER BY 1')).rows.map(({ word }) => word);

test('what it wrote is there once it has ended, and its opening was answered', async () => {
  const answered = await inOneGo(pool, 'SELECT 7 AS lock', async (client, opening) => {
    await say(client, 'first');
    return { done: await opening, written: say(client, 'second') };
  });
  expect(answered).toEqual([{ lock: 7 }]);
  expect(await words()).toEqual(['first', 'second']);
});

test.each([
  { label: 'its last statement fails', last: 'first' },
  { label: 'an earlier one fails', last: 'fourth', earlier: 'first' },
])('nothing is left where $label, and the connection serves the next', async ({ last, earlier = 'third' }) => {
  const recording = inOneGo(pool, 'SELECT', async (client) => {
    await say(client, earlier);
    return { done: undefined, written: say(client, last) };
  });
  await expect(recording).rejects.toThrow(/duplicate key/);
  expect(await words()).toEqual(['first', 'second']);
});

test('an opening that fails ends it, whoever waits for it', async () => {
  const recording = inOneGo(pool, 'SELECT 1 / 0', async (client) => ({
    done: undefined,
    written: say(client, 'fifth'),
  }));
  await expect(recording).rejects.toThrow(/aborted|division by zero/);
  expect(await words()).toEqual(['first', 'second']);
});
