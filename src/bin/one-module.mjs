/**
 * Preloaded into programs that run for long: what Node is told to run becomes one module with all of our code that it
 * uses. Translated file by file, as tsx does it for the others, each function would get its name anew whenever it is
 * made, a tenth of what a program does to take a lead.
 */
import { register } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { build } from 'esbuild';
import { ownPlaces } from './own-places.mjs';

// Node runs `load` in a thread of its own, for which this file is read once more.
if (isMainThread) {
  process.setSourceMapsEnabled(true);
  register(import.meta.url);
}

export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const path = fileURLToPath(url);
  const { outputFiles } = await build({
    entryPoints: [path],
    outdir: dirname(path),
    bundle: true,
    packages: 'external',
    write: false,
    platform: 'node',
    format: 'esm',
    target: `node${process.versions.node}`,
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'warning',
    plugins: [ownPlaces],
  });
  return { format: 'module', source: outputFiles[0].text, shortCircuit: true };
}
