import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrateDeploy } from '../../prisma/engine/migrate-deploy.js';
import { freshDatabase, type FreshDatabase } from '../support/servers.js';

let database: FreshDatabase;
let folder: string;

beforeEach(async () => {
  database = await freshDatabase();
  await query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  folder = mkdtempSync(join(tmpdir(), 'handoff-migrations-'));
});

afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function aMigration(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

describe('migrateDeploy', () => {
  test('applies what is missing, in order, and nothing twice', async () => {
    aMigration('2_second', 'ALTER TABLE thing ADD note text');
    aMigration('1_first', 'CREATE TABLE thing (id int)');
    expect(await migrateDeploy(database.url, { folder })).toEqual(['1_first', '2_second']);
    expect(await migrateDeploy(database.url, { folder })).toEqual([]);
    aMigration('3_third', 'DROP TABLE thing');
    expect(await migrateDeploy(database.url, { folder })).toEqual(['3_third']);
  });

  test('a migration that fails changes nothing, and can be mended', async () => {
    aMigration('1_first', 'CREATE TABLE thing (id int); SELECT nonsense');
    await expect(migrateDeploy(database.url, { folder })).rejects.toThrow(/1_first failed and changed nothing/);
    expect(await query("SELECT to_regclass('thing') AS found")).toEqual([{ found: null }]);
    aMigration('1_first', 'CREATE TABLE thing (id int)');
    expect(await migrateDeploy(database.url, { folder })).toEqual(['1_first']);
  });

  test('a function with semicolons inside stays whole', async () => {
    aMigration(
      '1_first',
      'CREATE FUNCTION two() RETURNS int AS $$ BEGIN PERFORM 1; RETURN 2; END $$ LANGUAGE plpgsql;',
    );
    await migrateDeploy(database.url, { folder });
    expect(await query('SELECT two()')).toEqual([{ two: 2 }]);
  });

  test('a migration that was edited later is told', async () => {
    aMigration('1_first', 'CREATE TABLE thing (id int)');
    await migrateDeploy(database.url, { folder });
    aMigration('1_first', 'CREATE TABLE thing (id bigint)');
    const said: string[] = [];
    await migrateDeploy(database.url, { folder, say: (line) => said.push(line) });
    expect(said).toEqual([expect.stringContaining('1_first was edited')]);
  });

  test('a database that is newer than the checkout is refused', async () => {
    aMigration('1_first', 'CREATE TABLE thing (id int)');
    await migrateDeploy(database.url, { folder });
    rmSync(join(folder, '1_first'), { recursive: true });
    await expect(migrateDeploy(database.url, { folder })).rejects.toThrow(/1_first, which this checkout lacks/);
  });

  test('two starts at once apply each migration once', async () => {
    aMigration('1_first', 'CREATE TABLE thing (id int)');
    const both = await Promise.all([1, 2].map(() => migrateDeploy(database.url, { folder })));
    expect(both.flat()).toEqual(['1_first']);
  });
});
