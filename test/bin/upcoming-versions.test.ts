/** Promise: what is told of versions on their way is how they stood by the last entry, whatever becomes of them later. */
import { upcomingVersions } from '../../src/bin/api/upcoming-versions.js';
import type { AuditAction, RecordedAuditEntry } from '../../src/domain/access/audit-entry.js';

const day = (number: number): number => Date.UTC(2026, 10, number);
const step = (number: number, action: AuditAction, after: object): RecordedAuditEntry => ({
  id: number,
  recordedAt: day(number),
  by: 'vp-sales',
  principal: 'admin',
  action,
  subject: 'agreement:inbound-saas@2',
  before: null,
  after,
});

const life = [
  step(1, 'version-drafted', { status: 'draft' }),
  step(2, 'version-submitted', { status: 'in-review' }),
  step(3, 'version-commented', { status: 'in-review' }),
  step(4, 'version-signed', { status: 'signed' }),
  step(5, 'version-published', { status: 'scheduled', effectiveAt: new Date(day(9)).toISOString() }),
  step(9, 'version-activated', { status: 'active', effectiveAt: new Date(day(9)).toISOString() }),
];
const standing = { version: 'inbound-saas@2', effectiveAt: null };

test.each([
  { by: 1, what: 'a draft is not on its way', told: [] },
  { by: 2, what: 'one in review is', told: [{ ...standing, status: 'in-review', since: day(2) }] },
  { by: 3, what: 'a comment changes nothing', told: [{ ...standing, status: 'in-review', since: day(2) }] },
  { by: 4, what: 'a signed one is', told: [{ ...standing, status: 'signed', since: day(4) }] },
  {
    by: 5,
    what: 'a scheduled one says from when',
    told: [{ ...standing, status: 'scheduled', since: day(5), effectiveAt: day(9) }],
  },
  { by: 9, what: 'one in force is not any more', told: [] },
])('$what', ({ by, told }) => {
  expect(upcomingVersions(life.filter(({ id }) => id <= by).toReversed())).toEqual(told);
});
