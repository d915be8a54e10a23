import { agreementText, novemberAt, places, readAgreement, spoilt } from './spec-agreement.js';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { canonicalJson, documentKey, formatMistake, parseAgreement, termsOf } from '../../src/documents/index.js';
import type { AgreementTerms } from '../../src/domain/agreement/index.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const requireTerms = (text: string): AgreementTerms => {
  const { terms, mistakes } = readAgreement(text);
  if (terms === undefined) throw new Error(mistakes.map(formatMistake).join('\n'));
  return terms;
};

describe('an agreement in its written form', () => {
  const terms = requireTerms(agreementText);

  test('gives durations in milliseconds and shares in parts per million', () => {
    expect(terms.clocks['first-response']).toEqual({
      party: 'sales',
      from: ['handed-off'],
      until: 'touched',
      repeats: false,
      withinMs: 4 * HOUR_MS,
      overrides: [
        { when: [{ priority: 'high' }], withinMs: HOUR_MS },
        { when: [{ segment: 'enterprise' }], withinMs: 2 * HOUR_MS },
      ],
      warn: [
        { text: '50%', sharePpm: 500_000 },
        { text: '75%', sharePpm: 750_000 },
      ],
      ladder: 'not-followed-up',
      goalPpm: 900_000,
    });
    expect(terms.clocks['touches']!.warn).toEqual([{ text: '72h left', leftMs: 72 * HOUR_MS }]);
    expect(terms.clocks['touches']!.until).toEqual({ touches: 6, channels: 3, spacingMs: 4 * HOUR_MS });
    expect(terms.clocks['closure']!.from).toEqual(['handed-off', 'woken']);
  });

  test('gives tiers, reasons and conditions with what they leave out filled in', () => {
    expect(terms.ladders['not-followed-up']![1]).toEqual({
      on: 'breach',
      afterMs: 4 * HOUR_MS,
      to: ['vp-sales'],
      reassign: true,
      holdOnAcknowledgeMs: 0,
      urgent: false,
    });
    expect(terms.reasons.disposition.slice(0, 2)).toEqual([
      {
        id: 'no-response',
        route: 'recycle',
        notes: 'optional',
        needs: 'touches',
        wakeAfterMs: 60 * DAY_MS,
        wakeOnRequired: false,
      },
      { id: 'bad-timing', route: 'recycle', notes: 'optional', wakeOnRequired: true },
    ]);
    expect(terms.qualification.engagement[2]).toEqual({ action: 'content-download', count: 3, withinMs: 30 * DAY_MS });
    expect(terms.routing[0]).toEqual({ rule: 'existing-owner', when: [] });
  });

  test('keys each calendar by its meaning and the zone release', () => {
    expect(Object.keys(terms.calendarKeys)).toEqual(Object.keys(terms.calendars));
    expect(new Set(Object.values(terms.calendarKeys)).size).toBe(5);
    expect(terms.zoneRelease).toBe(calendarKeys.zoneRelease);
  });

  test('reads YAML 1.2: on is a word, a date is text, 24:00 is text, NO is Norway', () => {
    const { document } = readAgreement(
      agreementText.replace('in: [US, CA]', 'in: [US, NO, on]').replace('minutes: 60', 'minutes: 0x3c'),
    );
    expect(document!.calendars['sales-us-east']!.closed![0]).toBe('2026-11-26');
    expect(document!.calendars['always']!.hours['mon-sun']).toEqual(['00:00-24:00']);
    expect(document!.qualification!.mql!.fit![0]!.in).toEqual(['US', 'NO', 'on']);
    expect(document!.ladders!['stale']![0]!.on).toBe('breach');
  });

  test('fills in the defaults of the parts it leaves out', () => {
    const least = `
name: least
calendars: { always: { timeZone: UTC, hours: { mon-sun: ["00:00-24:00"] } } }
defaultCalendar: always
clocks: { touches: { party: sales, from: accepted, until: { touches: 2 }, within: 4h, ladder: short } }
ladders: { short: [{ to: [owner] }] }
`;
    const { clocks, ladders, ...rest } = requireTerms(least);
    expect(clocks['touches']!.until).toEqual({ touches: 2, channels: 1, spacingMs: 0 });
    expect(ladders['short']![0]).toMatchObject({ on: 'breach', afterMs: 0, reassign: false, holdOnAcknowledgeMs: 0 });
    expect(rest).toMatchObject({
      recycle: { maxCycles: 3, coolOffMs: 30 * DAY_MS },
      nurture: { limitMs: 180 * DAY_MS },
      dispute: { pauses: 'sales', perCycle: 1 },
      pause: {},
      nextStep: { furthestMs: 10 * DAY_MS },
      lateLogging: { countsWithinMs: DAY_MS },
      segments: [],
      routing: [],
      cadence: [],
    });
  });
});

