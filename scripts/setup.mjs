// Here live the programs behind the npm scripts; those of the set-up need nothing but Node's own modules.
// No product code lives here.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => join(root, ...parts);

const SAY_EVERY_MS = 10_000;
const schemaEngine = inRoot('prisma/engine/schema-engine.mjs');

/**
 * Makes a checkout ready to run: the right Node, the packages of the lock file, the Prisma client of the schema. Each
 * part is done only where it is missing or out of date.
 * @param {{ quiet?: boolean }} [options] quiet: say only what has to be done
 * @throws {SetUpError} whose message says what to do
 */
export async function setUp({ quiet = false } = {}) {
  requireNode();
  await step('packages', { quiet, isDone: packagesAreThere, work: installPackages });
  await step('Prisma client', { quiet, isDone: clientIsThere, work: generateClient });
}

/** A step that failed, with what to do about it. */
export class SetUpError extends Error {}

function requireNode() {
  const needed = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).engines.node.replace('>=', '');
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [majorMin, minorMin] = needed.split('.').map(Number);
  if (major > majorMin || (major === majorMin && minor >= minorMin)) return;
  throw new SetUpError(
    `Node ${needed} or newer is needed, and this is ${process.versions.node}: install a newer Node.`,
  );
}

async function step(title, { quiet, isDone, work }) {
  const startedAt = performance.now();
  const line = (mark, text) => console.log(`  ${mark} ${title.padEnd(14)} ${text}`);
  const seconds = () => `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
  if (isDone()) {
    if (!quiet) line('✓', `up to date, ${seconds()}`);
    return;
  }
  line('…', work.what);
  const progress = setInterval(() => line('…', work.progress?.() ?? `still at it after ${seconds()}`), SAY_EVERY_MS);
  try {
    await work.run();
    line('✓', `done, ${seconds()}`);
  } finally {
    clearInterval(progress);
  }
}

/** Whether what npm noted of the installed packages is what the lock file asks for. */
function packagesAreThere() {
  const asked = readPackages(inRoot('package-lock.json'));
  const installed = readPackages(inRoot('node_modules/.package-lock.json'));
  return Object.entries(asked).every(([path, { version, integrity, optional, peer }]) => {
    if (path === '') return true;
    const found = installed[path];
    if (!found) return optional === true || peer === true;
    return found.version === version && found.integrity === integrity;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return {};
  }
}

function installedCount() {
  const paths = Object.keys(readPackages(inRoot('package-lock.json')));
  const isThere = (path) => path !== '' && existsSync(inRoot(path, 'package.json'));
  return `${paths.filter(isThere).length} of up to ${paths.length - 1}`;
}

const installPackages = {
  what: 'installing those of the lock file',
  progress: installedCount,
  run: () => {
    const npm = process.env.npm_execpath;
    const [command, ...args] = npm?.endsWith('js') ? [process.execPath, npm] : ['npm'];
    return run(command, [...args, 'ci', '--include=dev', '--no-audit', '--no-fund'], {
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: schemaEngine, npm_config_loglevel: 'error' },
      advice: 'Is the package registry reachable? Then try again.',
    });
  },
};

const stamp = inRoot('src/generated/made-from');

const clientIsThere = () =>
  existsSync(inRoot('src/generated/prisma')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();

/** Of all that the client is made from. */
function fingerprint() {
  const sources = ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'];
  const hash = createHash('sha256');
  for (const source of sources) hash.update(readFileSync(inRoot(source)));
  return hash.digest('hex');
}

const generateClient = {
  what: 'generating it from the schema',
  run: async () => {
    await run(process.execPath, [inRoot('node_modules/prisma/build/index.js'), 'generate'], {
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: schemaEngine, CHECKPOINT_DISABLE: '1' },
      advice: 'Mend prisma/schema.prisma, then try again.',
    });
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, fingerprint());
  },
};

/** Runs a program in the checkout; what it says is shown only if it fails. */
function run(command, args, { env, advice }) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
    child.on('error', (error) => fail(new SetUpError(`${command} could not be run: ${error.message}`)));
    child.on('close', (code) => {
      const name = [command === process.execPath ? 'node' : command, ...args].join(' ').replaceAll(root, '.');
      if (code === 0) done();
      else fail(new SetUpError(`${name}\nended with code ${code}:\n${lastLines(said)}\n${advice}`));
    });
  });
}

const lastLines = (text) => text.trimEnd().split('\n').slice(-20).join('\n');
