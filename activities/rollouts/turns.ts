import type { AgreementTerms } from '../../src/domain/agreement/index.js';
import type { Instant } from '../../src/domain/business-time/index.js';
import type { CalendarAnswer, LeadLedger, LeadWorkflows } from '../../src/domain/ports.js';
import type { LeadInTurn, RolloutBook } from '../../src/domain/rollout/ports.js';
import type { Rollout } from '../../src/domain/rollout/rollout.js';

/** Where one workspace keeps what a rollout needs, and its leads' workflows. */
export interface RolloutStores {
  readonly rolloutBook: RolloutBook;
  readonly ledger: Pick<LeadLedger, 'read'>;
  readonly agreements: { findTerms(key: string): Promise<AgreementTerms | undefined> };
  readonly workflows: Pick<LeadWorkflows, 'deliver'>;
}

export interface RolloutDeps {
  readonly storesOf: (workspace: string) => RolloutStores;
  readonly calendar: CalendarAnswer;
  readonly now: () => Instant;
}

/** What one batch works with. */
export interface Turns {
  readonly rollout: Rollout;
  readonly leads: readonly LeadInTurn[];
  readonly stores: RolloutStores;
  readonly calendar: CalendarAnswer;
  /** When its commands count as received. */
  readonly at: Instant;
}

/** A lead that gave no answer so often has failed; its command stays stored, and is relayed until there is one. */
export const ATTEMPT_COUNT_MAX = 3;
