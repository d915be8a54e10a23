import type { StoredCommand } from '../../src/domain/ports.js';
import { mondayTen } from './journeys.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
});
afterAll(() => opened.close());

const aCommand = (id: string, more: Partial<StoredCommand> = {}): StoredCommand => ({
  id,
  leadId: 'lead-1',
  type: 'touch',
  body: { channel: 'phone', outcome: 'reached' },
  by: 'rep-east-1',
  receivedAt: mondayTen,
  ...more,
});

const done = { kind: 'done', seq: 7 } as const;
const refused = { kind: 'refused', refusal: { code: 'lead-closed', detail: { stage: 'nurture' } } } as const;

describe('a command', () => {
  test('is found as it was stored, without an outcome until it has one', async () => {
    const { commands } = opened.database;
    const command = aCommand('plain');
    expect(await commands.store(command, { principal: 'admin', bodyHash: 'h' })).toEqual({ kind: 'stored' });
    expect(await commands.find('plain')).toEqual({ command, outcome: { kind: 'unanswered' } });
    await commands.complete('plain', done);
    expect(await commands.find('plain')).toEqual({ command, outcome: done });
    expect(await commands.find('no-such-command')).toBeUndefined();
  });

  test('keeps its first outcome, and says only then whose it is', async () => {
    const { commands } = opened.database;
    const { type, receivedAt } = aCommand('first');
    await commands.store(aCommand('first'), { principal: 'admin', bodyHash: 'h' });
    expect(await commands.complete('first', refused)).toEqual({ type, receivedAt });
    expect(await commands.complete('first', done)).toBeUndefined();
    expect((await commands.find('first'))?.outcome).toEqual(refused);
  });
});

describe('an idempotency key', () => {
  const said = (idempotencyKey: string, bodyHash = 'h', principal = 'admin') => ({
    principal,
    idempotencyKey,
    bodyHash,
  });

  test('with the same body gets the first command and its outcome, also a refusal', async () => {
    const { commands } = opened.database;
    const command = aCommand('keyed');
    await commands.store(command, said('k1'));
    expect(await commands.store(aCommand('keyed-again'), said('k1'))).toEqual({
      kind: 'repeated',
      record: { command, outcome: { kind: 'unanswered' } },
    });
    await commands.complete('keyed', refused);
    expect(await commands.store(aCommand('keyed'), said('k1'))).toMatchObject({ record: { outcome: refused } });
    expect(await commands.find('keyed-again')).toBeUndefined();
  });

  test('with another body is reused, and nothing is stored', async () => {
    const { commands } = opened.database;
    await commands.store(aCommand('k2-first'), said('k2'));
    expect(await commands.store(aCommand('k2-second'), said('k2', 'other'))).toEqual({ kind: 'key-reused' });
    expect(await commands.find('k2-second')).toBeUndefined();
  });

  test('belongs to the one who sent it', async () => {
    const { commands } = opened.database;
    await commands.store(aCommand('k3-first'), said('k3'));
    expect(await commands.store(aCommand('k3-second'), said('k3', 'other', 'somebody-else'))).toEqual({
      kind: 'stored',
    });
  });

  test('from many at once stores one command', async () => {
    const { commands } = opened.database;
    const receipts = await Promise.all(
      Array.from({ length: 10 }, (_, index) => commands.store(aCommand(`k4-${index}`), said('k4'))),
    );
    expect(receipts.filter(({ kind }) => kind === 'stored')).toHaveLength(1);
    expect(receipts.filter(({ kind }) => kind === 'repeated')).toHaveLength(9);
  });
});

describe('undelivered commands', () => {
  test('are listed by when they were received until they have an outcome', async () => {
    const stores = opened.database.inWorkspace('undelivered');
    const said = { principal: 'admin', bodyHash: 'h' };
    await stores.commands.store(aCommand('late', { receivedAt: mondayTen + 2 }), said);
    await stores.commands.store(aCommand('early', { receivedAt: mondayTen + 1 }), said);
    const ids = async (olderThanMs: number, limit: number) =>
      (await stores.commands.listUndelivered(olderThanMs, limit)).map(({ id }) => id);
    expect(await ids(0, 10)).toEqual(['early', 'late']);
    expect(await ids(0, 1)).toEqual(['early']);
    expect(await ids(60_000, 10)).toEqual([]);
    await stores.commands.complete('early', done);
    expect(await ids(0, 10)).toEqual(['late']);
  });
});
