import { aLead, demoRequest, dispute, given, pause, reject, resolve, touch } from '../../../builders/index.js';

describe('a dispute', () => {
  test('that is upheld closes the lead: sales clocks are cancelled while still paused, closures met, feedback not owed', () => {
    const outcome = given(aLead(), dispute('tue 11:00'), resolve('tue 12:00', 'upheld')).then('wed 10:00');
    expect([outcome.stage, outcome.state.closingCause, outcome.state.dispute]).toEqual([
      'disqualified',
      'dispute-upheld',
      null,
    ]);
    expect(outcome.clock('first-response')).toMatchObject({ verdict: 'cancelled', dueAt: null });
    expect(outcome.clock('closure')).toMatchObject({ verdict: 'met', dueAt: null, completedAt: 'tue 12:00' });
    expect(outcome.clock('dispute-resolution')).toMatchObject({ verdict: 'met', completedAt: 'tue 12:00' });
    expect(outcome.clock('feedback')).toBeUndefined();
  });

  test('that is upheld leaves a breach as it was, and ends its ladder', () => {
    const outcome = given(aLead(), dispute('tue 15:00'), resolve('wed 09:30', 'upheld')).then('wed 17:00');
    expect(outcome.clock('first-response')).toMatchObject({
      verdict: 'breached',
      dueAt: 'tue 14:00',
      completedAt: null,
    });
    expect(outcome.escalations).toEqual([
      'tue 14:00 first-response 1 tier 1: manager-east',
      'tue 15:00 dispute-resolution 1 tier 1: marketing-ops',
    ]);
  });

  test('pauses nothing if the agreement says so', () => {
    const set = { 'dispute.pauses': 'nothing' };
    const story = given(aLead({ set }), dispute('tue 11:00'));
    expect(story.then('tue 12:00').clock('first-response')).toMatchObject({ verdict: 'pending', dueAt: 'tue 14:00' });
    const upheld = story.when(resolve('tue 12:00', 'upheld')).then('tue 12:00');
    expect(upheld.clock('first-response')).toMatchObject({ verdict: 'cancelled', dueAt: 'tue 14:00' });
    expect(story.when(resolve('tue 12:00', 'denied')).then('tue 12:00').clock('first-response')?.dueAt).toBe(
      'tue 14:00',
    );
  });

  test('that is open when the lead closes is cancelled with its clock, a breached one stays breached', () => {
    const story = given(aLead(), dispute('tue 11:00'));
    expect(story.when(reject('tue 12:00', 'duplicate')).then('wed 10:00').clock('dispute-resolution')).toMatchObject({
      verdict: 'cancelled',
      dueAt: 'thu 11:00',
    });
    expect(story.when(reject('thu 12:00', 'duplicate')).then('fri 10:00').clock('dispute-resolution')).toMatchObject({
      verdict: 'breached',
      dueAt: 'thu 11:00',
      completedAt: null,
    });
  });

  test('that closes with its lead leaves marketing’s other clocks open', () => {
    const lead = aLead({ fields: { industry: null } });
    const outcome = given(lead, dispute('tue 10:10'), touch('tue 10:20', 'opted-out')).then('tue 10:30');
    expect(outcome.clock('enrichment')?.verdict).toBe('pending');
    expect(outcome.state.dispute).toBeNull();
  });

  test('may be opened as often as agreed, in each cycle anew', () => {
    const again = [dispute('tue 11:00'), resolve('tue 12:00', 'denied'), reject('tue 13:00', 'not-ready', 'in May')];
    const outcome = given(aLead(), ...again, demoRequest('wed 10:00'), dispute('wed 11:00')).then('wed 11:00');
    expect(outcome.refusals).toEqual([]);
    expect(outcome.clock('dispute-resolution', 1, 2)?.startedAt).toBe('wed 11:00');
  });

  test('lets the lead be worked and paused meanwhile', () => {
    const outcome = given(aLead(), dispute('tue 11:00'), pause('tue 11:30'), touch('tue 12:00')).then('tue 13:00');
    expect(outcome).toMatchObject({ stage: 'sal', refusals: [] });
    expect(outcome.clock('touches')).toMatchObject({ verdict: 'paused', dueAt: null });
  });
});