describe('the key of an agreement', () => {
  const { document, terms } = readAgreement(agreementText);

  test('stays the same when the document is stored as canonical JSON and read again', () => {
    const again = readAgreement(canonicalJson(document));
    expect(again.document).toEqual(document);
    expect(again.terms).toEqual(terms);
  });

  test('does not depend on the order of keys', () => {
    const turned = Object.fromEntries(Object.entries(document!).reverse());
    expect(documentKey(turned, calendarKeys.zoneRelease)).toBe(terms!.key);
  });

  test('is another for another document and for another zone release', () => {
    const other = readAgreement(agreementText.replace('within: 4h', 'within: 5h'));
    expect(other.terms!.key).not.toBe(terms!.key);
    expect(documentKey(document, '2027a')).not.toBe(terms!.key);
  });

  test('is SHA-256 and does not depend on the version number', () => {
    expect(terms!.key).toMatch(/^[0-9a-f]{64}$/);
    expect(termsOf(document!, { version: 7 }, calendarKeys)).toEqual({ ...terms, version: 7 });
  });
});

describe('a mistake in an agreement is told with line, path, what was found and what is allowed', () => {
  test.each([
    {
      label: 'an unknown part, with the word it was probably meant to be',
      passage: 'recycle: { maxCycles: 3, coolOff: 30d }',
      instead: 'recyle: { maxCycles: 3, coolOff: 30d }',
      path: 'recyle',
      says: [/"recyle" is not known here/, /Did you mean "recycle"/],
    },
    {
      label: 'an unknown key of a known part',
      passage: 'pause: { longest: 10d, perCycle: 2 }',
      instead: 'pause: { longest: 10d, perCicle: 2 }',
      path: 'pause.perCicle',
      says: [/known are longest, perCycle/, /Did you mean "perCycle"/],
    },
    {
      label: 'a party that there is not',
      passage: 'party: marketing, from: handed-off, until: notified',
      instead: 'party: marketting, from: handed-off, until: notified',
      path: 'clocks.notification.party',
      says: [/found "marketting"; expected marketing or sales/, /Did you mean "marketing"/],
    },
    {
      label: 'a milestone that there is not, where a clock starts',
      passage: 'from: [handed-off, woken]',
      instead: 'from: [handed-off, awoken]',
      path: 'clocks.closure.from.1',
      says: [/found "awoken"/, /Did you mean "woken"/],
    },
    {
      label: 'a milestone that there is not, where it ends',
      passage: 'until: enriched',
      instead: 'until: enrichd',
      path: 'clocks.enrichment.until',
      says: [/found "enrichd"/, /Did you mean "enriched"/],
    },
    {
      label: 'a duration without a unit',
      passage: 'within: 4h',
      instead: 'within: 4',
      path: 'clocks.first-response.within',
      says: [/found the number 4; expected a duration with its units, such as 4h/],
    },
    {
      label: 'a duration with an unknown unit',
      passage: 'limit: 180d',
      instead: 'limit: 6mo',
      path: 'nurture.limit',
      says: [/found "6mo"; expected a duration/],
    },
    {
      label: 'a duration in milliseconds, which only an overshoot may have',
      passage: 'within: 5m',
      instead: 'within: 300000ms',
      path: 'clocks.notification.within',
      says: [/found "300000ms"; expected a duration/],
    },
    {
      label: 'a share above the whole',
      passage: 'goal: 99%',
      instead: 'goal: 990%',
      path: 'clocks.notification.goal',
      says: [/found "990%"; expected a share such as 75%/],
    },
    {
      label: 'a warning point that is neither share nor time left',
      passage: 'warn: [72h left]',
      instead: 'warn: [72h]',
      path: 'clocks.touches.warn.0',
      says: [/found "72h"; expected a share of the target such as 75%, or time left/],
    },
    {
      label: 'a clock without a target',
      passage: 'within: 18h, ',
      instead: '',
      path: 'clocks.dispute-resolution.within',
      says: [/"within" is missing; expected a duration/],
    },
    {
      label: 'a map where a list is wanted',
      passage: 'requiredFields: [email, firstName, lastName, company, jobTitle, jobLevel, country, employees, source]',
      instead: 'requiredFields: { email: true }',
      path: 'qualification.requiredFields',
      says: [/found a map; expected a list/],
    },
    {
      label: 'more channels than there are',
      passage: 'channels: 3',
      instead: 'channels: 7',
      path: 'clocks.touches.until.channels',
      says: [/found the number 7; expected a number of at most 6/],
    },
    {
      label: 'a condition without an operator',
      passage: '{ field: employees, gte: 50 }',
      instead: '{ field: employees }',
      path: 'qualification.mql.fit.1',
      says: [/with in, gte or exists/],
    },
    {
      label: 'a condition on nothing that is known',
      passage: '{ action: demo-request, within: 7d }',
      instead: '{ deed: demo-request, within: 7d }',
      path: 'qualification.highPriority.1',
      says: [/a condition with one of field, action, signal/],
    },
    {
      label: 'a routing rule that there is not',
      passage: '{ rule: queue, team: sdr-east }',
      instead: '{ rule: queu, team: sdr-east }',
      path: 'routing.5.rule',
      says: [/found "queu"/, /Did you mean "queue"/],
    },
    {
      label: 'a date that there is not',
      passage: 'effectiveFrom: 2026-10-01',
      instead: 'effectiveFrom: 2026-02-30',
      path: 'effectiveFrom',
      says: [/found "2026-02-30"; expected a date/],
    },
    {
      label: 'an unknown time zone of a calendar',
      passage: 'timeZone: America/Los_Angeles',
      instead: 'timeZone: America/Hollywood',
      path: 'calendars.sales-us-west.timeZone',
      says: [/"America\/Hollywood" is no IANA time zone/],
    },
    {
      label: 'a time zone with letters swapped',
      passage: 'timeZone: America/Los_Angeles',
      instead: 'timeZone: America/Los_Angelse',
      path: 'calendars.sales-us-west.timeZone',
      says: [/no IANA time zone. Did you mean "America\/Los_Angeles"/],
    },
    {
      label: 'a condition whose subject is misspelt',
      passage: '{ field: employees, gte: 1000 }',
      instead: '{ feild: employees, gte: 1000 }',
      path: 'segments.0.when.0',
      says: [/a condition with one of field, action, signal. Did you mean "field"/],
    },
    {
      label: 'an unknown time zone of the agreement',
      passage: 'timeZone: America/New_York          #',
      instead: 'timeZone: New_York          #',
      path: 'timeZone',
      says: [/"New_York" is no IANA time zone/],
    },
    {
      label: 'a day that has hours twice',
      passage: 'hours: { mon-thu: ["09:00-18:00"], fri: ["09:00-15:00"] }',
      instead: 'hours: { mon-fri: ["09:00-18:00"], fri: ["09:00-15:00"] }',
      path: 'calendars.marketing-us.hours.fri',
      says: [/"fri" already has its hours under "mon-fri"/],
    },
    {
      label: 'hours that cross midnight',
      passage: '["09:00-17:00"]',
      instead: '["17:00-09:00"]',
      path: 'calendars.sales-us-east.hours.mon-fri.0',
      says: [/ends before it starts; write "17:00-24:00"/],
    },
    {
      label: 'a default calendar that there is not',
      passage: 'defaultCalendar: sales-us-east',
      instead: 'defaultCalendar: sales-us-est',
      path: 'defaultCalendar',
      says: [/no calendar "sales-us-est"/, /Did you mean "sales-us-east"/],
    },
    {
      label: 'a calendar of a clock that there is not',
      passage: 'within: 18h, calendar: marketing-us',
      instead: 'within: 18h, calendar: marketing-uk',
      path: 'clocks.dispute-resolution.calendar',
      says: [/no calendar "marketing-uk"/, /Did you mean "marketing-us"/],
    },
    {
      label: 'a calendar of a review that there is not',
      passage: 'executive: { within: 40h, calendar: sales-us-east',
      instead: 'executive: { within: 40h, calendar: sales',
      path: 'reviews.executive.calendar',
      says: [/no calendar "sales" in this agreement; there are sales-us-east/],
    },
    {
      label: 'a ladder that there is not',
      passage: 'ladder: quality-dispute',
      instead: 'ladder: quality-disputes',
      path: 'clocks.dispute-resolution.ladder',
      says: [/no ladder "quality-disputes"/, /Did you mean "quality-dispute"/],
    },
    {
      label: 'a segment of an override that there is not',
      passage: '{ segment: enterprise }',
      instead: '{ segment: enterprises }',
      path: 'clocks.first-response.overrides.1.when.0.segment',
      says: [/no segment "enterprises"/, /Did you mean "enterprise"/],
    },
    {
      label: 'a segment of a target that there is not',
      passage: 'mid-market: 150',
      instead: 'midmarket: 150',
      path: 'targets.mql-volume.bySegment.midmarket',
      says: [/no segment "midmarket"/],
    },
    {
      label: 'a review that there is not',
      passage: 'breaches: { first: weekly',
      instead: 'breaches: { first: weakly',
      path: 'breaches.first',
      says: [/no review "weakly"/, /Did you mean "weekly"/],
    },
    {
      label: 'a reason that stands twice',
      passage: '- { id: no-budget, route: nurture, notes: optional }',
      instead: '- { id: not-icp, route: nurture, notes: optional }',
      path: 'reasons.disposition.7.id',
      says: [/"not-icp" already stands at reasons.disposition.3/],
    },
    {
      label: 'a segment that stands twice',
      passage: '- { name: smb }',
      instead: '- { name: smb }\n  - { name: smb }',
      path: 'segments.3.name',
      lower: 1,
      says: [/"smb" already stands at segments.2/],
    },
    {
      label: 'a warning point that stands twice',
      passage: 'warn: [50%, 75%]',
      instead: 'warn: [50%, 50%]',
      path: 'clocks.first-response.warn.1',
      says: [/"50%" already stands at clocks.first-response.warn.0/],
    },
  ])('$label', ({ passage, instead, path, says, lower = 0 }) => {
    const { text, line } = spoilt(agreementText, passage, instead);
    const { mistakes } = readAgreement(text);
    expect(places(mistakes)).toEqual([`${line + lower} ${path}`]);
    for (const pattern of says) expect(mistakes[0]!.message).toMatch(pattern);
  });

  test('the column points at the value, or at a key that is not known', () => {
    const wrongValue = readAgreement('name: x\ncalendars: {}\ndefaultCalendar:   7\nclocks: {}\n').mistakes[0]!;
    expect(wrongValue).toMatchObject({ file: 'agreement.yaml', line: 3, column: 20, path: 'defaultCalendar' });
    const unknownKey = spoilt(agreementText, 'nurture: {', 'nuture: {');
    expect(readAgreement(unknownKey.text).mistakes[0]).toMatchObject({ column: 1, path: 'nuture' });
  });
});

