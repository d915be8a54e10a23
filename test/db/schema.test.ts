// The tables are as the schema says, and their checks know the words that the domain knows.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { keyRoles } from '../../src/domain/access/api-key.js';
import { stages } from '../../src/domain/lifecycle/stage.js';
import { shadowScopes } from '../../src/domain/shadow/shadow.js';
import { verdicts } from '../../src/domain/sla/clock.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
});
afterAll(() => opened.close());

const prisma = join(dirname(createRequire(import.meta.url).resolve('prisma/package.json')), 'build/index.js');

test('the migrations make exactly what the schema says', async () => {
  const diff = ['migrate', 'diff', '--from-config-datasource', '--to-schema', 'prisma/schema.prisma', '--exit-code'];
  const env = { ...process.env, DATABASE_URL: opened.url };
  const { stdout } = await promisify(execFile)(process.execPath, [prisma, ...diff], { env });
  expect(stdout).toContain('No difference detected');
}, 60_000);

test.each([
  { constraint: 'lead_stage_check', words: stages },
  { constraint: 'sla_clock_verdict_check', words: verdicts },
  { constraint: 'api_key_role_check', words: keyRoles },
  { constraint: 'shadow_covers_check', words: shadowScopes },
])('$constraint allows the words of the domain and no others', async ({ constraint, words }) => {
  const { rows } = await opened.sql.query<{ definition: string }>(
    'SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = $1',
    [constraint],
  );
  const allowed = [...(rows[0]?.definition.matchAll(/'([^']+)'/g) ?? [])].map(([, word]) => word);
  expect(new Set(allowed)).toEqual(new Set<string>(words));
});

test('every table has its rows by workspace', async () => {
  const { rows } = await opened.sql.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'
        AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'workspace')`,
  );
  expect(rows).toEqual([]);
});
