// A program that runs for long is loaded as one module, and yet its parts know where they lie and fail by their own lines.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const oneModule = fileURLToPath(new URL('../../src/bin/one-module.mjs', import.meta.url));
/** Not written out, for this file is loaded as one module as well. */
const ownUrl = ['import', 'meta', 'url'].join('.');
let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'handoff-one-module-')));
  mkdirSync(join(folder, 'parts'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program of two files, of which the other lies in a folder below. */
function run(program: string, part: string): Promise<{ stdout: string }> {
  writeFileSync(join(folder, 'program.ts'), program);
  writeFileSync(join(folder, 'parts/part.ts'), part);
  return promisify(execFile)(process.execPath, ['--import', oneModule, join(folder, 'program.ts')], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

test('each part knows its own place', async () => {
  const { stdout } = await run(
    `import { place } from './parts/part.js';\nconsole.log(place);\nconsole.log(${ownUrl});\n`,
    `export const place: string = ${ownUrl};\n`,
  );
  const places = ['parts/part.ts', 'program.ts'].map((file) => `${pathToFileURL(join(folder, file)).href}\n`);
  expect(stdout).toBe(places.join(''));
});

test('what fails names the file and the line that was written', async () => {
  const failing = run(
    "import { fail } from './parts/part.js';\n\nfail();\n",
    "interface Unused {\n  readonly name: string;\n}\n\nexport function fail(): Unused {\n  throw new Error('gone');\n}\n",
  );
  await expect(failing).rejects.toMatchObject({
    stderr: expect.stringMatching(
      new RegExp(`gone\\n.*${folder}/parts/part\\.ts:6:.*\\n.*${folder}/program\\.ts:3:`),
    ) as unknown,
  });
});

test('a mistake in it is told with its place', async () => {
  const failing = run("import './parts/part.js';\n", 'export const = 1;\n');
  await expect(failing).rejects.toMatchObject({ stderr: expect.stringContaining('part.ts:1:13') as unknown });
});
