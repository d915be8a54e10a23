/**
 * Promise: in a real browser, leaders sign in, find their way from the overview to why one lead was judged so, by mouse
 * or keyboard, on a desk or a phone, in both colour schemes and on paper; and the pages ask nobody else for anything.
 * HANDOFF_PICTURES=<folder> keeps a picture of each page as it was seen.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { reportNames } from '../../src/domain/reports/index.js';
import { ADMIN_KEY, RunningApi } from './api-world.js';
import { nobodyRuns } from './report-world.js';
import { agreement, agreementText } from '../db/journeys.js';
import { openBrowser } from '../support/browser.js';
import { recordQuarter, type RecordedQuarter } from '../reports/recorded-quarter.js';

jest.setTimeout(120_000);

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env['HANDOFF_PICTURES'];

let quarter: RecordedQuarter;
let api: RunningApi;
let browser: Browser;

beforeAll(async () => {
  quarter = await recordQuarter(150);
  const saved = { terms: agreement, text: agreementText, canonical: '{}' };
  await quarter.opened.database.agreements.saveAgreement(saved, { isDefault: true });
  api = await RunningApi.start(quarter.opened.database, nobodyRuns, { now: () => Date.now() + 15_000 });
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser.close();
  await api.stop();
  await quarter.opened.close();
});

const desk = { viewport: { width: 1360, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const ways = [
  { way: 'on a desk', ...desk, colorScheme: 'light' },
  { way: 'on a desk in the dark', ...desk, colorScheme: 'dark' },
  { way: 'on a phone', ...phone, colorScheme: 'light' },
  { way: 'on a phone in the dark', ...phone, colorScheme: 'dark' },
] as const;

const MONTH = 'period=2026-10';
const list = `/reports/compliance/leads?figure=compliance&part=breached&commitment=first-response&${MONTH}&limit=25`;
const pagesToSee = (): readonly { readonly name: string; readonly path: string }[] => [
  { name: 'overview', path: `/reports?${MONTH}` },
  ...reportNames.map((report) => ({ name: report, path: `/reports/${report}?${MONTH}` })),
  { name: 'compliance-by-owner', path: `/reports/compliance?${MONTH}&by=owner` },
  { name: 'nothing', path: '/reports/compliance?period=2025-01' },
  { name: 'list', path: list },
  { name: 'explained', path: `/reports/leads/${quarter.leads.find(({ events }) => events.length > 20)!.leadId}` },
  { name: 'mended', path: '/reports/funnel?period=last+week' },
];

/** One page of each kind: the others are made of the same parts, and need not be gone through for flaws in each way. */
const isOfItsKind = ({ name }: { readonly name: string }): boolean =>
  ['overview', 'compliance', 'streaks', 'list', 'explained', 'mended'].includes(name);

/** A page, signed in; what it asks of others than the API is kept in `strangers`. */
async function signedIn(options: Parameters<Browser['newContext']>[0] = desk) {
  const context = await browser.newContext({ ...options, baseURL: api.url });
  const strangers = requestsElsewhere(context);
  const page = await context.newPage();
  await page.goto('/reports/sign-in');
  await page.getByLabel('API key').fill(ADMIN_KEY);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/reports');
  return { context, page, strangers };
}

function requestsElsewhere(context: BrowserContext): string[] {
  const strangers: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(api.url)) strangers.push(request.url());
  });
  return strangers;
}

async function keepPicture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

