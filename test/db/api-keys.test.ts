// Every change of an API key is noted with it, once, and what is noted stays.
import pg from 'pg';
import { appendAuditEntry } from '../../src/db/audit-entries.js';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../../src/generated/prisma/client.js';
import { admin, anApiKey } from '../builders/index.js';
import { directory, mondayTen } from './journeys.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
let pool: pg.Pool;
beforeAll(async () => {
  opened = await openFresh();
  pool = new pg.Pool({ connectionString: opened.url });
  await opened.database.directory.saveDirectory(directory);
});
afterAll(async () => {
  await pool.end();
  await opened.close();
});

const noted = async (subject: string) => {
  const { rows } = await pool.query<Record<string, unknown>>(
    'SELECT "by", principal, action, before, after FROM audit_entry WHERE subject = $1 ORDER BY id',
    [subject],
  );
  return rows;
};

describe('an API key', () => {
  test('is found by its hash, in its own workspace only', async () => {
    const { apiKeys } = opened.database;
    const { hash, ...shown } = anApiKey({ id: 'k_found', hash: 'hash-1' });
    await apiKeys.save({ ...shown, hash }, admin);
    expect(await apiKeys.findByHash(hash)).toEqual({ ...shown, revokedAt: null, isPersonKnown: true });
    expect(await apiKeys.findByHash('hash-2')).toBeUndefined();
    expect(await opened.database.inWorkspace('elsewhere').apiKeys.findByHash(hash)).toBeUndefined();
  });

  test('is found with its standing: expired, revoked, of somebody who is not there', async () => {
    const { apiKeys } = opened.database;
    const lost = { role: 'ops', person: 'gone', expiresAt: mondayTen } as const;
    await apiKeys.save(anApiKey({ id: 'k_lost', hash: 'hash-lost', ...lost }), admin);
    await apiKeys.revoke('k_lost', admin);
    const found = await apiKeys.findByHash('hash-lost');
    expect(found).toMatchObject({ ...lost, revokedAt: expect.any(Number), isPersonKnown: false });
  });

  test('without a person only hands leads over', async () => {
    const save = opened.database.apiKeys.save(anApiKey({ id: 'k_nobody', hash: 'h', role: 'ops' }), admin);
    await expect(save).rejects.toThrow(/api_key_person_check/);
    expect(await noted('key:k_nobody')).toEqual([]);
  });

  test('is noted when it is made and when it is revoked, with who did it and without its hash', async () => {
    const { apiKeys } = opened.database;
    const marops = { by: 'marketing-ops', principal: 'key:k_marops' };
    await apiKeys.save(anApiKey({ id: 'k_noted', hash: 'hash-noted' }), admin);
    const revoked = await apiKeys.revoke('k_noted', marops);
    expect(revoked).toMatchObject({ id: 'k_noted', revokedAt: expect.any(Number) });
    expect(await apiKeys.revoke('k_noted', marops)).toEqual(revoked);
    const made = { id: 'k_noted', role: 'intake', createdAt: '2026-11-23T08:00:00.000Z', revokedAt: null };
    expect(await noted('key:k_noted')).toEqual([
      { ...admin, action: 'key-created', before: null, after: expect.objectContaining(made) },
      {
        ...marops,
        action: 'key-revoked',
        before: expect.objectContaining(made),
        after: expect.objectContaining({ id: 'k_noted', revokedAt: expect.any(String) }),
      },
    ]);
    expect(JSON.stringify(await noted('key:k_noted'))).not.toContain('hash-noted');
  });

  test('that was revoked meanwhile revokes no other', async () => {
    const { apiKeys } = opened.database;
    const [first, second] = ['k_first', 'k_second'] as const;
    for (const id of [first, second]) {
      await apiKeys.save(anApiKey({ id, hash: id, role: 'admin', person: 'vp-sales' }), admin);
    }
    const outcomes = await Promise.all([
      apiKeys.revoke(first, { by: 'vp-sales', principal: `key:${second}` }),
      apiKeys.revoke(second, { by: 'vp-sales', principal: `key:${first}` }),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(1);
  });

  test('that is not there cannot be revoked', async () => {
    expect(await opened.database.apiKeys.revoke('k_none', admin)).toBe('unknown');
  });
});

describe('an audit entry', () => {
  const entry = {
    ...admin,
    action: 'key-created',
    subject: 'key:k_any',
    before: null,
    after: { name: "O'Neill" },
  } as const;

  test('is there with the change it notes, or not at all, by both ways of speaking to the database', async () => {
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
    const told = (subject: string) => ({ ...entry, subject });
    const undone = prisma.$transaction(async (transaction) => {
      await appendAuditEntry(transaction, 'default', told('undone'));
      throw new Error('the change failed');
    });
    await expect(undone).rejects.toThrow('the change failed');
    await prisma.$transaction((transaction) => appendAuditEntry(transaction, 'default', told('done')));
    await appendAuditEntry(pool, 'default', told('done'));
    const { subject: _, ...kept } = entry;
    expect(await noted('undone')).toEqual([]);
    expect(await noted('done')).toEqual([kept, kept]);
    await prisma.$disconnect();
  });

  test('has the instant at which it was written, whatever its writer says', async () => {
    const { rows } = await pool.query<{ recorded_at: Date }>(
      `INSERT INTO audit_entry (workspace, recorded_at, "by", principal, action, subject)
        VALUES ('default', '2020-01-01', 'admin', 'admin', 'key-created', 'key:k_backdated') RETURNING recorded_at`,
    );
    expect(rows[0]!.recorded_at.getFullYear()).toBeGreaterThan(2020);
  });

  test('is written in a transaction that the database ends within 5 s, whoever opened it', async () => {
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
    const bound = await prisma.$transaction(async (transaction) => {
      await appendAuditEntry(transaction, 'default', entry);
      return transaction.$queryRaw<{ bound: string }[]>`SELECT current_setting('transaction_timeout') AS bound`;
    });
    expect(bound).toEqual([{ bound: '5s' }]);
    const { rows } = await pool.query<{ bound: string }>(`SELECT current_setting('transaction_timeout') AS bound`);
    expect(rows).toEqual([{ bound: '0' }]);
    await prisma.$disconnect();
  });

  test.each(['UPDATE audit_entry SET "by" = \'somebody-else\'', 'DELETE FROM audit_entry', 'TRUNCATE audit_entry'])(
    'stays: %s is refused',
    async (statement) => {
      await appendAuditEntry(pool, 'default', entry);
      await expect(pool.query(statement)).rejects.toThrow(/append-only/);
    },
  );
});