describe('days and weeks on a clock (spec T1)', () => {
  test.each([
    { label: 'in a target', passage: 'within: 120h', instead: 'within: 5d', path: 'clocks.disposition.within' },
    {
      label: 'in an override',
      passage: '{ when: [{ segment: enterprise }], within: 2h }',
      instead: '{ when: [{ segment: enterprise }], within: 1d }',
      path: 'clocks.first-response.overrides.1.within',
    },
    { label: 'in a warning', passage: 'warn: [80%]', instead: 'warn: [1d left]', path: 'clocks.disposition.warn.0' },
    { label: 'in a tier', passage: 'after: 8h', instead: 'after: 1d', path: 'ladders.stale.1.after' },
    {
      label: 'in a hold',
      passage: 'holdOnAcknowledge: 8h',
      instead: 'holdOnAcknowledge: 1w',
      path: 'ladders.stale.0.holdOnAcknowledge',
    },
  ])('$label are refused without a calendar that is open without a break', ({ passage, instead, path }) => {
    const { text, line } = spoilt(agreementText, passage, instead);
    const { mistakes } = readAgreement(text);
    expect(places(mistakes)).toEqual([`${line} ${path}`]);
    expect(mistakes[0]!.message).toMatch(/a business day of "sales-us-east" has 8 h.*such as "always"/);
  });

  test('are refused on a named calendar that closes, with the hours of its day', () => {
    const { text } = spoilt(agreementText, 'within: 18h, calendar: marketing-us', 'within: 2d, calendar: marketing-us');
    const { mistakes } = readAgreement(text);
    expect(mistakes.map(({ path }) => path)).toEqual(['clocks.dispute-resolution.within']);
    expect(mistakes[0]!.message).toMatch(/runs on "marketing-us", which closes; .* has 6 h to 9 h/);
  });

  test('are taken where the calendar never closes, and outside clocks and ladders everywhere', () => {
    expect(requireTerms(agreementText).clocks['closure']!.withinMs).toBe(30 * DAY_MS);
    expect(requireTerms(agreementText.replace('spacing: 4h', 'spacing: 1d')).clocks['touches']!.until).toMatchObject({
      spacingMs: DAY_MS,
    });
  });
});

