/** Promise: two documents are compared in the words of the agreement, and nothing of a change is left out. */
import { parse } from 'yaml';
import {
  diffAgreements,
  formatChange,
  setPaths,
  type AgreementDocument,
  type Lines,
} from '../../../src/documents/index.js';
import { agreementText, readAgreement } from '../spec-agreement.js';

const before = readAgreement(agreementText).document!;
const withLines = (lines: Lines): AgreementDocument => {
  const { document, flaws } = setPaths(before, lines);
  if (document === undefined) throw new Error(flaws.map(({ message }) => message).join('\n'));
  return document as AgreementDocument;
};
const said = (lines: Lines): string[] => diffAgreements(before, withLines(lines)).map(formatChange);

describe('a change is told in the words of the agreement', () => {
  test.each<{ label: string; lines: Lines; says: readonly string[] }>([
    { label: 'nothing', lines: {}, says: [] },
    { label: 'a target', lines: { 'clocks.first-response.within': '2h' }, says: ['first response: 4 h → 2 h'] },
    {
      label: 'the target of a segment',
      lines: { 'clocks.first-response.overrides.1.within': '1h' },
      says: ['first response, enterprise: 2 h → 1 h'],
    },
    {
      label: 'a new override',
      lines: { 'clocks.first-response.overrides.2': { when: [{ segment: 'mid-market' }], within: '3h' } },
      says: ['first response, mid market: new, 3 h'],
    },
    {
      label: 'an override taken out',
      lines: { 'clocks.first-response.overrides.0': null },
      says: ['first response, high priority: taken out, was 1 h'],
    },
    {
      label: 'overrides in another order',
      lines: { 'clocks.first-response.overrides': [...before.clocks['first-response']!.overrides!].reverse() },
      says: ['first response, exceptions, order: high priority, enterprise → enterprise, high priority'],
    },
    {
      label: 'a share that must be met',
      lines: { 'clocks.first-response.goal': '95%' },
      says: ['first response, share to be met: 90% → 95%'],
    },
    {
      label: 'a warning',
      lines: { 'clocks.first-response.warn': ['50%', '1h left'] },
      says: ['first response, warning: new, 1h left', 'first response, warning: taken out, was 75%'],
    },
    {
      label: 'a whole promise',
      lines: { 'clocks.enrichment': null },
      says: ['enrichment: taken out, was marketing, enriched within 1 h of handed off, in 95% of cases'],
    },
    {
      label: 'touches',
      lines: { 'clocks.touches.until.touches': 8, 'clocks.touches.until.spacing': '1d' },
      says: ['touches: 6 → 8', 'touches, spacing: 4 h → 1 day'],
    },
    {
      label: 'a tier',
      lines: { 'ladders.not-followed-up.1.after': '2h', 'ladders.not-followed-up.1.to': ['cro'] },
      says: ['ladder not followed up, tier 2: 4 h → 2 h', 'ladder not followed up, tier 2, to: vp-sales → cro'],
    },
    {
      label: 'a new tier',
      lines: { 'ladders.stale.2': { on: 'breach', after: '16h', to: ['cro'] } },
      says: ['ladder stale, tier 3: new, 16 h after the breach: CRO'],
    },
    {
      label: 'a closed day',
      lines: {
        'calendars.sales-us-west.closed': ['2026-12-25', '2027-01-01', '2027-01-18', '2027-05-31', '2027-07-05'],
      },
      says: [
        'calendar sales us west, closed day: new, 2027-07-05',
        'calendar sales us west, closed day: taken out, was 2026-11-26',
      ],
    },
    {
      label: 'hours of a day',
      lines: { 'calendars.sales-us-east.exceptions.2026-12-24': [] },
      says: ['calendar sales us east, hours on 2026-12-24: 09:00-12:00 → none'],
    },
    {
      label: 'a reason',
      lines: { 'reasons.disposition.0.wakeAfter': '90d', 'reasons.rejection.2.notes': 'required' },
      says: [
        'rejection reason "duplicate", notes: optional → required',
        'disposition reason "no response", comes back after: 60 days → 90 days',
      ],
    },
    {
      label: 'a monthly target, also of a segment',
      lines: { 'targets.mql-volume.atLeast': 1200, 'targets.mql-volume.bySegment.smb': 1000 },
      says: ['mql volume, at least: 500 → 1,200', 'mql volume, smb: 300 → 1,000'],
    },
    {
      label: 'a new target',
      lines: { 'targets.first-response-median': { party: 'sales', atMost: '90m' } },
      says: ['first response median: new, sales, at most 90 min'],
    },
    {
      label: 'who is an MQL',
      lines: { 'qualification.mql.fit.1.gte': 100, 'qualification.mql.engagement.2.within': '60d' },
      says: [
        'MQL, employees: at least 50 → at least 100',
        'MQL by engagement, content download: × 3 within 30 days → × 3 within 60 days',
      ],
    },
    {
      label: 'when it takes effect and is looked at again',
      lines: { effectiveFrom: '2027-01-01', reviewBy: '2027-03-31' },
      says: ['in force from: 2026-10-01 → 2027-01-01', 'to be reviewed by: 2026-12-31 → 2027-03-31'],
    },
    {
      label: 'a review',
      lines: { 'reviews.monthly.minutes': 30, 'reviews.weekly.agenda.0': 'pipeline' },
      says: [
        'weekly review, agenda: new, pipeline',
        'weekly review, agenda: taken out, was mql-volume',
        'monthly review, minutes: 60 → 30',
      ],
    },
    {
      label: 'a team of the routing',
      lines: { 'routing.3.team': 'sdr-east' },
      says: ['routing, round robin for region west, team: sdr-west → sdr-east'],
    },
    {
      label: 'a step of the cadence',
      lines: { 'cadence.2.template': 'say-hello' },
      says: ['cadence, day 2, linkedin, template: connect → say-hello'],
    },
    {
      label: 'two values that are said alike',
      lines: { 'qualification.mql.fit.0.in': ['US / CA'] },
      says: ['MQL, country: {"field":"country","in":["US","CA"]} → {"field":"country","in":["US / CA"]}'],
    },
    {
      label: 'something without words of its own, by its path',
      lines: { 'clocks.touches.colour': 'red' },
      says: ['clocks.touches.colour: new, red'],
    },
  ])('$label', ({ lines, says }) => expect(said(lines)).toEqual(says));
});

