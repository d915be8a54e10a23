/** Promise: a rep reads and works own leads and no others, and speaks for nobody else. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { ApiWorld, leadBody, type Answer } from './api-world.js';
import { aKey } from './keys.js';

jest.setTimeout(30_000);

let world: ApiWorld;
let lead: string;
let own: string;
let teammate: string;
let ops: string;
let leader: string;

beforeAll(async () => {
  world = await ApiWorld.open();
  const { database } = world.world;
  lead = `/v1/leads/${String((await world.http.post('/v1/leads', leadBody())).body['leadId'])}`;
  await world.http.post(`${lead}/commands/reassign`, { to: 'rep-east-1' });
  own = await aKey(database, { role: 'rep', person: 'rep-east-1' });
  teammate = await aKey(database, { role: 'rep', person: 'rep-east-2' });
  ops = await aKey(database, { role: 'ops', person: 'marketing-ops' });
  leader = await aKey(database, { role: 'leader', person: 'vp-sales' });
}, 60_000);
afterAll(() => world.close());

const codeOf = ({ status, body }: Answer) => [status, body['code']];
const touch = (key: string, by?: string) =>
  world.http.post(`${lead}/commands/touch`, { channel: 'phone', outcome: 'no-answer', ...(by && { by }) }, { key });
const touchesOf = async () => (await world.http.get(lead)).body['touches'] as { by: string }[];

describe('an own lead', () => {
  test('is read and worked, and the rep need not say who they are', async () => {
    for (const view of ['', '/timeline', '/explain']) {
      expect([view, (await world.http.get(`${lead}${view}`, { key: own })).status]).toEqual([view, 200]);
    }
    const { status, body } = await touch(own);
    expect([status, body['by']]).toEqual([200, 'rep-east-1']);
    expect((await world.http.get(`/v1/commands/${String(body['commandId'])}`, { key: own })).status).toBe(200);
    expect((await touch(own, 'rep-east-1')).status).toBe(200);
  });
});

describe('the lead of a teammate', () => {
  test.each(['', '/timeline', '/explain', '/timeline?asOf=2026-01-01T00:00:00Z'])('is not read: %s', async (view) => {
    expect(codeOf(await world.http.get(`${lead}${view}`, { key: teammate }))).toEqual([403, 'belongs-to-another']);
  });

  test('takes no touch from them, and stays as it was', async () => {
    const before = await touchesOf();
    expect(codeOf(await touch(teammate))).toEqual([403, 'belongs-to-another']);
    expect(codeOf(await touch(teammate, 'rep-east-1'))).toEqual([403, 'belongs-to-another']);
    expect(await touchesOf()).toEqual(before);
  });

  test('is read and worked once it is theirs, and no longer by the one before', async () => {
    await world.http.post(`${lead}/commands/reassign`, { to: 'rep-east-2' }, { key: leader });
    expect((await touch(teammate)).status).toBe(200);
    expect(codeOf(await touch(own))).toEqual([403, 'belongs-to-another']);
    await world.http.post(`${lead}/commands/reassign`, { to: 'rep-east-1' }, { key: leader });
  });
});

describe('a lead in a queue', () => {
  test('is worked by the reps of its team, and by no others', async () => {
    const { directory } = world.world.database;
    const present = await directory.read();
    const away = present.people.map(({ id: person }) => ({ person, from: 0, until: Date.now() + 3_600_000 }));
    await directory.saveDirectory({ ...present, absences: away });
    const { body } = await world.http.post('/v1/leads', leadBody());
    await directory.saveDirectory(present);
    expect(body['queue']).toBe('sdr-east');
    const accept = (key: string) => world.http.post(`/v1/leads/${String(body['leadId'])}/commands/accept`, {}, { key });
    const west = await aKey(world.world.database, { role: 'rep', person: 'rep-west-1' });
    expect(codeOf(await accept(west))).toEqual([403, 'belongs-to-another']);
    expect((await accept(teammate)).status).toBe(200);
  });
});

describe('a voice', () => {
  test('is a rep`s and a leader`s own; only ops and administrators pass on what others said', async () => {
    expect(codeOf(await touch(own, 'rep-east-2'))).toEqual([403, 'by-another-person']);
    expect(codeOf(await touch(own, 'system'))).toEqual([403, 'by-another-person']);
    const reassign = (by: string) =>
      world.http.post(`${lead}/commands/reassign`, { to: 'rep-east-1', by }, { key: leader });
    expect(codeOf(await reassign('cro'))).toEqual([403, 'by-another-person']);
    expect(codeOf(await touch(ops, 'admin'))).toEqual([403, 'by-another-person']);
    expect((await touch(ops, 'rep-east-2')).body['by']).toBe('rep-east-2');
    expect((await touch(ops)).body['by']).toBe('marketing-ops');
  });

  test('of a person whom nobody knows is refused', async () => {
    const answer = await touch(ops, 'nobody-known');
    expect([answer.status, (answer.body['errors'] as { path: string }[])[0]?.path]).toEqual([422, 'by']);
  });
});

describe('what else is a rep`s own', () => {
  test('are the steps of their day', async () => {
    expect((await world.http.get('/v1/people/rep-east-1/steps', { key: own })).status).toBe(200);
    expect(codeOf(await world.http.get('/v1/people/rep-east-1/steps', { key: teammate }))).toEqual([
      403,
      'belongs-to-another',
    ]);
  });

  test('are the commands they gave', async () => {
    const { body } = await touch(own);
    const answer = await world.http.get(`/v1/commands/${String(body['commandId'])}`, { key: teammate });
    expect(codeOf(answer)).toEqual([403, 'belongs-to-another']);
  });
});
