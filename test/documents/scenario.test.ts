import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { readScenario, type Scenario } from '../../src/documents/index.js';
import { places, spoilt } from './spec-agreement.js';

const folder = join(import.meta.dirname, '../spec/scenarios');
const specFile = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** Reads a text as if it stood beside the public scenarios. */
const read = (text: string) => {
  const file = join(folder, 'mine.yaml');
  return readScenario(file, {
    calendars: calendarKeys,
    readText: (path) => (path === file ? text : specFile(path)),
  });
};
const textOf = (name: string): string => specFile(join(folder, name))!;
const requireScenario = (text: string): Scenario => {
  const { value, mistakes } = read(text);
  if (value === undefined) throw new Error(JSON.stringify(mistakes));
  return value;
};

describe('a scenario', () => {
  test('brings its agreement with its own lines set, and its directory with its absences', () => {
    const scenario = requireScenario(textOf('34-pauses-end.yaml'));
    expect(scenario.terms.pause).toEqual({ longestMs: 3 * 3_600_000, perCycle: 2 });
    expect(requireScenario(textOf('21-absent-managers.yaml')).directory.absences[0]).toEqual({
      person: 'manager-east',
      from: Date.parse('2026-11-16T00:00:00Z'),
      until: Date.parse('2026-11-21T00:00:00Z'),
      delegate: 'manager-west',
    });
  });

  test('finds files by paths from the root, too', () => {
    const agreement = join(folder, '../agreements/inbound-saas.yaml');
    const text = textOf('01-answered-at-once.yaml').replace('../agreements/inbound-saas.yaml', agreement);
    expect(requireScenario(text).terms.name).toBe('inbound-saas');
  });

  test('has the notice sent at the hand-off unless it says when', () => {
    const late = requireScenario(textOf('23-missing-fields.yaml'));
    expect(late.lead.notifiedAt).toBe(late.lead.at + 6 * 60_000);
    const usual = requireScenario(textOf('01-answered-at-once.yaml'));
    expect(usual.lead.notifiedAt).toBe(usual.lead.at);
  });

  test('says its facts as commands, numbered as the file has them', () => {
    const { facts } = requireScenario(textOf('01-answered-at-once.yaml'));
    expect(facts[0]!).toEqual({
      index: 0,
      at: Date.parse('2026-11-16T15:20:00Z'),
      by: 'rep-east-1',
      body: { type: 'accept' },
    });
    expect(facts[4]!.body).toEqual({
      type: 'qualify',
      bant: { need: { confirmed: true }, budget: { confirmed: true }, authority: { confirmed: true } },
    });
    expect(facts[8]!.body).toEqual({ type: 'opportunity', amount: '48000 USD', status: 'open' });
  });

  test('gives the note of a qualification to each answer it comes with', () => {
    const { text } = spoilt(
      textOf('01-answered-at-once.yaml'),
      'authority: true }',
      'note: asked, intent: demo-held }',
    );
    expect(requireScenario(text).facts[4]!.body).toEqual({
      type: 'qualify',
      bant: { need: { confirmed: true, note: 'asked' }, budget: { confirmed: true, note: 'asked' } },
      intent: 'demo-held',
    });
  });
});

