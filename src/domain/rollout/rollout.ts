import type { AgreementRef } from '../agreement/index.js';
import type { DurationMs, Instant } from '../business-time/index.js';
import type { RolloutMode } from '../lifecycle/commands.js';

/** `aborted`: leads that were left stay as they are. */
export const rolloutStatuses = ['running', 'paused', 'aborted', 'done', 'reverting', 'reverted'] as const;
export type RolloutStatus = (typeof rolloutStatuses)[number];

/** What people may say about a rollout that was started. */
export const rolloutOrders = ['pause', 'resume', 'abort', 'revert'] as const;
export type RolloutOrder = (typeof rolloutOrders)[number];

/** In which standing an order makes sense, and where it leads. */
export const ordersIn: Readonly<Record<RolloutStatus, Readonly<Partial<Record<RolloutOrder, RolloutStatus>>>>> = {
  running: { pause: 'paused', abort: 'aborted' },
  paused: { resume: 'running', abort: 'aborted', revert: 'reverting' },
  aborted: { revert: 'reverting' },
  done: { revert: 'reverting' },
  reverting: {},
  reverted: {},
};

/** Standings in which an agreement takes no other rollout. */
export const standingsUnderWay = ['running', 'paused', 'reverting'] as const satisfies readonly RolloutStatus[];

/**
 * What became of a lead: `refused` by the lead itself, `failed` without an answer in time; `acted-on` and
 * `revert-failed` keep the new terms although the rollout was reverted.
 */
export const rolloutLeadStatuses = [
  'waiting',
  'applied',
  'refused',
  'failed',
  'reverted',
  'acted-on',
  'revert-failed',
] as const;
export type RolloutLeadStatus = (typeof rolloutLeadStatuses)[number];
export type RolloutCounts = Readonly<Record<RolloutLeadStatus, number>>;

/** A version on its way to the leads that run. */
export interface Rollout {
  readonly id: string;
  readonly agreement: AgreementRef;
  readonly mode: RolloutMode;
  /** Empty: leads of every segment, and those of none. */
  readonly segments: readonly string[];
  /** Never more than these, counted over each batch. */
  readonly leadsPerSecond: number;
  readonly status: RolloutStatus;
  readonly statusSince: Instant;
  /** It was aborted because another version became active. */
  readonly isSuperseded: boolean;
  readonly startedBy: string;
  readonly startedAt: Instant;
  readonly counts: RolloutCounts;
  /** What one lead took lately, waiting for its turn included; null before the first batch. */
  readonly msPerLead: DurationMs | null;
}

/** Leads that the present direction still has before it. */
export function leftCountOf({ status, counts }: Pick<Rollout, 'status' | 'counts'>): number {
  return status === 'reverting' ? counts.applied : status === 'reverted' ? 0 : counts.waiting;
}

/** When a rollout that goes on will have brought itself to all leads, at its present pace; null while it does not. */
export function expectedEndAt(rollout: Rollout, now: Instant): Instant | null {
  const { status, leadsPerSecond, msPerLead } = rollout;
  if (status !== 'running' && status !== 'reverting') return null;
  const paceMs = Math.max(1_000 / leadsPerSecond, msPerLead ?? 0);
  return now + Math.ceil(leftCountOf(rollout) * paceMs);
}
