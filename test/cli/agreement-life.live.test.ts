/** Promise: a version gets from a file into force on the command line, each word with the key of whoever says it. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiCaller } from '../../src/bin/handoff/call-api.js';
import { ApiWorld } from '../api/api-world.js';
import { aKey } from '../api/keys.js';
import { handoffWith } from './command-line.js';

let world: ApiWorld;
let keys: { readonly ops: string; readonly marketing: string; readonly sales: string };
beforeAll(async () => {
  world = await ApiWorld.open();
  const { database } = world.world;
  keys = {
    ops: await aKey(database, { role: 'ops', person: 'marketing-ops' }),
    marketing: await aKey(database, { role: 'leader', person: 'head-of-marketing' }),
    sales: await aKey(database, { role: 'leader', person: 'head-of-sales' }),
  };
}, 60_000);
afterAll(() => world.close());

const as = (who: keyof typeof keys, ...words: string[]) =>
  handoffWith(
    { callApi: createApiCaller({ HANDOFF_URL: world.http.url, HANDOFF_API_KEY: keys[who] }) },
    'agreement',
    ...words,
  );

const folder = mkdtempSync(join(tmpdir(), 'handoff-life-'));
const spec = readFileSync(new URL('../spec/agreements/inbound-saas.yaml', import.meta.url), 'utf8');
/** The example under another name, in force from its publication. */
function fileWith(name: string, change: (text: string) => string = (text) => text): string {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, change(spec.replace('name: inbound-saas', `name: ${name}`).replace(/^effectiveFrom.*\n/m, '')));
  return file;
}
const hashIn = (lines: readonly string[]): string => /SHA-256 ([0-9a-f]{64})/.exec(lines.join('\n'))![1]!;

test('draft, submit, comment, sign by both, publish', async () => {
  const drafted = await as('ops', 'draft', fileWith('by-hand'));
  expect(drafted).toMatchObject({ exitCode: 0, errors: [] });
  expect(drafted.lines[0]).toBe('by-hand@1 is draft');
  const submitted = await as('ops', 'submit', 'by-hand@1');
  expect(submitted.lines[0]).toBe('by-hand@1 is in-review: waits for marketing and sales to sign');
  expect((await as('sales', 'comment', 'by-hand@1', '--text', 'Fine with us')).last).toMatch(
    /head-of-sales: Fine with us$/,
  );
  expect((await as('ops', 'comments', 'by-hand@1')).last).toMatch(/Fine with us$/);
  const hash = hashIn(submitted.lines);
  expect((await as('sales', 'sign', 'by-hand@1', '--hash', hash)).lines[0]).toMatch(/waits for marketing to sign$/);
  expect((await as('marketing', 'sign', 'by-hand@1', '--hash', hash)).lines[0]).toBe('by-hand@1 is signed');
  expect((await as('ops', 'publish', 'by-hand@1')).lines[0]).toMatch(/^by-hand@1 is active: in force from /);
  expect((await as('ops', 'versions', 'by-hand')).lines).toEqual([
    expect.stringMatching(/by-hand@1 +active +in force/),
  ]);
  expect((await as('ops', 'list')).lines.join('\n')).toMatch(/by-hand +by-hand@1 is active +Inbound SaaS/);
  const second = await as(
    'ops',
    'draft',
    fileWith('by-hand', (text) => text.replace('within: 4h', 'within: 3h')),
  );
  expect(second.lines[0]).toBe('by-hand@2 is draft');
});

test('a draft is put in the place of one, withdrawn and returned', async () => {
  await as('ops', 'draft', fileWith('other'));
  const changed = fileWith('other', (text) => text.replace('within: 4h', 'within: 3h'));
  const replaced = await as('ops', 'draft', changed, '--replace', 'other@1');
  expect(replaced).toMatchObject({ exitCode: 0 });
  await as('ops', 'submit', 'other@1');
  await as('sales', 'sign', 'other@1', '--hash', hashIn(replaced.lines));
  expect((await as('sales', 'withdraw', 'other@1', '--reason', 'Too fast')).lines[0]).toBe('other@1 is draft');
  await as('ops', 'submit', 'other@1');
  expect((await as('ops', 'return', 'other@1')).lines[0]).toBe('other@1 is draft');
  expect((await as('ops', 'comments', 'other@1')).lines).toEqual([expect.stringMatching(/Too fast$/)]);
});

test.each([
  { label: 'a refusal', words: ['publish', 'other@1', '--shadow'], exitCode: 1, error: /^signatures-missing: / },
  { label: 'a version that there is not', words: ['submit', 'other@9'], exitCode: 1, error: /^unknown-version: / },
  { label: 'what names no version', words: ['submit', 'other'], exitCode: 2, error: /NAME@N/ },
  { label: 'a file that there is not', words: ['draft', 'no/such.yaml'], exitCode: 2, error: /no readable file/ },
])('$label ends with $exitCode and says why', async ({ words, exitCode, error }) => {
  const ended = await as('ops', ...words);
  expect(ended.exitCode).toBe(exitCode);
  expect(ended.errors[0]).toMatch(error);
});

test('mistakes of a file are told with its lines, and nothing is stored', async () => {
  const file = fileWith('wrong', (text) => text.replace('within: 4h', 'within: soon'));
  const ended = await as('ops', 'draft', file);
  expect(ended.exitCode).toBe(1);
  expect(ended.errors[0]).toMatch(/wrong\.yaml:\d+:\d+ clocks\.first-response\.within/);
  expect((await as('ops', 'versions', 'wrong')).exitCode).toBe(1);
});