describe('a mistake in a scenario is told with its place', () => {
  const scenario = textOf('12-logged-late.yaml');
  test.each([
    {
      label: 'an unknown part',
      passage: 'facts:',
      instead: 'fact:',
      path: 'fact',
      says: /known are scenario, agreement, set, people, absences, lead, facts, until, expect. Did you mean "facts"/,
    },
    {
      label: 'a command that there is not',
      passage: 'do: touch',
      instead: 'do: tuch',
      path: 'facts.0.do',
      says: /found "tuch".*Did you mean "touch"/,
    },
    {
      label: 'a field that a command does not have',
      passage: 'outcome: no-answer',
      instead: 'outcome: no-answer, until: x',
      path: 'facts.0.until',
      says: /"until" is not known here/,
    },
    {
      label: 'a field that a command needs',
      passage: ', outcome: no-answer',
      instead: '',
      path: 'facts.0.outcome',
      says: /"outcome" is missing/,
    },
    {
      label: 'an instant without an offset',
      passage: 'occurredAt: 2026-11-17T18:30:00Z',
      instead: 'occurredAt: 2026-11-17T18:30:00',
      path: 'facts.0.occurredAt',
      says: /expected an instant such as/,
    },
    {
      label: 'a fact before the hand-off',
      passage: 'at: 2026-11-17T22:00:00Z',
      instead: 'at: 2026-11-17T14:59:59Z',
      path: 'facts.0.at',
      says: /2026-11-17T14:59:59Z lies before the hand-off at 2026-11-17T15:00:00Z/,
    },
    {
      label: 'an end before the hand-off',
      passage: 'until: 2026-11-18T22:00:00Z',
      instead: 'until: 2026-11-16T22:00:00Z',
      path: 'until',
      says: /lies before the hand-off/,
    },
    {
      label: 'an owner who is nobody',
      passage: 'owner: rep-east-1',
      instead: 'owner: rep-east-11',
      path: 'lead.owner',
      says: /no person "rep-east-11"/,
    },
    {
      label: 'a verdict that there is not',
      passage: 'verdict: met',
      instead: 'verdict: kept',
      path: 'expect.clocks.0.verdict',
      says: /expected pending, paused, met, breached or cancelled/,
    },
    {
      label: 'an agreement that there is not',
      passage: 'inbound-saas.yaml',
      instead: 'outbound-saas.yaml',
      path: 'agreement',
      says: /no readable file .*outbound-saas.yaml; the path is relative/,
    },
    {
      label: 'people that there are not',
      passage: '../people.yaml',
      instead: 'people.yaml',
      path: 'people',
      says: /no readable file/,
    },
    {
      label: 'a line set that makes no sense',
      passage: 'people: ',
      instead: 'set: { name.first: x }\npeople: ',
      path: 'set.name.first',
      says: /name is "inbound-saas"/,
    },
    {
      label: 'a line set that breaks the agreement',
      passage: 'people: ',
      instead: 'set: { clocks.first-response.within: 1d }\npeople: ',
      path: 'set.clocks.first-response.within',
      says: /"1d" counts days/,
    },
  ])('$label', ({ passage, instead, path, says }) => {
    const { text, line } = spoilt(scenario, passage, instead);
    const { mistakes } = read(text);
    expect(places(mistakes)).toEqual([`${line} ${path}`]);
    expect(mistakes[0]!.message).toMatch(says);
  });

  test('all at once, with those of the files it names', () => {
    const text = [
      ['2026-11-17T22:00:00Z, do', '2026-11-16T22:00:00Z, do'],
      ['owner: rep-east-1', 'owner: nobody'],
      ['verdict: pending', 'verdict: waiting'],
      ['people: ', 'set: { defaultCalendar: none }\npeople: '],
    ].reduce((changed, [passage, instead]) => spoilt(changed, passage!, instead!).text, scenario);
    expect(read(text).mistakes.map(({ path }) => path)).toEqual([
      'set.defaultCalendar',
      'lead.owner',
      'facts.0.at',
      'expect.clocks.2.verdict',
    ]);
  });

  test('that stands in the agreement is told there', () => {
    const file = join(folder, 'mine.yaml');
    const agreement = join(folder, '../agreements/inbound-saas.yaml');
    const spoiltAgreement = spoilt(specFile(agreement)!, 'within: 4h', 'within: 4').text;
    const { mistakes } = readScenario(file, {
      calendars: calendarKeys,
      readText: (path) => (path === file ? scenario : path === agreement ? spoiltAgreement : specFile(path)),
    });
    expect(mistakes).toEqual([expect.objectContaining({ file: agreement, path: 'clocks.first-response.within' })]);
  });
});

test('a file that cannot be read is told, with what was expected there', () => {
  const { mistakes } = readScenario('nowhere.yaml', { calendars: calendarKeys, readText: () => undefined });
  expect(mistakes).toEqual([
    expect.objectContaining({
      file: 'nowhere.yaml',
      line: 1,
      message: expect.stringMatching(/expected a scenario file/) as string,
    }),
  ]);
});