describe('a calendar that never opens (spec T5)', () => {
  const never = 'always:\n    timeZone: UTC\n    hours: {}\n    exceptions: { 2026-12-01: ["09:00-10:00"] }\n  spare:';
  const { text, line } = spoilt(agreementText, 'always:\n', `${never}\n`);

  test('is refused by name when its last open hour has passed', () => {
    const { mistakes } = parseAgreement(text, 'agreement.yaml', calendarKeys, {
      at: Date.parse('2026-12-02T00:00:00Z'),
    });
    expect(places(mistakes)).toContain(`${line} calendars.always`);
    expect(mistakes.find(({ path }) => path === 'calendars.always')!.message).toMatch(/"always" has no open time/);
  });

  test('is taken while there is an hour ahead', () => {
    const { mistakes } = parseAgreement(text, 'agreement.yaml', calendarKeys, { at: novemberAt });
    expect(mistakes.map(({ path }) => path)).not.toContain('calendars.always');
  });
});

describe('many mistakes', () => {
  test('are told all at once, in the order of the file, also of different kinds', () => {
    const text = [
      ['timeZone: America/Los_Angeles', 'timeZone: America/Los_Angles'],
      ['defaultCalendar: sales-us-east', 'defaultCalendar: sales'],
      ['within: 5m', 'within: 5'],
      ['ladder: quality-dispute', 'ladder: quality'],
      ['within: 120h', 'within: 5d'],
      ['recycle: { maxCycles: 3', 'recycle: { maxCycle: 3'],
    ].reduce((changed, [passage, instead]) => spoilt(changed, passage!, instead!).text, agreementText);
    expect(readAgreement(text).mistakes.map(({ path }) => path)).toEqual([
      'calendars.sales-us-west.timeZone',
      'defaultCalendar',
      'clocks.notification.within',
      'clocks.disposition.within',
      'clocks.dispute-resolution.ladder',
      'recycle.maxCycle',
    ]);
  });

  test('do not breed others: a calendar with a mistake is still there by name', () => {
    const { text } = spoilt(agreementText, 'timeZone: UTC', 'zone: UTC');
    expect(
      readAgreement(text)
        .mistakes.map(({ path }) => path)
        .sort(),
    ).toEqual(['calendars.always.timeZone', 'calendars.always.zone']);
  });

  test('are printed as file:line:column path: message', () => {
    const [mistake] = readAgreement('name: x\ncalendars: {}\ndefaultCalendar: 7\nclocks: {}\n').mistakes;
    expect(formatMistake(mistake!)).toBe('agreement.yaml:3:18 defaultCalendar: found the number 7; expected a text');
  });
});

