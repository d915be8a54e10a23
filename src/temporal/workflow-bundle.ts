import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, Runtime, type Logger, type WorkflowBundle } from '@temporalio/worker';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules/.cache/handoff');
/** Whatever can end up in the bundle; packages by the lock file. */
const sources = ['workflows', 'src/domain', 'src/temporal/workflow-bundle.ts', 'package-lock.json'];

/**
 * The workflow code as one text, from the TypeScript sources. Bundling takes seconds of processor time, so it is done
 * once for each state of the sources and kept beside the packages.
 */
export async function bundleWorkflows(logger: Logger = Runtime.instance().logger): Promise<WorkflowBundle> {
  const file = join(cache, `workflows-${hashOfWorkflows()}.js`);
  const kept = readIfThere(file);
  if (kept !== undefined) return { code: kept };
  const { code } = await bundle(logger);
  keep(file, code);
  return { code };
}

const workflowsPath = join(root, 'workflows/index.ts');

/**
 * A worker loads the code once for all its workflows, for no module of it keeps anything that belongs to one of them:
 * loaded for each anew, it takes more memory than a lead does. In the sources imports end in `.js`, which the bundler
 * must find as `.ts`.
 */
const bundle = (logger: Logger) =>
  bundleWorkflowCode({
    workflowsPath,
    preloadModules: [workflowsPath],
    logger,
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, extensionAlias: { '.js': ['.ts', '.js'] } },
    }),
  });

/** Of the sources as they are: another code, another hash. */
export function hashOfWorkflows(): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesIn)) hash.update(`${file}\0`).update(readIfThere(join(root, file)) ?? '');
  return hash.digest('hex').slice(0, 16);
}

/** A folder's sources in a fixed order; a file stands for itself. */
function filesIn(place: string): readonly string[] {
  if (/\.\w+$/.test(place)) return [place];
  const names = readdirSync(join(root, place), { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.ts')).toSorted();
  return files.map((name) => `${place}/${name}`);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** In the place of earlier ones. Where nothing can be written, the next start bundles again. */
function keep(file: string, code: string): void {
  const written = `${file}.${randomUUID()}`;
  try {
    mkdirSync(cache, { recursive: true });
    for (const name of readdirSync(cache))
      if (name.startsWith('workflows-')) rmSync(join(cache, name), { force: true });
    writeFileSync(written, code);
    renameSync(written, file);
  } catch {
    rmSync(written, { force: true });
  }
}
