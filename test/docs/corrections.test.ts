/**
 * Promise: docs/corrections.md shows what each of its commands prints now, one after the other, among real parts.
 * `npm run record:correction-examples` writes what they print into the page.
 */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { correctionsPage, examplesOf, readPage, rewritten } from './page-examples.js';
import { OctoberWorld } from './october-world.js';

jest.setTimeout(180_000);

let world: OctoberWorld;
beforeAll(async () => {
  world = await OctoberWorld.open();
}, 120_000);
afterAll(() => world.close());

test('a forgotten holiday and a touch that was logged late are put right as the page shows', async () => {
  const page = readPage(correctionsPage);
  const orders = examplesOf(page).map(({ words }) => words[1]);
  expect(new Set(orders)).toEqual(new Set(['draft', 'show', 'verdicts', 'approve', 'touch', 'list']));
  expect(await rewritten(page, (words) => world.printed(words))).toBe(page);
});
