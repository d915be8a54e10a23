import {
  foldReview,
  type Proposal,
  type Review,
  type ReviewEvent,
  type ReviewState,
} from '../../../src/domain/reviews/index.js';

export const DAY_MS = 86_400_000;
export const openedAt = Date.parse('2026-11-30T15:00:00Z');
export const dueAt = openedAt + 7 * DAY_MS;

const weekly: Review = {
  id: 'inbound-saas.weekly.2026-11-30',
  agreement: { name: 'inbound-saas', version: 1 },
  name: 'weekly',
  kind: 'weekly',
  timeZone: 'America/New_York',
  period: {
    kind: 'week',
    name: '2026-W48',
    fromDate: '2026-11-23',
    toDate: '2026-11-30',
    from: openedAt - 7 * DAY_MS,
    to: openedAt,
  },
  scheduledAt: openedAt,
  openedAt,
  dueAt,
  asOf: openedAt - 10_000,
  packHash: 'ab'.repeat(32),
  agenda: ['mql-volume'],
  decisionsMin: 0,
  attendees: ['manager-east', 'marketing-ops'],
  escalatesTo: ['cro'],
  shortfalls: [],
  deliverables: [],
};

/** A weekly review, but for what is said. */
export const aReview = (changes: Partial<Review> = {}): Review => ({ ...weekly, ...changes });

export const standing = (changes: Partial<Review> = {}, ...events: readonly ReviewEvent[]): ReviewState =>
  foldReview(aReview(changes), events);

export const shortfall = (commitment: string) =>
  ({ commitment, party: 'sales', goal: 0.9, value: 0.5, weeksBelowGoal: 2 }) as const;

export const delivery = (name: string) =>
  ({ name, party: 'marketing', owner: 'marketing-ops', every: 'month' }) as const;

/** Another amount for a target of the example agreement. */
export const proposal = (target: string, atLeast: string): Proposal => ({
  kind: 'target',
  id: `targets.${target}`,
  commitment: target,
  party: 'marketing',
  lines: { [`targets.${target}.atLeast`]: atLeast },
  changes: [`${target}: at least ${atLeast}`],
  goalNow: 0.95,
  goal: 0.9,
  months: [{ month: '2026-10', actual: 0.92, isMetNow: false, wouldBeMet: true }],
});

export const by = 'manager-east';
