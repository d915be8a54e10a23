/**
 * Promise: each role may call exactly the routes and give exactly the commands that docs/api.md lists with it. What is
 * expected is read from that page, which people write; what happens, from the API over HTTP.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { publicCommandTypes } from '../../src/api/commands/command-bodies.js';
import { routes } from '../../src/api/routes.js';
import { keyRoles, type KeyRole } from '../../src/domain/access/api-key.js';
import { createLeadWorkflows, temporalClient } from '../../src/temporal/index.js';
import { directory } from '../db/journeys.js';
import { openFresh, type Opened } from '../db/opened.js';
import { codesIn, tableBelow } from '../docs/page-tables.js';
import { RunningApi } from './api-world.js';
import { aKey } from './keys.js';

jest.setTimeout(30_000);

const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
const promised = new Map(tableBelow(page, 'API').map(([route, who]) => [codesIn(route!)[0]!, who!]));
const promisedForCommands = new Map(
  tableBelow(page, 'Who may give which').flatMap(([commands, who]) =>
    codesIn(commands!).map((command): [string, string] => [command, who!]),
  ),
);

const people: Readonly<Record<KeyRole, string | null>> = {
  intake: null,
  rep: 'rep-east-1',
  ops: 'marketing-ops',
  leader: 'vp-sales',
  admin: 'cro',
};

let opened: Opened;
let http: RunningApi;
const keys = new Map<KeyRole, string>();
const client = temporalClient({ address: '127.0.0.1:9', namespace: 'default' });

beforeAll(async () => {
  opened = await openFresh();
  const { database } = opened;
  await database.directory.saveDirectory(directory);
  for (const role of keyRoles) keys.set(role, await aKey(database, { role, person: people[role] }));
  const { settledStates } = database;
  http = await RunningApi.start(database, createLeadWorkflows({ client, settledStates, now: Date.now }));
}, 60_000);
afterAll(async () => {
  await http.stop();
  await client.connection.close();
  await opened.close();
});

/** Nothing is there, so whoever may is told 404 or 422, and whoever may not, 403 before all else. */
async function isAllowed(method: string, path: string, role: KeyRole): Promise<boolean> {
  const sent = method === 'POST' || method === 'PUT' ? {} : undefined;
  const { status, body } = await http.ask(method, path, sent, { key: keys.get(role)! });
  expect([method, path, role, status]).not.toEqual([method, path, role, 401]);
  const isRefused = status === 403 && body['code'] === 'role-missing';
  if (isRefused) expect(body['detail']).toMatch(/those that may are .*admin/);
  return !isRefused;
}

const mayOf = (who: string): readonly KeyRole[] =>
  keyRoles.filter((role) => role === 'admin' || who.split(', ').includes(role));

const ofRoles = routes.filter(({ access, path }) => access === 'key' && !path.startsWith('/v1/leads/:id/commands/'));
const commandPath = (command: string): string => `/v1/leads/none/commands/${command}`;

describe('a route', () => {
  test.each(ofRoles.map(({ method, path }) => ({ method: method.toUpperCase(), path })))(
    '$method $path takes the roles that the page lists',
    async ({ method, path }) => {
      const who = promised.get(`${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
      const called = path.replaceAll(/:\w+/g, 'none');
      const may: KeyRole[] = [];
      for (const role of keyRoles) if (await isAllowed(method, called, role)) may.push(role);
      expect(may).toEqual(mayOf(who ?? 'the page lists no such route'));
    },
  );
});

describe('a command', () => {
  test.each(publicCommandTypes)('%s is taken from the roles that the page lists', async (command) => {
    const may: KeyRole[] = [];
    for (const role of keyRoles) if (await isAllowed('POST', commandPath(command), role)) may.push(role);
    expect(may).toEqual(mayOf(promisedForCommands.get(command) ?? 'the page lists no such command'));
  });
});

describe('a role that may not', () => {
  test('changes nothing, not even with a body that would do', async () => {
    const order = { name: 'for myself', role: 'admin', person: 'rep-east-1' };
    for (const role of keyRoles.filter((each) => each !== 'admin')) {
      const { status, body } = await http.post('/v1/api-keys', order, { key: keys.get(role)! });
      expect([role, status, body['code']]).toEqual([role, 403, 'role-missing']);
    }
    expect((await opened.database.apiKeys.list()).map(({ name }) => name)).not.toContain(order.name);
  });

  test('is told so before its body is looked at', async () => {
    const answer = await http.post(commandPath('touch'), { nonsense: true }, { key: keys.get('intake')! });
    expect([answer.status, answer.body['code']]).toEqual([403, 'role-missing']);
  });
});
