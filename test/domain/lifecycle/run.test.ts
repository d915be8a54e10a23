import { foldLead, evolve } from '../../../src/domain/lifecycle/evolve.js';
import type { LeadEvent } from '../../../src/domain/lifecycle/events.js';
import { leadRecord } from '../../../src/domain/lifecycle/record.js';
import { settlesAt } from '../../../src/domain/lifecycle/settled.js';
import { step } from '../../../src/domain/lifecycle/step.js';
import {
  accept,
  aLead,
  demoRequest,
  dispose,
  dispute,
  feedback,
  given,
  lateTouch,
  opportunity,
  pause,
  qualify,
  reassign,
  reject,
  resolve,
  resume,
  sellOn,
  status,
  touch,
  when,
  type Fact,
} from '../../builders/index.js';

const eventful: readonly Fact[] = [
  pause('tue 11:00', 'tue 11:30'),
  reassign('tue 12:00', 'rep-west-1'),
  lateTouch('tue 19:00', 'tue 12:30'),
  status('tue 19:30', 'wed 12:00'),
  dispute('wed 13:00'),
  resolve('wed 14:00', 'denied'),
  dispose('wed 15:00', 'bad-timing', { wakeOn: '2026-12-21' }),
  demoRequest('+4 mon 03:00'),
  accept('+5 mon 12:00'),
];

describe('a lead’s story', () => {
  const { lead } = given(aLead(), ...eventful).then('+6 mon 12:00');
  const { events, state } = lead.run;

  test('numbers its events without a gap and never runs backwards', () => {
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.every(({ at }, index) => index === 0 || at >= events[index - 1]!.at)).toBe(true);
  });

  test('is the same after a journey through JSON', () => {
    expect(foldLead(JSON.parse(JSON.stringify(events)) as LeadEvent[])).toEqual(state);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  test('goes on from any event as from the beginning', () => {
    for (let index = 1; index < events.length; index += 1) {
      const resumed = JSON.parse(JSON.stringify(foldLead(events.slice(0, index)))) as ReturnType<typeof foldLead>;
      expect(events.slice(index).reduce(evolve, resumed)).toEqual(state);
    }
  });

  test('keeps the clocks of all cycles on record', () => {
    expect(new Set(leadRecord(events).clocks.map(({ cycle }) => cycle))).toEqual(new Set([1, 2]));
  });

  test('begins with a hand-off and has none without events', () => {
    expect(() => foldLead(events.slice(1))).toThrow('before the lead');
    expect(() => foldLead([])).toThrow('without events');
    expect(() => leadRecord([])).toThrow('without events');
  });
});

describe('a step', () => {
  test('fires nothing before it is due, and one thing at a time', () => {
    const { run } = aLead();
    const { state, context } = run;
    expect(step(state, { kind: 'due', until: when('tue 11:59:59.999') }, context)).toEqual({
      kind: 'events',
      events: [],
      state,
    });
    const fired = step(state, { kind: 'due', until: when('wed 12:00') }, context);
    expect(fired.kind === 'events' && fired.events.map(({ type }) => type)).toEqual(['warning-fired']);
  });

  test('asks for windows that it was not given, and changes nothing until it has them', () => {
    const { run } = aLead();
    const known = { ...run.context, windows: {} };
    const said = {
      kind: 'command',
      command: { type: 'accept', at: when('tue 11:00'), by: 'rep-east-1', id: 'x' },
    } as const;
    expect(step(run.state, said, known)).toMatchObject({ kind: 'question', question: { kind: 'windows' } });
  });
});

describe('a lead settles', () => {
  const DAY_MS = 86_400_000;
  const sold = [touch('tue 11:00'), qualify('tue 11:10', { intent: 'demo-held' }), sellOn('tue 12:00')];
  test.each<{ label: string; facts: readonly Fact[]; from: string | undefined }>([
    { label: 'never while it is open', facts: [], from: undefined },
    { label: 'never while it is nurtured', facts: [reject('tue 11:00', 'not-ready', 'in May')], from: undefined },
    { label: 'never while feedback is owed', facts: [reject('tue 11:00', 'bad-data')], from: undefined },
    { label: 'never while sales has it', facts: sold, from: undefined },
    {
      label: 'never while its opportunity is open',
      facts: [...sold, opportunity('wed 12:00', 'open')],
      from: undefined,
    },
    { label: 'after it was lost for good', facts: [reject('tue 11:00', 'duplicate')], from: 'tue 11:00' },
    {
      label: 'after feedback was given',
      facts: [reject('tue 11:00', 'bad-data'), feedback('wed 11:00')],
      from: 'wed 11:00',
    },
    { label: 'after it was won', facts: [...sold, opportunity('wed 12:00', 'won')], from: 'wed 12:00' },
  ])('$label', ({ facts, from }) => {
    const { state } = given(aLead(), ...facts).then('thu 09:00');
    expect(settlesAt(state, 90 * DAY_MS)).toBe(from === undefined ? undefined : when(from) + 90 * DAY_MS);
  });

  test('not while it is paused or disputed, for then it is open', () => {
    expect(settlesAt(given(aLead(), pause('tue 11:00')).then('thu 09:00').state, DAY_MS)).toBeUndefined();
    expect(
      settlesAt(given(aLead(), dispute('tue 11:00'), resume('tue 12:00')).then('thu 09:00').state, DAY_MS),
    ).toBeUndefined();
  });
});
