/** Promise: the page for signatures is made from the document, in plain sentences, and leaves out no commitment. */
import { onePageOf, setPaths, type AgreementDocument, type Lines } from '../../../src/documents/index.js';
import { agreementText, readAgreement } from '../spec-agreement.js';

const { document, terms } = readAgreement(agreementText);
const occasion = { key: terms!.key, version: 3, status: 'signed', signatures: {} } as const;
const page = onePageOf(document!, occasion);
const pageWith = (lines: Lines) => onePageOf(setPaths(document!, lines).document as AgreementDocument, occasion);
const sentenceOf = (name: string, of = page) =>
  of.sides.flatMap(({ commitments }) => commitments).find((commitment) => commitment.name === name);

test('every clock, target and deliverable stands on the side of its party', () => {
  const { clocks, targets = {}, deliverables = [] } = document!;
  const promises = [
    ...Object.entries(clocks).map(([name, { party }]) => `${party} ${name}`),
    ...Object.entries(targets).map(([name, { party }]) => `${party} ${name}`),
    ...deliverables.map(({ name, party }) => `${party} ${name}`),
  ];
  const there = page.sides.flatMap(({ party, commitments }) => commitments.map(({ name }) => `${party} ${name}`));
  expect(there.sort()).toEqual(promises.sort());
});

describe('a promise is a plain sentence', () => {
  test.each([
    ['notification', 'Tell the owner of the lead within 5 min of the hand-off.', '99%'],
    ['acceptance', 'Accept or reject the lead within 8 working hours of the hand-off.', '95%'],
    [
      'first-response',
      'Reach out in person within 4 working hours of the hand-off (high priority: 1 h, enterprise: 2 h).',
      '90%',
    ],
    [
      'touches',
      'Make at least 6 touches on at least 3 channels, 4 h apart on each, unless the prospect answers, within 14 days of acceptance.',
      '80%',
    ],
    [
      'status-update',
      'Post a status or make a touch at least every 48 h, from acceptance on, by the calendar “weekdays”.',
      '90%',
    ],
    ['closure', 'Bring the lead to an end within 30 days of the hand-off or its return.', '95%'],
    ['mql-volume', 'Deliver at least 500 MQLs a month (enterprise 50, mid-market 150, SMB 300).', null],
    ['data-completeness', '100% of leads arrive with every required field.', null],
    ['marketing-sourced-pipeline', 'Bring at least 750,000 USD of pipeline a month.', null],
    ['customer stories for outbound', 'Customer stories for outbound, every month, by marketing ops.', null],
  ])('%s', (name, text, goal) => expect(sentenceOf(name)).toMatchObject({ text, goal }));

  test('follows the data', () => {
    const changed = pageWith({
      'clocks.first-response.within': '90m',
      'clocks.first-response.overrides': null,
      'targets.first-calls': { party: 'sales', atLeast: 1200 },
    });
    expect(sentenceOf('first-response', changed)!.text).toBe(
      'Reach out in person within 90 working minutes of the hand-off.',
    );
    expect(sentenceOf('first-calls', changed)).toMatchObject({ lead: 'First calls', text: 'At least 1,200 a month.' });
  });
});

test('the words of the promises are defined, and what follows from them is said', () => {
  const lines = page.sections.flatMap((section) => section.lines.map(({ lead, text }) => `${lead}: ${text}`));
  expect(page.sections.map(({ title }) => title)).toEqual([
    'Definitions',
    'Reasons',
    'When a promise is missed',
    'Reviews',
  ]);
  expect(lines).toEqual(
    expect.arrayContaining([
      'Sales-qualified: Need, budget, authority and timeline confirmed, or demo held or engaged reply.',
      'Segments: Enterprise (employees at least 1,000), mid-market (employees at least 200), SMB (all others).',
      'Worked, to recycle: No response (after the touches, back after 60 days), bad timing (back on a date).',
      'Quality dispute: At the start: marketing ops; at the breach: CMO and CRO. For dispute resolution.',
      'Any breach: Weekly review; 2 weeks below goal: executive review.',
      'Quarterly: Second Wednesday of last month of quarter 15:00, with CMO, CRO, head of marketing and head of sales.',
    ]),
  );
});

test('whoever must sign stands on it, with the hash', () => {
  expect(page).toMatchObject({
    title: 'Inbound SaaS leads, United States and Canada',
    name: 'inbound-saas, version 3',
    dates: ['in force from 1 October 2026', 'to be reviewed by 31 December 2026'],
    key: terms!.key,
    signatures: [
      { party: 'marketing', signer: 'head of marketing', signed: null },
      { party: 'sales', signer: 'head of sales', signed: null },
    ],
  });
});

test('the least agreement has a page too', () => {
  const least = {
    name: 'least',
    calendars: { always: { timeZone: 'UTC', hours: { 'mon-sun': ['00:00-24:00'] } } },
    defaultCalendar: 'always',
    clocks: {},
  } satisfies AgreementDocument;
  const { sections, sides } = onePageOf(least, occasion);
  expect(sides.map(({ commitments }) => commitments)).toEqual([[], []]);
  expect(sections.map(({ title }) => title)).toEqual(['Definitions']);
});
