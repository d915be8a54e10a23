/**
 * Promise: docs/reports.md walks through every report, and shows what each command prints now.
 * `npm run record:report-examples` writes what they print into the page.
 */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { reportCatalogue, reportNames } from '../../src/domain/reports/index.js';
import { AutumnWorld } from './autumn-world.js';
import { codesIn, tableBelow } from './page-tables.js';
import { examplesOf, readPage, reportsPage, rewritten, sectionOf, shownOf } from './page-examples.js';

jest.setTimeout(120_000);

const page = readPage(reportsPage);
let world: AutumnWorld;
beforeAll(async () => {
  world = await AutumnWorld.open();
}, 120_000);
afterAll(() => world.close());

test('the page lists every report', () => {
  const listed = tableBelow(page, 'Reports').flatMap(([report]) => codesIn(report!));
  expect(listed.toSorted()).toEqual(reportNames.toSorted());
});

test.each(reportNames)('%s has its question, a command with what it prints, and where it is defined', (report) => {
  const section = sectionOf(page, report);
  expect(section).toMatch(/^\*\*[^*]+\?\*\*$/m);
  expect(section).toContain('](../test/spec/');
  expect(examplesOf(section).map(({ words }) => words.slice(0, 2))).toEqual([['report', report]]);
});

test.each(examplesOf(page))('$words print what the page shows', async ({ words, printed }) => {
  expect(shownOf(await world.printed(words))).toBe(printed);
});

test('an output that is not the real one would be seen, and is what the page is given instead', async () => {
  const wrong = ['```console', '$ npx handoff report funnel', 'nothing', '```', ''].join('\n');
  const right = await rewritten(wrong, () => Promise.resolve(reportCatalogue.funnel.title));
  expect(examplesOf(right)).toEqual([{ words: ['report', 'funnel'], printed: reportCatalogue.funnel.title }]);
});
