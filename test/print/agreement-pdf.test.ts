/** Promise: the page that two heads sign is one page, says every commitment, and names the hash that they sign. */
import {
  onePageOf,
  paperSizes,
  type AgreementDocument,
  type OnePage,
  type PaperSize,
} from '../../src/documents/index.js';
import { printAgreement } from '../../src/print/agreement-pdf.js';
import { agreementText, readAgreement } from '../documents/spec-agreement.js';
import { readPdf } from './pdf-text.js';

const { document, terms } = readAgreement(agreementText);
const key = terms!.key;
const date = new Date('2026-09-24T14:00:00Z');
const signed = { person: 'head-of-marketing', on: 'Thu 24 Sep 2026, 10:00 EDT' };

const pageOf = (of: AgreementDocument = document!): OnePage =>
  onePageOf(of, { key, version: 3, status: 'signed', signatures: { marketing: signed } });
const printed = async (page: OnePage, paper: PaperSize = 'a4') => readPdf(await printAgreement(page, { paper, date }));
const squeezed = (text: string): string => text.replaceAll(/[\s-]+/g, '');

/** The example with as many targets as make that many commitments. */
function withCommitments(count: number): AgreementDocument {
  const missing = count - Object.keys(document!.clocks).length - Object.keys(document!.targets!).length;
  const more = Array.from({ length: missing }, (_, index) => [
    `another-promise-${index}`,
    { party: 'sales', atLeast: 9 },
  ]);
  return { ...document!, targets: { ...document!.targets, ...Object.fromEntries(more) } };
}

describe.each(paperSizes)('the example on %s', (paper) => {
  test('is one page', async () => {
    expect((await printed(pageOf(), paper)).pageCount).toBe(1);
  });

  test('says every line of the page, letter by letter', async () => {
    const page = pageOf();
    const text = squeezed((await printed(page, paper)).text);
    const lines = [
      page.title,
      ...page.dates,
      ...page.sides.flatMap(({ heading, commitments }) => [
        heading,
        ...commitments.flatMap((one) => [one.lead, one.text]),
      ]),
      ...page.sections.flatMap(({ title, lines: own }) => [title, ...own.flatMap((line) => [line.lead, line.text])]),
    ];
    expect(lines.filter((line) => !text.includes(squeezed(line)))).toEqual([]);
  });

  test('names the hash that is signed, and who signed when', async () => {
    const { text } = await printed(pageOf(), paper);
    expect(text).toContain(`inbound-saas, version 3 with SHA-256 ${key}`);
    expect(text).toContain('For marketing: head of marketing head-of-marketing Signed on Thu 24 Sep 2026, 10:00 EDT');
    expect(text).toContain('For sales: head of sales Name, signature, date');
  });
});

test('as many commitments as the lint allows fit one page', async () => {
  expect((await printed(pageOf(withCommitments(28)), 'a4')).pageCount).toBe(1);
  expect((await printed(pageOf(withCommitments(28)), 'letter')).pageCount).toBe(1);
});

test('what one page cannot hold in readable type goes on a second one', async () => {
  expect((await printed(pageOf(withCommitments(50)))).pageCount).toBe(2);
});

test('the same page printed twice gives the same bytes', async () => {
  const [once, again] = [
    await printAgreement(pageOf(), { paper: 'a4', date }),
    await printAgreement(pageOf(), { paper: 'a4', date }),
  ];
  expect(Buffer.compare(once, again)).toBe(0);
});

test('nothing in it is fetched from elsewhere', async () => {
  const source = Buffer.from(await printAgreement(pageOf(), { paper: 'a4', date })).toString('latin1');
  expect(source).not.toMatch(/\/URI|https?:\/\/(?!ns\.adobe|www\.w3|purl)/);
});
