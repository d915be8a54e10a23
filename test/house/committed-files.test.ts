/** Promise: what is committed reads and runs on any machine, and its pages lead where they say. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { localLinksOf, machineTracesIn, npmScriptsIn, ourPages, textOf, trackedFiles } from './committed-files.js';
import { checkout } from './planted-tree.js';

const slash = '/';
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
const sourceFiles = trackedFiles().filter((path) => /^(src|workflows|activities)\/.*\.m?[jt]s$/.test(path));

describe('pages', () => {
  test('every link within the checkout leads to a file', () => {
    const broken = ourPages().flatMap((page) =>
      localLinksOf(page, textOf(page))
        .filter((target) => !existsSync(join(checkout, target)))
        .map((target) => `${page} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test('every npm script that a page names exists', () => {
    const missing = ourPages().flatMap((page) =>
      npmScriptsIn(textOf(page))
        .filter((name) => scripts[name] === undefined)
        .map((name) => `${page}: npm run ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test('a broken link and a missing script would be seen', () => {
    expect(localLinksOf('docs/a.md', 'see [b](./b.md#top), [c](../c.ts), [d](https://example.com)')).toEqual([
      'docs/b.md',
      'c.ts',
    ]);
    expect(npmScriptsIn('`npm run bench:intake -- --short`, `npm start`')).toEqual(['bench:intake', 'start']);
  });
});

describe('machines', () => {
  test('no committed file names a folder of the machine that wrote it, or a package registry', () => {
    const traces = trackedFiles()
      .filter((path) => !/\.(gz|png|ttf|ico)$/.test(path))
      .flatMap((path) => machineTracesIn(textOf(path)).map((trace) => `${path}: ${trace}`));
    expect(traces).toEqual([]);
  });

  test.each([
    { text: `cd ${slash}work/main`, traces: [`${slash}work/main`] },
    { text: `"${slash}home/ann/handoff"`, traces: [`${slash}home/ann`.concat('/handoff')] },
    { text: `"resolved": "https:${slash}/registry.example.org/x"`, traces: [`https:${slash}/registry.example.org`] },
    { text: 'https://example.com/tmp/x and docs/tmp/x and ./work/x', traces: [] },
  ])('$text would be seen for what it is', ({ text, traces }) => expect(machineTracesIn(text)).toEqual(traces));
});

describe('names', () => {
  test('no file or folder is named after nothing', () => {
    const homeless = trackedFiles().filter((path) =>
      path.split('/').some((part) => /^(utils?|helpers?|common|misc|shared)(\.|$)/.test(part)),
    );
    expect(homeless).toEqual([]);
  });

  test('src/domain has no barrel, through which zone code would reach workflows', () => {
    expect(trackedFiles()).not.toContain('src/domain/index.ts');
  });
});

test('in every source folder a file opens with a comment on what may live there', () => {
  const opens = (path: string): boolean => /^\/[/*]/.test(textOf(path));
  const commented = new Set(sourceFiles.filter(opens).map((path) => dirname(path)));
  const folders = [...new Set(sourceFiles.map((path) => dirname(path)))];
  expect(folders.filter((folder) => !commented.has(folder))).toEqual([]);
});
