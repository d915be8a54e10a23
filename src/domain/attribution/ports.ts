import type { Actor } from '../access/audit-entry.js';
import type { Instant } from '../business-time/index.js';
import type { OpportunityStatus } from '../lifecycle/commands.js';
import type { AccountTouch } from './credit.js';
import type { Money } from './money.js';

/** An opportunity as the CRM has it now: all of it, so that the next one with its id takes its place. */
export interface OpportunityRow {
  readonly crmId: string;
  /** Null: the lead's, or else the default one. */
  readonly agreement: string | null;
  /** Null: the lead's. */
  readonly account: string | null;
  /** Our id of a lead, or `source:externalId`; null: no lead led to it. */
  readonly lead: string | null;
  readonly status: OpportunityStatus;
  readonly openedAt: Instant;
  /** Null exactly while it is open. */
  readonly closedAt: Instant | null;
  /** Of a closed one, at its closing. */
  readonly amount: Money | null;
  readonly touches: readonly AccountTouch[];
  /** Hash of all that the row says. */
  readonly hash: string;
}

export const opportunityOutcomes = ['stored', 'known', 'unknown-lead', 'unknown-agreement', 'other-agreement'] as const;
/** `known`: the last that was said of it is the same. All but these two are refused. */
export type OpportunityOutcome = (typeof opportunityOutcomes)[number];

export interface OpportunityStore {
  /** Keeps each row as a new revision of its opportunity, in one transaction; an outcome for each, in their order. */
  importRows(rows: readonly OpportunityRow[], saidAt: Instant, actor: Actor): Promise<readonly OpportunityOutcome[]>;
}

/** What one source cost in one month, all that is known of it: the next word on both takes its place. */
export interface CostRow {
  /** Null: the default one. */
  readonly agreement: string | null;
  /** `2026-11`. */
  readonly month: string;
  /** `none`: of no source. */
  readonly source: string;
  /** Null: none is known, which is not the same as 0. */
  readonly marketing: Money | null;
  readonly sales: Money | null;
}

export const costOutcomes = ['stored', 'known', 'unknown-agreement', 'other-currency'] as const;
/** `other-currency`: costs of the agreement stand in one that amounts cannot be added to. */
export type CostOutcome = (typeof costOutcomes)[number];

export interface CostStore {
  /** Keeps each row as a new revision, in one transaction; an outcome for each, in their order. */
  importRows(rows: readonly CostRow[], saidAt: Instant, actor: Actor): Promise<readonly CostOutcome[]>;
}
