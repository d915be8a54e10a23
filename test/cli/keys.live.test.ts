/** Promise: administrators make, list and revoke keys from the command line, and everybody's commands speak with theirs. */
import { createApiCaller } from '../../src/bin/handoff/call-api.js';
import { ADMIN_KEY, ApiWorld, leadBody } from '../api/api-world.js';
import { handoffWith } from './command-line.js';

let world: ApiWorld;
beforeAll(async () => {
  world = await ApiWorld.open();
}, 60_000);
afterAll(() => world.close());

const handoffOf = (key: string, ...words: string[]) =>
  handoffWith({ callApi: createApiCaller({ HANDOFF_URL: world.http.url, HANDOFF_API_KEY: key }) }, ...words);
const handoff = (...words: string[]) => handoffOf(ADMIN_KEY, ...words);

const ofMarops = ['--name', 'console', '--role', 'ops', '--person', 'marketing-ops'];

test('a key is made, printed once, listed without itself, used and revoked', async () => {
  const made = await handoff('key', 'create', ...ofMarops, '--expires-at', '2098-01-01T00:00:00Z');
  expect(made).toMatchObject({ exitCode: 0, errors: [] });
  const [shown, once] = made.lines;
  expect(shown).toMatch(/^k_[0-9a-f]{16} {2}ops {2}marketing-ops {2}console {2}live until 2098-01-01 00:00:00 UTC$/);
  const [, key] = /^(handoff_\S{43}) \(keep it now/.exec(once!)!;
  const listed = await handoff('key', 'list');
  expect(listed.lines.join('\n')).toContain('marketing-ops  console  live until 2098');
  expect(listed.lines.join('\n')).not.toContain(key);
  expect((await handoffOf(key!, 'audit')).lines.join('\n')).toMatch(/system +directory-saved +directory$/m);
  const revoked = await handoff('key', 'revoke', shown!.split(' ')[0]!);
  expect(revoked.last).toMatch(/revoked \d{4}-/);
  expect(await handoffOf(key!, 'audit')).toMatchObject({
    exitCode: 2,
    errors: [expect.stringMatching(/^key-revoked: /)],
  });
});

test('what was changed is told newest first, as much as is asked for', async () => {
  await handoff('key', 'create', ...ofMarops);
  const { lines } = await handoff('audit', '--subject', 'key', '--by', 'admin', '--limit', '1');
  expect(lines).toEqual([
    expect.stringMatching(/^ {2}\d{4}-\S+ \S+ UTC {2}admin {2}key-created {2}key:k_[0-9a-f]+$/),
    expect.stringMatching(/^there are more: --cursor \d+$/),
  ]);
  const asJson = await handoff('audit', '--subject', 'key', '--json');
  const { entries } = JSON.parse(asJson.lines.join('\n')) as { entries: readonly unknown[] };
  expect(entries[0]).toMatchObject({ before: null, after: { name: 'console', role: 'ops' } });
});

test('a rep works own leads with their own key, and cannot touch those of a colleague', async () => {
  const { body } = await world.http.post('/v1/leads', leadBody());
  const id = String(body['leadId']);
  const call = ['lead', 'touch', id, '--channel', 'phone', '--outcome', 'no-answer'];
  const [colleague] = ['rep-east-1', 'rep-east-2'].filter((person) => person !== body['owner']);
  const touched = await handoffOf(await keyOf(String(body['owner'])), ...call);
  expect(touched).toMatchObject({ exitCode: 0, errors: [] });
  expect((await handoff('lead', 'timeline', id)).lines.join('\n')).toMatch(`no answer. (${String(body['owner'])})`);
  expect(await handoffOf(await keyOf(colleague!), ...call)).toMatchObject({
    exitCode: 1,
    errors: [expect.stringMatching(/^belongs-to-another: /)],
  });
});

async function keyOf(person: string): Promise<string> {
  const made = await handoff('key', 'create', '--name', 'laptop', '--role', 'rep', '--person', person, '--json');
  return (JSON.parse(made.lines.join('\n')) as { key: string }).key;
}

test.each([
  {
    words: ['key', 'create', '--name', 'x', '--role', 'root'],
    exitCode: 2,
    error: /Allowed choices are intake, rep, ops/,
  },
  { words: ['key', 'create', '--name', 'x', '--role', 'rep'], exitCode: 1, error: /--person: is missing/ },
  { words: ['key', 'create', ...ofMarops.slice(0, 5), 'nobody'], exitCode: 1, error: /--person: "nobody" is not in/ },
  {
    words: ['key', 'create', ...ofMarops, '--expires-at', 'soon'],
    exitCode: 1,
    error: /--expires-at: must be an instant/,
  },
  { words: ['key', 'revoke', 'k_none'], exitCode: 1, error: /^unknown-api-key: / },
  { words: ['audit', '--limit', 'all'], exitCode: 1, error: /--limit: must be a whole number/ },
])('$words is told what to write', async ({ words, exitCode, error }) => {
  const refused = await handoff(...words);
  expect([refused.exitCode, refused.errors.join('\n')]).toEqual([exitCode, expect.stringMatching(error)]);
});
