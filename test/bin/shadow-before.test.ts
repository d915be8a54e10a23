/** Promise: the baseline of a version's own time in shadow is that time, and no time in which a ladder was live. */
import { shadowBefore } from '../../src/bin/api/shadow-before.js';
import type { RecordedAuditEntry } from '../../src/domain/access/audit-entry.js';

const whole = { covers: 'all', liveLadders: [] };
const day = (number: number): number => Date.UTC(2026, 9, number);

const entry = (
  number: number,
  action: 'shadow-set' | 'went-live',
  after: unknown,
  version = 1,
): RecordedAuditEntry => ({
  id: number,
  recordedAt: day(number),
  by: 'admin',
  principal: 'admin',
  action,
  subject: `agreement:inbound-saas@${version}`,
  before: null,
  after,
});

const set = entry(1, 'shadow-set', whole);

test.each<{ what: string; told: RecordedAuditEntry[]; span: object | undefined }>([
  { what: 'without a shadow there is none', told: [], span: undefined },
  {
    what: 'from its beginning until it went live',
    told: [set, entry(9, 'went-live', null)],
    span: { from: day(1), to: day(9), version: 'inbound-saas@1' },
  },
  { what: 'while it lasts, until the period', told: [set], span: { from: day(1), to: day(20) } },
  {
    what: 'said once more it goes on',
    told: [set, entry(3, 'shadow-set', whole), entry(9, 'went-live', null)],
    span: { from: day(1), to: day(9) },
  },
  {
    what: 'until the first ladder was live',
    told: [set, entry(4, 'went-live', { covers: 'all', liveLadders: ['stale'] }), entry(9, 'went-live', null)],
    span: { from: day(1), to: day(4) },
  },
  {
    what: 'of some ladders it is none',
    told: [entry(1, 'shadow-set', { covers: 'ladders', ladders: ['stale'] })],
    span: undefined,
  },
  {
    what: 'the last version in shadow counts',
    told: [set, entry(5, 'went-live', null), entry(6, 'shadow-set', whole, 2), entry(8, 'went-live', null, 2)],
    span: { from: day(6), to: day(8), version: 'inbound-saas@2' },
  },
  { what: 'what begins only in the period is none', told: [entry(20, 'shadow-set', whole)], span: undefined },
])('$what', ({ told, span }) => {
  const found = shadowBefore(told.toReversed(), day(20));
  if (span === undefined) expect(found).toBeUndefined();
  else expect(found).toMatchObject(span);
});