/** What axe finds against WCAG 2.2 AA and its good practice; it says no more of what is well, which takes the longest. */
async function flawsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeFound>(`axe.run({ resultTypes: ['violations'] })`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

interface AxeFound {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

describe.each(ways)('$way', ({ way, ...options }) => {
  test('pages are accessible, fit its width, and ask nobody else for anything', async () => {
    const { context, page, strangers } = await signedIn(options);
    const found: string[] = [];
    for (const seen of pagesToSee()) {
      const { name, path } = seen;
      await page.goto(path);
      await keepPicture(page, `${name}-${way.replaceAll(' ', '-')}`);
      if (way === 'on a desk' || isOfItsKind(seen)) {
        for (const flaw of await flawsOf(page)) found.push(`${name}: ${flaw}`);
      }
      if ((await page.locator('main').innerText()).includes('/v1/')) found.push(`${name} shows an address of the API`);
      const overflowPx = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      if (overflowPx > 0) found.push(`${name} is ${overflowPx} px too wide`);
    }
    await context.close();
    expect(found).toEqual([]);
    expect(strangers).toEqual([]);
  });
});

test('a leader finds the way from signing in to why one lead was judged so', async () => {
  const { context, page } = await signedIn();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.getByText('All reports').click();
  await page
    .getByRole('navigation', { name: 'Reports', exact: true })
    .getByRole('link', { name: 'Promises kept' })
    .click();
  await page.getByLabel('Period', { exact: true }).fill('2026-10');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.locator('.facts').first().innerText()).resolves.toContain('2026-10');
  const row = page.locator('#sales tr', { hasText: 'first-response' });
  const breached = row.locator('td[data-column="breached"] a');
  const count = Number((await breached.innerText()).replaceAll(',', ''));
  await breached.click();
  await expect(page.locator('h2#list').innerText()).resolves.toBe(count === 1 ? 'One entry' : `${count} entries`);
  await page.locator('tbody a').first().click();
  await expect(page.locator('h1').innerText()).resolves.toMatch(/^Why lead /);
  // Its policy forbids a page nothing that it does itself.
  expect(complaints).toEqual([]);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto('/reports');
  await expect(page.locator('h1').innerText()).resolves.toBe('Sign in to read reports');
  await context.close();
});

test('the keyboard alone reaches the form, past everything above it by the first link', async () => {
  const { context, page } = await signedIn();
  await page.goto(`/reports/compliance?${MONTH}`);
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  for (let count = 0; count < 20 && !(await isFocused(page, 'ask-period')); count += 1)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('2026-11');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/reports/compliance?period=2026-11*');
  await context.close();
});

const isFocused = (page: Page, id: string): Promise<boolean> =>
  page.evaluate<boolean>(`document.activeElement.id === '${id}'`);

test('no script of another can run, and no other site can frame a page', async () => {
  const { context, page } = await signedIn();
  await page.goto(`/reports/compliance?${MONTH}`);
  await page.evaluate(`{
    const script = document.createElement('script');
    script.textContent = 'globalThis.wasRun = true';
    document.body.append(script);
  }`);
  expect(await page.evaluate(`'wasRun' in globalThis`)).toBe(false);
  const framing = await browser.newPage();
  await framing.setContent(`<iframe src="${api.url}/reports/sign-in"></iframe>`);
  await framing.waitForTimeout(0);
  expect(await framing.frames()[1]!.evaluate('document.body.innerText')).not.toContain('Sign in');
  await context.close();
});

/** What A4 leaves between its margins, upright on its long side, at 96 px an inch. */
const PAPER_PX = 1031;

test('on paper no page is wider than the sheet, and no number goes over two lines', async () => {
  const { context, page } = await signedIn({ viewport: { width: PAPER_PX, height: 700 } });
  await page.emulateMedia({ media: 'print' });
  const found: string[] = [];
  for (const { name, path } of pagesToSee()) {
    await page.goto(path);
    const overflowPx = await page.evaluate<number>(`document.documentElement.scrollWidth - ${PAPER_PX}`);
    if (overflowPx > 0) found.push(`${name} is ${overflowPx} px too wide`);
    const broken = await page.evaluate<number>(
      `[...document.querySelectorAll('td.number')].filter((cell) => getComputedStyle(cell).whiteSpace !== 'nowrap').length`,
    );
    if (broken > 0) found.push(`${name} may break ${broken} numbers`);
  }
  await context.close();
  expect(found).toEqual([]);
});

test('on paper there is the report alone, black on white, with nothing cut off', async () => {
  const { context, page } = await signedIn({ ...desk, colorScheme: 'dark' });
  await page.goto(`/reports/compliance?${MONTH}`);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const hidden of ['form', '.bar', '.ways']) {
    for (const one of await page.locator(hidden).all()) expect(await one.isVisible()).toBe(false);
  }
  const colours = await page.evaluate(`({
    ink: getComputedStyle(document.querySelector('h1')).color,
    drawn: getComputedStyle(document.querySelector('svg text')).fill,
  })`);
  expect(colours).toEqual({ ink: 'rgb(29, 39, 51)', drawn: 'rgb(29, 39, 51)' });
  const paper = await page.pdf({ preferCSSPageSize: true, ...(pictures && { path: join(pictures, 'paper.pdf') }) });
  expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
  await context.close();
});
