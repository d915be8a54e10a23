import {
  accept,
  aLead,
  lateTouch,
  pause,
  reassign,
  reject,
  resume,
  touch,
  when,
  type Fact,
} from '../../builders/index.js';
import { contributed } from './told.js';

const HOUR_MS = 3_600_000;

function clockOf(facts: readonly Fact[], until: string, name = 'first-response', n = 1) {
  const found = contributed(aLead(), facts, until).clocks.find((clock) => clock.clock === name && clock.n === n);
  if (!found) throw new Error(`${name} ${n} never started`);
  return found;
}

describe('what a clock contributes', () => {
  test('of a met clock is decided when it was met, and for whoever held the lead then', () => {
    expect(clockOf([reassign('tue 10:30', 'rep-east-2'), touch('tue 11:00')], 'tue 12:00')).toMatchObject({
      verdict: 'met',
      decidedAt: when('tue 11:00'),
      usedMs: HOUR_MS,
      usedUntil: when('tue 11:00'),
      runsOn: null,
      countedFor: { owner: 'rep-east-2', team: 'sdr-east' },
    });
  });

  test('of a breached clock is decided when it was due, and time goes on until it is completed', () => {
    expect(clockOf([touch('wed 09:30')], 'wed 12:00')).toMatchObject({
      verdict: 'breached',
      decidedAt: when('tue 14:00'),
      overshootMs: 3.5 * HOUR_MS,
      usedMs: 7.5 * HOUR_MS,
      usedUntil: when('wed 09:30'),
    });
  });

  test.each([
    { label: 'moved at the last minute stays with who let it pass', movedAt: 'tue 13:59', owner: 'rep-east-1' },
    { label: 'held by both for half of it stays with the earlier', movedAt: 'tue 12:00', owner: 'rep-east-1' },
    { label: 'moved before half of it goes with the lead', movedAt: 'tue 11:59:59.999', owner: 'rep-east-2' },
  ])('a breach of a lead $label', ({ movedAt, owner }) => {
    expect(clockOf([reassign(movedAt, 'rep-east-2')], 'tue 14:00').countedFor.owner).toBe(owner);
  });

  test('of a running clock tells how much was used when its owner last changed, and on which calendar it goes on', () => {
    const clock = clockOf([reassign('tue 10:30', 'rep-west-1')], 'tue 12:00');
    const other = clockOf([], 'tue 12:00');
    expect(clock).toMatchObject({
      verdict: 'pending',
      usedMs: HOUR_MS / 2,
      usedUntil: when('tue 10:30'),
      decidedAt: null,
    });
    expect(other).toMatchObject({ usedMs: 0, usedUntil: when('tue 10:00') });
    expect(clock.runsOn).not.toBe(other.runsOn);
  });

  test('of a resting clock stands still', () => {
    expect(clockOf([pause('tue 11:00')], 'tue 16:00')).toMatchObject({
      verdict: 'paused',
      usedMs: HOUR_MS,
      usedUntil: when('tue 11:00'),
      runsOn: null,
      wasPaused: true,
    });
  });

  test('remembers a rest that is over, but not one after its end', () => {
    expect(clockOf([pause('tue 11:00'), resume('tue 12:00'), touch('tue 13:00')], 'wed 09:00').wasPaused).toBe(true);
    expect(clockOf([touch('tue 10:30'), pause('tue 11:00')], 'wed 09:00').wasPaused).toBe(false);
  });

  test('of a corrected clock is met at the earlier instant', () => {
    expect(clockOf([lateTouch('tue 16:00', 'tue 13:00')], 'wed 09:00')).toMatchObject({
      verdict: 'met',
      isCorrected: true,
      decidedAt: when('tue 13:00'),
      usedMs: 3 * HOUR_MS,
    });
  });

  test('of a cancelled clock names the cause, and when', () => {
    expect(clockOf([reject('tue 11:00', 'bad-data')], 'tue 12:00')).toMatchObject({
      verdict: 'cancelled',
      cancelledBy: 'rejected',
      decidedAt: null,
      usedUntil: when('tue 11:00'),
    });
  });

  test('of marketing is counted for nobody', () => {
    expect(clockOf([accept('tue 10:30')], 'tue 12:00', 'notification').countedFor).toEqual({ owner: null, team: null });
  });

  test('names the verdict before its own on its side, and, of a miss, the miss before', () => {
    const answered = [accept('tue 10:30'), touch('tue 11:00')];
    expect(clockOf(answered, 'tue 12:00', 'acceptance')).toMatchObject({ verdictBeforeAt: null, missBeforeAt: null });
    expect(clockOf(answered, 'tue 12:00')).toMatchObject({ verdictBeforeAt: when('tue 10:30'), missBeforeAt: null });
    expect(clockOf([], 'wed 10:00', 'acceptance')).toMatchObject({
      verdict: 'breached',
      verdictBeforeAt: when('tue 14:00'),
      missBeforeAt: when('tue 14:00'),
    });
    expect(clockOf([], 'tue 12:00')).toMatchObject({ verdictBeforeAt: null, missBeforeAt: null });
  });
});
