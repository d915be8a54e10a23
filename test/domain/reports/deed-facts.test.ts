// What fair play asks of each deed: before, at and after its boundary.
import {
  accept,
  acknowledge,
  aLead,
  lateTouch,
  reassign,
  reject,
  status,
  touch,
  type Fact,
} from '../../builders/index.js';
import { contributed } from './told.js';

/** A lead of Tuesday 10:00 whose `first-response` has four hours of one calendar. */
const deedsOf = (facts: readonly Fact[], until = 'fri 17:00') => contributed(aLead(), facts, until).deeds;
const lastOf = (facts: readonly Fact[], until?: string) => deedsOf(facts, until).at(-1)!;

/** A call that nobody answered, made by somebody else. */
const touchBy = (by: string, at: string): Fact => ({
  type: 'touch',
  at,
  body: { channel: 'phone', outcome: 'no-answer', by } as never,
});

describe('a rejection', () => {
  test.each([
    {
      label: 'after a touch that came back is untouched',
      facts: [touch('tue 11:00', 'bounced'), reject('tue 11:30', 'bad-data')],
      flaw: 'untouched',
    },
    { label: 'without a touch is untouched', facts: [reject('tue 11:00', 'bad-data')], flaw: 'untouched' },
    {
      label: 'before the last tenth is only untouched',
      facts: [reject('tue 13:35:59.999', 'bad-data')],
      flaw: 'untouched',
    },
    {
      label: 'at the last tenth is at the last',
      facts: [reject('tue 13:36', 'bad-data')],
      flaw: 'untouched-at-the-last',
    },
    {
      label: 'when time runs out is at the last',
      facts: [reject('tue 14:00', 'bad-data')],
      flaw: 'untouched-at-the-last',
    },
    { label: 'after the breach is only untouched', facts: [reject('tue 14:00:00.001', 'bad-data')], flaw: 'untouched' },
  ])('$label', ({ facts, flaw }) => expect(deedsOf(facts).find(({ kind }) => kind === 'rejected')!.flaw).toBe(flaw));
});

describe('a lead that is moved', () => {
  test.each([
    { label: 'before the last quarter of any clock is moved soundly', at: 'tue 12:59:59.999', flaw: null, clock: null },
    { label: 'at the last quarter is moved late', at: 'tue 13:00', flaw: 'in-last-quarter', clock: 'first-response' },
    { label: 'when the time has run out is moved soundly', at: 'tue 14:00:00.001', flaw: null, clock: null },
  ])('$label', ({ at, flaw, clock }) => {
    expect(lastOf([reassign(at, 'rep-east-2')])).toMatchObject({ kind: 'moved', flaw, clock });
  });

  test('counts for whoever held it before', () => {
    expect(lastOf([reassign('tue 13:00', 'rep-east-2')]).heldBy.owner).toBe('rep-east-1');
  });
});

describe('a touch', () => {
  test('was logged so long after it happened', () => {
    expect(deedsOf([lateTouch('tue 11:00', 'tue 10:30')])[0]).toMatchObject({ kind: 'touched', lateMs: 1_800_000 });
    expect(deedsOf([touch('tue 11:00')])[0]).toMatchObject({ lateMs: 0 });
  });

  test('by another than the owner is told apart', () => {
    const [own, other] = deedsOf([touch('tue 11:00'), touchBy('rep-east-2', 'tue 12:00')]).filter(
      ({ kind }) => kind === 'touched',
    );
    expect([own!.isByOther, other!.isByOther]).toEqual([false, true]);
    expect(other!.actor).toBe('rep-east-2');
  });

  test('accepts by implication, and is no flaw itself', () => {
    const flaws = deedsOf([touch('tue 11:00')]).map(({ kind, flaw }) => [kind, flaw]);
    expect(flaws).toContainEqual(['accepted', 'by-implication']);
    expect(flaws).toContainEqual(['touched', null]);
  });
});

describe('a status', () => {
  test('is without a touch unless one came since the status before it', () => {
    const deeds = deedsOf([
      accept('tue 10:30'),
      status('tue 11:00'),
      touch('tue 12:00'),
      status('tue 13:00'),
      status('tue 14:00'),
    ]);
    expect(deeds.filter(({ kind }) => kind === 'status').map(({ flaw }) => flaw)).toEqual([
      'without-touch',
      null,
      'without-touch',
    ]);
  });
});

describe('an acknowledgement', () => {
  const acknowledged = acknowledge('wed 11:00', 'first-response');

  test('is unanswered while what was promised has not come', () => {
    const [deed] = deedsOf([acknowledged]).filter(({ kind }) => kind === 'acknowledged');
    expect(deed).toMatchObject({ clock: 'first-response', flaw: 'unanswered' });
  });

  test('is answered once it has', () => {
    const [deed] = deedsOf([acknowledged, touch('wed 12:00')]).filter(({ kind }) => kind === 'acknowledged');
    expect(deed).toMatchObject({ clock: 'first-response', flaw: null });
  });
});
