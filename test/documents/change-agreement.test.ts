import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { changeAgreement, type Lines } from '../../src/documents/index.js';
import { agreementText, novemberAt, readAgreement } from './spec-agreement.js';

const { document, terms } = readAgreement(agreementText);
const change = (set: Lines) => changeAgreement(document!, set, calendarKeys, { at: novemberAt, version: 2 });

test('a change gives whole new terms under their own key and number', () => {
  const changed = change({ 'clocks.first-response.within': '2h' });
  expect(changed.terms).toMatchObject({ name: 'inbound-saas', version: 2 });
  expect(changed.terms!.clocks['first-response']!.withinMs).toBe(7_200_000);
  expect(changed.terms!.key).not.toBe(terms!.key);
});

test('a change of nothing keeps the key', () => {
  expect(change({}).terms!.key).toBe(terms!.key);
});

test('a change goes on from the one before', () => {
  const first = change({ 'clocks.first-response.within': '2h' });
  const second = changeAgreement(first.document!, { 'pause.longest': null }, calendarKeys, { at: novemberAt });
  expect(second.document).toMatchObject({ clocks: { 'first-response': { within: '2h' } }, pause: { perCycle: 2 } });
});

test.each([
  {
    label: 'days on a clock that runs in open hours',
    set: { 'clocks.first-response.within': '1d' },
    says: /^clocks.first-response.within: "1d" counts days/,
  },
  {
    label: 'a calendar that is gone',
    set: { 'calendars.weekdays': null },
    says: /^clocks.status-update.calendar: there is no calendar "weekdays"/,
  },
  {
    label: 'a ladder that is gone',
    set: { 'ladders.quality-dispute': null },
    says: /^clocks.dispute-resolution.ladder: there is no ladder/,
  },
  {
    label: 'a milestone that there is not',
    set: { 'clocks.touches.until': 'called' },
    says: /^clocks.touches.until: found "called"/,
  },
  {
    label: 'a calendar without hours',
    set: { 'calendars.weekdays.hours': {} },
    says: /^calendars.weekdays: calendar "weekdays" has no open time/,
  },
  { label: 'a path that makes no sense', set: { 'name.first': 'x' }, says: /^name.first: name is "inbound-saas"/ },
])('$label is told with its path', ({ set, says }) => {
  const { terms: none, mistakes } = change(set);
  expect(none).toBeUndefined();
  expect(mistakes[0]).toMatch(says);
});
