/**
 * What the API needs of the outside: interfaces only. `src/db`, `src/temporal`, `src/zones`, `src/channels` and
 * `src/console` have what fits them, and `src/bin/api.ts` hands it in.
 */
import type { ApiKey } from '../domain/access/api-key.js';
import type { Actor } from '../domain/access/audit-entry.js';
import type { Instant } from '../domain/business-time/index.js';
import type { LeadEvent } from '../domain/lifecycle/events.js';
import type { LeadState } from '../domain/lifecycle/state.js';
import type { CommandOutcome, HandOffRequest, LeadStart, RoutingSnapshot, StoredCommand } from '../domain/ports.js';

/** A lead that the posted one speaks of, as its ledger says within the intake's transaction. */
export interface ExistingLead {
  /** `external-id`: same source and id; `email`: another one of the same agreement with the same normalised e-mail. */
  readonly matchedBy: 'external-id' | 'email';
  readonly state: LeadState;
  readonly events: readonly LeadEvent[];
}

/** What intake decided, all of it recorded in one transaction with the answer's bytes. */
export type IntakeDecision =
  /** Events to append: from 1 for a new lead, from the next sequence for an excluded one that is judged anew. */
  | {
      readonly kind: 'handed-off';
      readonly leadId: string;
      readonly events: readonly LeadEvent[];
      /** Absent for an excluded lead: it has no workflow. */
      readonly start?: LeadStart;
      readonly answer: IntakeAnswer;
    }
  /** What the post adds to a lead that is there, as commands for its workflow. */
  | {
      readonly kind: 'joined';
      readonly leadId: string;
      readonly commands: readonly StoredCommand[];
      readonly answer: IntakeAnswer;
    };

/** The answer as it is stored: a redelivery gets the same bytes. */
export interface IntakeAnswer {
  readonly status: number;
  readonly bytes: string;
}

export type IntakeResult =
  | { readonly kind: 'decided'; readonly decision: IntakeDecision }
  /** The same source, external id and canonical body came before. */
  | { readonly kind: 'redelivered'; readonly answer: IntakeAnswer };

export interface IntakePost {
  readonly request: HandOffRequest;
  /** The definition's name, also where the caller left it out. */
  readonly agreementName: string;
  /** Trimmed and in lower case; null without one. */
  readonly normalisedEmail: string | null;
  /** SHA-256 of the canonical body. */
  readonly bodyHash: string;
  readonly body: unknown;
  readonly receivedAt: Instant;
}

export interface IntakeStore {
  /**
   * One transaction under the routing lock: finds a redelivery or an existing lead, else asks `decide`, and records
   * what it decides. `decide` is pure and may run again if the transaction has to.
   */
  handOff(
    post: IntakePost,
    decide: (snapshot: RoutingSnapshot, existing: ExistingLead | undefined) => IntakeDecision,
  ): Promise<IntakeResult>;
  /** Leads whose workflow has not been seen running, oldest first. */
  listUnstarted(olderThanMs: number, limit: number): Promise<readonly LeadStart[]>;
  markStarted(leadId: string): Promise<void>;
}

/** A stored command with what became of it. */
export interface CommandRecord {
  readonly command: StoredCommand;
  readonly outcome: CommandOutcome;
}

export type CommandReceipt =
  | { readonly kind: 'stored' }
  /** The same key and body came before. */
  | { readonly kind: 'repeated'; readonly record: CommandRecord }
  /** The same key came before with another body. */
  | { readonly kind: 'key-reused' };

export interface CommandStore {
  store(
    command: StoredCommand,
    said: { readonly principal: string; readonly idempotencyKey?: string; readonly bodyHash: string },
  ): Promise<CommandReceipt>;
  /** Keeps the first outcome, and says whose it is; a later one changes nothing: undefined. */
  complete(
    id: string,
    outcome: Exclude<CommandOutcome, { kind: 'unanswered' }>,
  ): Promise<Pick<StoredCommand, 'type' | 'receivedAt'> | undefined>;
  find(id: string): Promise<CommandRecord | undefined>;
  /** Oldest first by `receivedAt`. */
  listUndelivered(olderThanMs: number, limit: number): Promise<readonly StoredCommand[]>;
}

type FoundKey = ApiKey & { readonly isPersonKnown: boolean };

export interface ApiKeyStore {
  /** By the SHA-256 of the key in hex, whatever its standing; a machine's key has no person who could be unknown. */
  findByHash(hash: string): Promise<FoundKey | undefined>;
  /** The same by its id. */
  findById(id: string): Promise<FoundKey | undefined>;
  /** Together with its audit entry; the key itself is never stored. */
  save(key: Omit<ApiKey, 'revokedAt'> & { readonly hash: string }, actor: Actor): Promise<void>;
  /** Newest first, whatever their standing. */
  list(): Promise<readonly ApiKey[]>;
  /** The key as it stands by then; `refused`: the key that was to revoke it has itself been revoked by now. */
  revoke(id: string, actor: Actor): Promise<ApiKey | 'unknown' | 'refused'>;
}
