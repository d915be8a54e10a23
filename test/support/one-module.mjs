/**
 * Jest gives every test file a world of its own, and links and runs in it each module anew: most of what a fast test
 * costs. Here a test file becomes one module with all of our code that it uses; so does a package of a hundred small
 * modules. Not for `--watch`, where Jest would not see that a module inside has changed.
 */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, buildSync } from 'esbuild';
import { ownPlaces } from '../../src/bin/own-places.mjs';

const root = join(import.meta.dirname, '../..');
const ourFolders = ['src', 'workflows', 'activities', 'scripts', 'test'];

const optionsFor = (path, { supportsStaticESM }) => ({
  entryPoints: [path],
  outdir: dirname(path),
  bundle: true,
  packages: 'external',
  write: false,
  platform: 'node',
  format: supportsStaticESM ? 'esm' : 'cjs',
  target: 'es2022',
  keepNames: true,
  sourcemap: 'external',
  logLevel: 'silent',
});

const asTransformed = ({ outputFiles: [map, code] }) => ({ code: code.text, map: map.text });

/** Ours are made one by way of a plug-in, which takes part in nothing synchronous; a package may be wanted by `require`. */
const forOurs = {
  getCacheKey,
  processAsync: async (_, path, options) =>
    asTransformed(await build({ ...optionsFor(path, options), plugins: [ownPlaces] })),
};
const forPackages = { getCacheKey, process: (_, path, options) => asTransformed(buildSync(optionsFor(path, options))) };

export default { createTransformer: ({ isPackage = false } = {}) => (isPackage ? forPackages : forOurs) };

let codeKey;

/** What a file uses is known only once it is bundled: after any change of our code or of a package, all are made anew. */
function getCacheKey(_, path, { supportsStaticESM }) {
  codeKey ??= keyOfCode();
  return createHash('sha256').update(`${codeKey}\n${path}\n${supportsStaticESM}`).digest('hex');
}

function keyOfCode() {
  const hash = createHash('sha256');
  for (const file of [join(root, 'package-lock.json'), ...ourFolders.flatMap(filesIn)]) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

const filesIn = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.m?ts$|\.mjs$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
