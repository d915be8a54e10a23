import { OPS, addressOf, readerFor, readersInTurn, timeZoneOf } from '../../../src/domain/notices/reader.js';
import { people, terms } from './sample-lead.js';

const nobody = { owner: null, queue: null, team: null, calendar: null };

test.each([
  { label: 'an owner hears in person', holder: { ...nobody, owner: 'rep-east-1' }, reader: 'rep-east-1' },
  { label: "for a queue its team's manager hears", holder: { ...nobody, queue: 'sdr-west' }, reader: 'manager-west' },
  { label: 'for a queue of no known team the operators hear', holder: { ...nobody, queue: 'gone' }, reader: OPS },
])('$label', ({ holder, reader }) => expect(readerFor(holder, people)).toBe(reader));

test.each([
  { reader: 'rep-west-1', turn: ['rep-west-1', 'manager-west', OPS] },
  { reader: 'manager-west', turn: ['manager-west', OPS] },
  { reader: 'somebody-gone', turn: ['somebody-gone', OPS] },
  { reader: OPS, turn: [OPS] },
])('after $reader come manager and operators, each once', ({ reader, turn }) =>
  expect(readersInTurn(reader, people)).toEqual(turn),
);

test('a manager who sells in their own team is not asked twice', () => {
  const selling = { ...people, people: [{ id: 'manager-west', team: 'sdr-west', email: 'm@sales.example' }] };
  expect(readersInTurn('manager-west', selling)).toEqual(['manager-west', OPS]);
});

test('the operators have the configured address, a person their own, a stranger none', () => {
  expect(addressOf(OPS, people, 'ops@sales.example')).toBe('ops@sales.example');
  expect(addressOf('cro', people, 'ops@sales.example')).toBe('cro@sales.example');
  expect(addressOf('somebody-gone', people, 'ops@sales.example')).toBeUndefined();
});

test.each([
  { label: "a rep reads the team's zone", reader: 'rep-west-1', timeZone: 'America/Los_Angeles' },
  { label: 'a manager reads the zone of the team', reader: 'manager-west', timeZone: 'America/Los_Angeles' },
  {
    label: 'a person without a team reads the zone of the default calendar',
    reader: 'cro',
    timeZone: 'America/New_York',
  },
  { label: 'so do the operators', reader: OPS, timeZone: 'America/New_York' },
])('$label', ({ reader, timeZone }) => expect(timeZoneOf(reader, people, terms)).toBe(timeZone));

test("a person's own calendar goes before the team's", () => {
  const own = { ...people, people: [{ id: 'rep-west-9', team: 'sdr-west', calendar: 'marketing-us' }] };
  expect(timeZoneOf('rep-west-9', own, terms)).toBe('America/New_York');
});

test('a calendar that the agreement does not have gives way to the default one', () => {
  const own = { ...people, people: [{ id: 'rep-west-9', calendar: 'berlin' }] };
  expect(timeZoneOf('rep-west-9', own, terms)).toBe('America/New_York');
});
