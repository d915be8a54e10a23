import {
  accept,
  aLead,
  demoRequest,
  enrich,
  given,
  pause,
  reassign,
  resume,
  signal,
  touch,
  type Fact,
} from '../../../builders/index.js';

const clockAfter = (name: string, until: string, ...facts: readonly Fact[]) =>
  given(aLead(), ...facts)
    .then(until)
    .clock(name);

describe('a signal on a lead that is being worked', () => {
  test.each([
    { label: 'leaves an hour of what was four', at: 'tue 11:00', dueAt: 'tue 12:00' },
    { label: 'leaves a clock alone that has less left', at: 'tue 13:30', dueAt: 'tue 14:00' },
    { label: 'leaves a clock alone that has just as much left', at: 'tue 13:00', dueAt: 'tue 14:00' },
    { label: 'leaves a clock alone that is due now', at: 'tue 14:00', dueAt: 'tue 14:00' },
    { label: 'leaves a breached clock alone', at: 'tue 15:00', dueAt: 'tue 14:00' },
  ])('raises the priority and $label', ({ at, dueAt }) => {
    const outcome = given(aLead(), demoRequest(at)).then('tue 17:00');
    expect(outcome.state.priority).toBe('high');
    expect(outcome.clock('first-response')?.dueAt).toBe(dueAt);
    expect(outcome.clock('acceptance')?.dueAt).toBe('wed 10:00');
  });

  test('shortens a paused clock too; its points are shares of what it has now', () => {
    // One hour used, one more left: half of two hours fell on the instant of the pause.
    const outcome = given(aLead(), pause('tue 11:00'), demoRequest('tue 12:00'), resume('tue 13:00')).then('tue 14:00');
    expect(outcome.clock('first-response')).toMatchObject({ dueAt: 'tue 14:00', verdict: 'breached' });
    expect(outcome.warnings).toEqual(['tue 13:00 first-response 1: 50%', 'tue 13:30 first-response 1: 75%']);
  });

  test('counts the time used through owners and their calendars', () => {
    // One hour in the east, half an hour in the west (from 12:00 there it is closed until 13:00).
    const facts = [reassign('tue 14:30', 'rep-west-1'), demoRequest('tue 15:30')];
    const clock = given(aLead({ at: 'tue 13:30' }), ...facts)
      .then('tue 17:00')
      .clock('first-response');
    // 11:30 to 12:00 in the west is half an hour used at 15:00; an hour is left from 16:00 on.
    expect(clock?.dueAt).toBe('tue 17:00');
  });

  test('does not raise it twice, and nothing lowers it', () => {
    const outcome = given(
      aLead(),
      demoRequest('tue 10:30'),
      signal('tue 11:00', { signal: 'third-party-intent', value: 95 }),
      signal('tue 11:10', { signal: 'third-party-intent', value: 5 }),
    ).then('wed 10:00');
    expect(outcome.state.priority).toBe('high');
    expect(outcome.lead.run.events.filter(({ type }) => type === 'priority-raised')).toHaveLength(1);
    expect(outcome.clock('first-response')?.dueAt).toBe('tue 11:30');
  });

  test('raises it by whatever holds then, though it is not itself the reason', () => {
    const set = { 'qualification.highPriority': [{ field: 'employees', gte: 1000 }] };
    const story = given(aLead({ set }), enrich('tue 10:30', { employees: 5000 }));
    expect(story.then('tue 10:45').state.priority).toBe('normal');
    expect(story.when(signal('tue 11:00', { action: 'content-download' })).then('tue 11:00').state.priority).toBe(
      'high',
    );
  });

  test('counts actions of before the hand-off, and looks back as far as the condition says', () => {
    const set = { 'qualification.highPriority': [{ action: 'pricing-page-visit', count: 2, within: '7d' }] };
    const visited = (at: string) => aLead({ set, signals: [{ action: 'pricing-page-visit', at }] });
    const visit = signal('+1 tue 09:00', { action: 'pricing-page-visit' });
    expect(given(visited('tue 09:00'), visit).then('+1 tue 09:00').state.priority).toBe('high');
    expect(given(visited('tue 08:59:59.999'), visit).then('+1 tue 09:00').state.priority).toBe('normal');
  });

  test('leaves clocks without an override that holds alone', () => {
    expect(clockAfter('status-update', 'tue 12:00', accept('tue 11:00'), demoRequest('tue 12:00'))?.dueAt).toBe(
      'thu 11:00',
    );
  });

  test('shortens by the override that holds first, which may be another one', () => {
    const set = {
      'clocks.first-response.overrides': [
        { when: [{ field: 'employees', gte: 1000 }], within: '30m' },
        { when: [{ priority: 'high' }], within: '1h' },
      ],
    };
    const outcome = given(aLead({ set }), enrich('tue 10:30', { employees: 5000 }), demoRequest('tue 11:00')).then(
      'tue 11:00',
    );
    expect(outcome.clock('first-response')?.dueAt).toBe('tue 11:30');
  });

  test('asks for an answer of its own only where none is awaited', () => {
    expect(clockAfter('intent-response', 'tue 12:00', demoRequest('tue 11:00'))).toBeUndefined();
    expect(clockAfter('intent-response', 'tue 12:00', touch('tue 10:30'), demoRequest('tue 11:00'))).toMatchObject({
      startedAt: 'tue 11:00',
      dueAt: 'tue 12:00',
    });
  });
});
