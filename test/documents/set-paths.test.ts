import { setPaths, type Lines } from '../../src/documents/index.js';

const document = {
  pause: { longest: '10d', perCycle: 2 },
  clocks: { 'first-response': { within: '4h', warn: ['50%', '75%'], overrides: [{ within: '1h' }, { within: '2h' }] } },
  accounts: { 'bigco.example': 'rep-east-2' },
};
const set = (lines: Lines) => setPaths(document, lines).document;
const refused = (lines: Lines) =>
  setPaths(document, lines).flaws.map(({ path, message }) => `${path.join('.')}: ${message}`);

test.each([
  {
    label: 'a value takes the place of a leaf',
    lines: { 'pause.longest': '3h' },
    at: 'pause',
    gives: { longest: '3h', perCycle: 2 },
  },
  {
    label: 'a value takes the place of a whole node',
    lines: { pause: { perCycle: 1 } },
    at: 'pause',
    gives: { perCycle: 1 },
  },
  { label: 'null removes a leaf', lines: { 'pause.longest': null }, at: 'pause', gives: { perCycle: 2 } },
  { label: 'null removes a whole part', lines: { pause: null }, at: 'pause', gives: undefined },
  {
    label: 'null on what is not there changes nothing',
    lines: { 'pause.shortest': null },
    at: 'pause',
    gives: document.pause,
  },
  {
    label: 'a missing leaf is made',
    lines: { 'pause.shortest': '1h' },
    at: 'pause',
    gives: { ...document.pause, shortest: '1h' },
  },
  { label: 'maps on the way are made', lines: { 'nurture.limit': '90d' }, at: 'nurture', gives: { limit: '90d' } },
  {
    label: 'a key with a dot in it is one key',
    lines: { 'accounts.bigco.example': 'rep-west-1' },
    at: 'accounts',
    gives: { 'bigco.example': 'rep-west-1' },
  },
  {
    label: 'an empty list is a value',
    lines: { 'clocks.first-response.warn': [] },
    at: 'clocks',
    gives: { 'first-response': { ...document.clocks['first-response'], warn: [] } },
  },
])('$label', ({ lines, at, gives }) => {
  expect((set(lines) as Record<string, unknown>)[at]).toEqual(gives);
});

describe('a number addresses a list element from 0', () => {
  const warn = (lines: Lines) => (set(lines) as typeof document).clocks['first-response'].warn;

  test('to replace it', () => expect(warn({ 'clocks.first-response.warn.0': '25%' })).toEqual(['25%', '75%']));
  test('to remove it', () => expect(warn({ 'clocks.first-response.warn.0': null })).toEqual(['75%']));
  test('to add one behind the last', () => expect(warn({ 'clocks.first-response.warn.2': '90%' })).toHaveLength(3));
  test('to go on below it', () => {
    const { clocks } = set({ 'clocks.first-response.overrides.1.within': '3h' }) as typeof document;
    expect(clocks['first-response'].overrides).toEqual([{ within: '1h' }, { within: '3h' }]);
  });
});

test('lines are set one after the other', () => {
  expect(set({ pause: { perCycle: 5 }, 'pause.longest': '1h' })).toMatchObject({
    pause: { perCycle: 5, longest: '1h' },
  });
});

test('the document given stays as it is', () => {
  const before = structuredClone(document);
  set({ 'pause.longest': null, 'clocks.first-response.warn.0': null });
  expect(document).toEqual(before);
});

test.each([
  { label: 'a step below a text', line: 'pause.longest.hours', says: /pause.longest is "10d" and has no "hours"/ },
  { label: 'a word where a position is wanted', line: 'clocks.first-response.warn.first', says: /is a list of 2/ },
  { label: 'a position that leaves a gap', line: 'clocks.first-response.warn.3', says: /"3" is no position/ },
  { label: 'an empty step', line: 'pause..longest', says: /is no path/ },
  { label: 'a step into what all objects share', line: '__proto__.polluted', says: /is no path/ },
])('$label makes no sense and is refused', ({ line, says }) => {
  expect(refused({ [line]: 'x' })).toEqual([expect.stringMatching(says)]);
});

test('what is not there has nothing below it to remove', () => {
  expect(refused({ 'clocks.frist-response.warn': null })).toEqual([
    expect.stringMatching(/there is no clocks.frist-response/),
  ]);
  expect(refused({ 'clocks.first-response.warn.2': null })).toEqual([expect.stringMatching(/"2" is no position/)]);
});

test('every line that makes no sense is told', () => {
  expect(refused({ 'pause.longest.a': 1, 'pause.perCycle.b': 1, 'pause.longest': '1h' })).toHaveLength(2);
});
