import type { Route } from '../route.js';
import type { PublicCommandType } from './command-bodies.js';

type Roles = NonNullable<Route['roles']>;

/** Whoever works the lead, and whoever mends what they logged. */
const work = ['rep', 'ops'] as const satisfies Roles;
/** Whoever decides above the lead's owner. */
const decide = ['leader', 'ops'] as const satisfies Roles;

/** Who may give which command, beside `admin`; a rep only on own leads (`own-lead.ts`). */
export const commandRoles = {
  accept: work,
  reject: work,
  touch: work,
  status: work,
  qualify: work,
  dispose: work,
  feedback: work,
  reassign: decide,
  pause: work,
  resume: work,
  acknowledge: decide,
  dispute: work,
  'resolve-dispute': decide,
  enrich: work,
  signal: work,
  opportunity: work,
  'apply-agreement': ['ops'],
  reopen: decide,
  retract: work,
  'mark-bounced': work,
} as const satisfies Record<PublicCommandType, Roles>;
