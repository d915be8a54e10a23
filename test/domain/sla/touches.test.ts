import { aLead, accept, given, lateTouch, touch, type Fact } from '../../builders/index.js';
import type { TouchChannel } from '../../../src/domain/agreement/index.js';

const asked = (until: object, within = '14d') => ({ 'clocks.touches.until': until, 'clocks.touches.within': within });
const touches = (until: object, facts: readonly Fact[], within?: string) =>
  given(aLead({ set: asked(until, within) }), ...facts)
    .then('+2 mon 12:00')
    .clock('touches');
const by = (channel: TouchChannel, at: string) => touch(at, 'sent', channel);

describe('touches enough', () => {
  test('are reached at the touch that completes both number and channels', () => {
    const facts = [
      by('phone', 'tue 11:00'),
      by('phone', 'wed 11:00'),
      by('phone', 'thu 11:00'),
      by('sms', 'fri 11:00'),
    ];
    expect(touches({ touches: 3, channels: 2 }, facts)).toMatchObject({ verdict: 'met', completedAt: 'fri 11:00' });
    expect(touches({ touches: 3 }, facts)).toMatchObject({ verdict: 'met', completedAt: 'thu 11:00' });
    expect(touches({ touches: 1 }, facts)).toMatchObject({ verdict: 'met', completedAt: 'tue 11:00' });
  });

  test.each([
    {
      label: 'less than the spacing after the last on the channel does not count',
      second: 'tue 14:59:59.999',
      third: 'tue 15:00',
      at: 'tue 15:00',
    },
    { label: 'exactly the spacing later counts', second: 'tue 15:00', third: 'tue 16:00', at: 'tue 15:00' },
  ])('a touch $label', ({ second, third, at }) => {
    const facts = [by('phone', 'tue 11:00'), by('phone', second), by('phone', third)];
    expect(touches({ touches: 2, spacing: '4h' }, facts)?.completedAt).toBe(at);
  });

  test('measure the spacing from the last counted one, on each channel by itself', () => {
    const facts = [
      by('phone', 'tue 11:00'),
      by('phone', 'tue 13:00'),
      by('email', 'tue 14:00'),
      by('phone', 'tue 15:00'),
    ];
    expect(touches({ touches: 3, spacing: '4h' }, facts)?.completedAt).toBe('tue 15:00');
  });

  test('count by the instants of the touches, not by their logging', () => {
    // Logged last, it is the first: the call at 12:00 is then too close to it, the one at 13:00 is the second.
    const facts = [accept('tue 10:00'), touch('tue 12:00'), touch('tue 13:00'), lateTouch('tue 14:00', 'tue 10:30')];
    expect(touches({ touches: 2, spacing: '2h' }, facts)?.completedAt).toBe('tue 13:00');
  });

  test.each([
    { label: 'automatic', fact: touch('tue 12:00', 'sent', 'email', { origin: 'automatic' }) },
    { label: 'of a sequence', fact: touch('tue 12:00', 'sent', 'email', { origin: 'sequence' }) },
    { label: 'bounced', fact: touch('tue 12:00', 'bounced', 'email') },
    { label: 'to a wrong number', fact: touch('tue 12:00', 'wrong-number', 'phone') },
  ])('leave out touches $label', ({ fact }) => {
    expect(touches({ touches: 2 }, [touch('tue 11:00'), fact])?.completedAt).toBeNull();
  });

  test('made before the acceptance count, and the clock is met at its earliest by one after it', () => {
    const facts = [accept('tue 12:00'), lateTouch('tue 12:30', 'tue 11:00'), by('email', 'tue 13:00')];
    expect(touches({ touches: 2 }, facts)).toMatchObject({ startedAt: 'tue 12:00', completedAt: 'tue 13:00' });
  });

  test('logged late correct the verdict when they turn out to have been made in time', () => {
    const late = [by('phone', 'tue 10:30'), by('phone', 'tue 15:00')];
    const until = { touches: 2, spacing: '1h' };
    expect(touches(until, late, '4h')).toMatchObject({ verdict: 'breached', overshoot: '30m', corrected: false });
    const corrected = touches(until, [...late, lateTouch('tue 16:00', 'tue 12:00')], '4h');
    expect(corrected).toMatchObject({ verdict: 'met', completedAt: 'tue 12:00', overshoot: null, corrected: true });
  });

  test('are cancelled by a contact, whenever in the cycle it occurred, unless that very touch completes them', () => {
    const until = { touches: 2 };
    expect(touches(until, [touch('tue 11:00'), touch('tue 12:00', 'replied')])).toMatchObject({ verdict: 'met' });
    expect(touches({ touches: 3 }, [touch('tue 11:00'), touch('tue 12:00', 'replied')])).toMatchObject({
      verdict: 'cancelled',
      dueAt: '+2 tue 11:00',
    });
    const early = touch('tue 12:00', 'reached', 'phone', { occurredAt: 'tue 10:05' });
    expect(touches({ touches: 3 }, [accept('tue 11:00'), early])).toMatchObject({ verdict: 'cancelled' });
    expect(touches(until, [touch('tue 11:00', 'reached')])).toMatchObject({
      startedAt: 'tue 11:00',
      verdict: 'cancelled',
    });
    expect(touches({ touches: 1 }, [touch('tue 11:00', 'reached')])).toMatchObject({ verdict: 'met' });
  });

  test('stay breached when a contact comes after the breach, and their ladder ends', () => {
    const set = asked({ touches: 3 }, '4h');
    const outcome = given(aLead({ set }), touch('tue 11:00'), touch('tue 15:30', 'reached')).then('wed 17:00');
    expect(outcome.clock('touches')).toMatchObject({ verdict: 'breached', dueAt: 'tue 15:00', completedAt: null });
    expect(outcome.escalations.filter((text) => text.includes('touches'))).toEqual([
      'tue 15:00 touches 1 tier 1: manager-east',
    ]);
  });
});
