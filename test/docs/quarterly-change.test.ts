/** Promise: every command of docs/quarterly-change.md does what the page says, in a real shell against real parts. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { createWhatIfAnswer } from '../../src/bin/what-if/answer-what-if.js';
import { ADMIN_KEY, ApiWorld } from '../api/api-world.js';

jest.setTimeout(600_000);

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/quarterly-change.md'), 'utf8');
const blocks = [...page.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, commands]) => commands!);

/** Enough that a rollout of one lead a second is still under way when it is told to rest. */
const LEAD_COUNT = 20;

let api: ApiWorld;
let answerWhatIf: ReturnType<typeof createWhatIfAnswer>;
beforeAll(async () => {
  api = await ApiWorld.open({}, { answerWhatIf: (request) => answerWhatIf(request) });
  const { database, environment } = api.world;
  const { read: readDirectory } = database.directory;
  const databaseUrl = environment['DATABASE_URL']!;
  answerWhatIf = createWhatIfAnswer({ databaseUrl, workspace: 'default', readDirectory, threadCount: 1 });
  const leads = await Promise.all(Array.from({ length: LEAD_COUNT }, () => api.world.handOff()));
  for (const lead of leads) await lead.untilRecorded('notified');
}, 120_000);
afterAll(() => api.close());

/** All blocks as one script that ends at the first command that fails; what each prints comes in turn. */
function run(script: string): Promise<{ readonly code: number | null; readonly said: string }> {
  const env = { ...process.env, HANDOFF_URL: api.http.url, HANDOFF_API_KEY: ADMIN_KEY, HANDOFF_ROOT: root };
  const shell = spawn('bash', ['-c', script], { cwd: mkdtempSync(join(tmpdir(), 'handoff-quarter-')), env });
  const said: Buffer[] = [];
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise((done) => {
    shell.on('close', (code) => done({ code, said: Buffer.concat(said).toString() }));
  });
}

const opening = `set -euo pipefail
handoff() { node "$HANDOFF_ROOT/scripts/handoff.mjs" "$@"; }
`;

test('the quarterly change goes through, by command line and over HTTP', async () => {
  expect(blocks.length).toBeGreaterThan(6);
  const { code, said } = await run(`${opening}${blocks.join('\n')}`);
  if (code !== 0) throw new Error(`the last command ended with ${code}; all that was said:\n${said}`);
  for (const words of [
    /first response.*4 h → 3 h/i,
    /inbound-saas@2 is draft/,
    /inbound-saas@2 is in-review: waits for marketing and sales to sign/,
    /head-of-sales: Three hours is what the east team does already/,
    /inbound-saas@2 is signed/,
    /inbound-saas@2, used-time-stays, as of .* running leads would change/,
    /inbound-saas@2 is active: in force from/,
    /paus/,
    /reverted: 0 of 20 leads left/,
    /head-of-marketing \(key:\w+\) +version-signed +agreement:inbound-saas@2/,
    /"version":3,"status":"active"/,
  ]) {
    expect(said).toMatch(words);
  }
  const versions = await api.world.database.versions.listVersions('inbound-saas');
  expect(versions.map(({ status, isInstalled }) => [status, isInstalled])).toEqual([
    ['superseded', true],
    ['superseded', false],
    ['active', false],
  ]);
});