test('a change names its part, its place and both values for machines', () => {
  expect(diffAgreements(before, withLines({ 'clocks.first-response.overrides.1.within': '1h' }))).toEqual([
    {
      part: 'clocks',
      what: 'first response, enterprise',
      path: 'clocks.first-response.overrides.1.within',
      before: '2 h',
      after: '1 h',
    },
  ]);
});

test('what only stands elsewhere in the file is no change', () => {
  const turned = Object.fromEntries(Object.entries(before).reverse()) as AgreementDocument;
  expect(diffAgreements(before, turned)).toEqual([]);
});

interface Leaf {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

const leavesOf = (value: unknown, path: Leaf['path'] = []): readonly Leaf[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, part]) =>
        leavesOf(part, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : [{ path, value }];

const changedAt = ([key, ...rest]: Leaf['path'], value: unknown, leaf: unknown): unknown => {
  if (key === undefined) return leaf;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  const slots = copy as Record<string | number, unknown>;
  slots[key] = changedAt(rest, slots[key], leaf);
  if (slots[key] === undefined && Array.isArray(copy)) copy.splice(Number(key), 1);
  else if (slots[key] === undefined) Reflect.deleteProperty(copy, key);
  return copy;
};

const otherThan = (value: unknown): unknown =>
  typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${String(value)}x`;

describe('nothing of a change is left out', () => {
  const whole: unknown = parse(agreementText, { version: '1.2' });
  const leaves = leavesOf(whole);

  test('every value of the example, written otherwise, is told, and nothing else is', () => {
    const silent = leaves.filter(({ path, value }) => {
      const changes = diffAgreements(before, changedAt(path, before, otherThan(value)) as AgreementDocument);
      const here = path.join('.');
      const isTold = changes.some((change) => here === change.path || here.startsWith(`${change.path}.`));
      // A new name also moves what it names: the entry is gone and another is there, at the same place.
      const elsewhere = changes.filter((change) => !here.startsWith(change.path));
      return !isTold || elsewhere.length > 0;
    });
    expect(leaves.length).toBeGreaterThan(380);
    expect(silent.map(({ path }) => path.join('.'))).toEqual([]);
  });

  test('every value of the example, taken out or put in, is told in both directions', () => {
    const silent = leaves.filter(({ path }) => {
      const without = changedAt(path, before, undefined) as AgreementDocument;
      return diffAgreements(before, without).length === 0 || diffAgreements(without, before).length === 0;
    });
    expect(silent.map(({ path }) => path.join('.'))).toEqual([]);
  });

  test('every list of the example, turned round, is told', () => {
    const lists = [...new Set(leaves.map(({ path }) => path.slice(0, -1)).map((path) => JSON.stringify(path)))]
      .map((path) => JSON.parse(path) as Leaf['path'])
      .map((path) => ({
        path,
        value: path.reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], whole),
      }))
      .filter(
        (list): list is { path: Leaf['path']; value: unknown[] } => Array.isArray(list.value) && list.value.length > 1,
      );
    const silent = lists.filter(({ path, value }) => {
      const turned = changedAt(path, before, [...value].reverse()) as AgreementDocument;
      return diffAgreements(before, turned).length === 0;
    });
    expect(lists.length).toBeGreaterThan(20);
    expect(silent.map(({ path }) => path.join('.'))).toEqual([]);
  });
});
