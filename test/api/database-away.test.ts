import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { openDatabase, type Database } from '../../src/db/index.js';
import { findFreePort } from '../../src/embedded/ports.js';
import type { LeadWorkflows } from '../../src/domain/ports.js';
import { leadBody, RunningApi } from './api-world.js';

jest.setTimeout(30_000);

let database: Database;
let http: RunningApi;

/** Nothing is ever started: nothing can be stored. */
const noWorkflows: LeadWorkflows = {
  start: () => Promise.reject(new Error('there is no Temporal in this test')),
  deliver: () => Promise.resolve({ kind: 'unanswered' }),
};

beforeAll(async () => {
  const url = `postgresql://nobody:nothing@127.0.0.1:${await findFreePort()}/nowhere`;
  database = openDatabase(url, { workspace: 'default' });
  http = await RunningApi.start(database, noWorkflows);
});
afterAll(async () => {
  await http.stop();
  await database.close();
});

describe('while the database is away', () => {
  test('a lead is answered with 503, when to come again, and that this is safe', async () => {
    const { status, headers, body } = await http.post('/v1/leads', leadBody());
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'database-away', '2']);
    expect(body.detail).toMatch(/never taken twice/);
  });

  test('readiness names it and is refused; liveness is not', async () => {
    const { status, body } = await http.get('/readyz', { key: null });
    expect([status, body.status]).toEqual([503, 'not-ready']);
    expect(body.parts).toEqual({ database: 'missing' });
    expect((await http.get('/healthz', { key: null })).status).toBe(200);
  });
});
