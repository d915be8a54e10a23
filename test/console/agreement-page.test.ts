/** Promise: pages about agreements are whole in themselves, escape what they are given, and leave nothing out. */
import { renderAgreementPage } from '../../src/console/agreement-page.js';
import { renderDiffPage } from '../../src/console/agreement-diff-page.js';
import { diffAgreements, onePageOf } from '../../src/documents/index.js';
import { agreementText, readAgreement } from '../documents/spec-agreement.js';

const { document, terms } = readAgreement(agreementText);
const occasion = { key: terms!.key, version: 3, status: 'in-review', signatures: {} } as const;
const page = onePageOf(document!, occasion);
const html = renderAgreementPage(page);
const textOf = (source: string): string =>
  source
    .replace(/<style>[\s\S]*<\/style>/, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

test('the page says every commitment, every rule and the hash', () => {
  const lines = [
    ...page.sides.flatMap(({ commitments }) => commitments.flatMap(({ lead, text }) => [lead, text])),
    ...page.sections.flatMap((section) => section.lines.flatMap(({ lead, text }) => [lead, text])),
    `inbound-saas, version 3 · in review`,
    terms!.key,
  ];
  const text = textOf(html);
  expect(lines.filter((line) => !text.includes(line))).toEqual([]);
});

test('it fetches nothing, and is for both colour schemes and for paper', () => {
  expect(html).not.toMatch(/<(script|link|img|iframe)|src=|url\(|@import|https?:/);
  expect(html).toContain('color-scheme: light dark');
  expect(html).toContain('@media print');
});

test('headings go down one by one, tables have names and rows have headers', () => {
  const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
  expect(levels).toEqual([1, ...levels.slice(1).map(() => 2)]);
  const tables = html.match(/<table[^>]*>/g)!;
  expect(tables.every((table) => /aria-label/.test(table))).toBe(true);
  expect(html.match(/<tr>/g)!.length).toBe(html.match(/<th scope="row">/g)!.length);
});

test('what a document says is never markup', () => {
  const wicked = onePageOf({ ...document!, title: '<script>alert(1)</script>' }, occasion);
  expect(renderAgreementPage(wicked)).not.toContain('<script>');
});

describe('the page of a diff', () => {
  const later = readAgreement(agreementText.replace('within: 4h', 'within: 2h').replace('CA]', 'CA, "<b>"]')).document!;
  const view = { before: 'inbound-saas, version 3', after: 'inbound-saas, version 4' };

  test('says every change under its part, escaped', () => {
    const changes = diffAgreements(document!, later);
    const text = renderDiffPage({ ...view, changes });
    expect(textOf(text)).toContain('Clocks What Before After First response 4 h 2 h');
    expect(text).toContain('US / CA / &lt;b&gt;');
    expect(textOf(text)).toContain('2 changes from inbound-saas, version 3');
  });

  test('says so when there is none', () => {
    expect(textOf(renderDiffPage({ ...view, changes: [] }))).toContain('says the same as inbound-saas, version 3');
  });
});
