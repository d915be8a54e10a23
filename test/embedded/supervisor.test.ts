import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { anInstallation, start, takenPorts, until, type Installation, type Supervised } from './supervised.js';

const READY = 'Handoff is ready';
const STOP_WITHIN_MS = 10_000;

let installation: Installation;
let running: Supervised | undefined;

beforeAll(async () => {
  installation = await anInstallation();
});

afterEach(async () => {
  if (running?.process.exitCode === null) {
    running.process.kill('SIGINT');
    await running.ended;
  }
});

afterAll(() => installation.remove());

async function startUntilReady(): Promise<Supervised> {
  running = start(installation);
  await Promise.race([running.untilSays(READY), running.ended]);
  expect(running.said()).toContain(READY);
  return running;
}

test('a port that is taken is named with the variable that moves it, and nothing stays behind', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const port = (other.address() as AddressInfo).port;
  running = start(installation, { HANDOFF_SMTP_PORT: String(port) });
  expect(await running.ended).toBe(1);
  expect(running.said()).toContain(`Port ${port}`);
  expect(running.said()).toContain('set HANDOFF_SMTP_PORT to a free port');
  expect(await takenPorts(installation)).toEqual([]);
  other.close();
}, 60_000);

test('everything starts, and Ctrl-C ends it in under ten seconds and leaves nothing', async () => {
  const supervisor = await startUntilReady();
  await sendMail('first');
  const startedAt = Date.now();
  supervisor.process.kill('SIGINT');
  expect(await supervisor.ended).toBe(0);
  expect(Date.now() - startedAt).toBeLessThan(STOP_WITHIN_MS);
  expect(await takenPorts(installation)).toEqual([]);
  expect(processesOf(installation)).toEqual([]);
}, 90_000);

test('a second start finds mails and keys as they were', async () => {
  const keyFile = join(installation.dataDir, 'admin-key');
  const key = readFileSync(keyFile, 'utf8').trim();
  const supervisor = await startUntilReady();
  expect(supervisor.said()).toContain(key);
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  expect(await subjects()).toEqual(['first']);
}, 90_000);

test('a killed program is started again, and so is a killed server', async () => {
  const supervisor = await startUntilReady();
  kill('stand-in/worker.ts');
  kill('/postgres/data -p');
  await supervisor.untilSays('worker runs again');
  await supervisor.untilSays('PostgreSQL runs again');
}, 120_000);

test('a second supervisor is refused while the first one runs', async () => {
  await startUntilReady();
  const second = start(installation);
  expect(await second.ended).toBe(1);
  expect(second.said()).toContain('Handoff already runs');
}, 90_000);

test('the kill of the supervisor ends all that it started, and the next start is as any other', async () => {
  const supervisor = await startUntilReady();
  supervisor.process.kill('SIGKILL');
  await supervisor.ended;
  await until(
    () => processesOf(installation).length === 0,
    15_000,
    () => processesOf(installation).join('\n'),
  );
  expect(await takenPorts(installation)).toEqual([]);
  await startUntilReady();
}, 120_000);

test('a start broken off midway leaves nothing', async () => {
  const supervisor = start(installation);
  await supervisor.untilSays('✓ migrations');
  supervisor.process.kill('SIGTERM');
  await supervisor.ended;
  await until(
    () => processesOf(installation).length === 0,
    15_000,
    () => processesOf(installation).join('\n'),
  );
}, 90_000);

async function sendMail(subject: string): Promise<void> {
  const sender = createTransport(`smtp://127.0.0.1:${installation.ports.HANDOFF_SMTP_PORT}`);
  await sender.sendMail({ from: 'a@example.com', to: 'b@example.com', subject, text: 'text' });
  sender.close();
}

async function subjects(): Promise<string[]> {
  const response = await fetch(`http://127.0.0.1:${installation.ports.HANDOFF_INBOX_PORT}/mails.json`);
  const mails = (await response.json()) as { subject: string }[];
  return mails.map((mail) => mail.subject);
}

/** The command lines, with their numbers, of all programs that name the data folder or the stand-ins' own. */
function processesOf({ dataDir }: Installation): string[] {
  const all = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return all.filter((line) => line.includes(dataDir));
}

/** Kills those programs of the running supervisor, but not their leashes, whose command line holds the text. */
function kill(text: string): void {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const supervisorId = String(running?.process.pid);
  const found = all.filter((line) => line.includes(text) && !line.includes('embedded/leash.mjs'));
  const ours = found.filter(
    (line) => line.includes(installation.dataDir) || line.trim().split(/\s+/)[1] === supervisorId,
  );
  expect(ours).not.toEqual([]);
  for (const line of ours) process.kill(Number(line.trim().split(/\s+/)[0]), 'SIGKILL');
}