describe('a text that is no document', () => {
  test.each([
    { label: 'an empty file', text: '', says: /missing|empty|found nothing/ },
    { label: 'a list', text: '- 1\n- 2\n', says: /found a list; expected a map/ },
    { label: 'a plain word', text: 'agreement\n', says: /found "agreement"; expected a map/ },
    { label: 'a quote that is not closed', text: 'name: "inbound\n', says: /not well-formed YAML or JSON/ },
    { label: 'JSON that breaks off', text: '{ "name": "inbound", ', says: /not well-formed YAML or JSON/ },
    { label: 'a key that stands twice', text: 'name: a\nname: b\n', says: /not well-formed.*unique/ },
    { label: 'a tag that is not known', text: 'name: !secret a\n', says: /not well-formed.*tag/ },
    { label: 'a second document', text: 'name: a\n---\nname: b\n', says: /a second document begins here/ },
  ])('$label is refused where it goes wrong', ({ text, says }) => {
    const { mistakes } = readAgreement(text);
    expect(mistakes[0]!.message).toMatch(says);
    expect(mistakes[0]!.line).toBeGreaterThan(0);
  });

  test('aliases that multiply are refused', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}, *l${i}]`).join('\n');
    expect(readAgreement(`l0: &l0 [x]\n${levels}\n`).mistakes[0]!.message).toMatch(/aliases repeat too much/);
  });
});
