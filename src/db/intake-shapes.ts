import type { Instant } from '../domain/business-time/index.js';
import type { LeadEvent } from '../domain/lifecycle/events.js';
import type { LeadState } from '../domain/lifecycle/state.js';
import type { HandOffRequest, LeadStart, RoutingSnapshot, StoredCommand } from '../domain/ports.js';

/** A body that somebody handed in, and what the edge knows of it. */
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

/** A lead that a post speaks of, as its ledger says within the intake's transaction. */
export interface ExistingLead {
  /** `external-id`: known by this source and id; `email`: a running one of the same agreement and address. */
  readonly matchedBy: 'external-id' | 'email';
  readonly state: LeadState;
  readonly events: readonly LeadEvent[];
}

/** As it is stored: a redelivery gets the same bytes. */
export interface IntakeAnswer {
  readonly status: number;
  readonly bytes: string;
}

/** What the edge decides; all of it is recorded in one transaction. */
export type IntakeDecision =
  /** Events from 1 for a new lead, from the next sequence for an excluded one that is judged anew. */
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

export type IntakeResult =
  | { readonly kind: 'decided'; readonly decision: IntakeDecision }
  /** The same source, external id and canonical body came before. */
  | { readonly kind: 'redelivered'; readonly answer: IntakeAnswer };

/** Pure; may be asked again if the transaction has to be tried again. */
export type Decide = (snapshot: RoutingSnapshot, existing: ExistingLead | undefined) => IntakeDecision;

export interface IntakeStore {
  /**
   * One transaction under the routing lock: finds a redelivery or an existing lead, else asks `decide`, and records
   * what it decides. Posts that arrive together share a transaction; two of the same lead follow each other.
   */
  handOff(post: IntakePost, decide: Decide): Promise<IntakeResult>;
  /** Leads stored that long ago whose workflow has not been seen running, oldest first. */
  listUnstarted(olderThanMs: number, limit: number): Promise<readonly LeadStart[]>;
  markStarted(leadId: string): Promise<void>;
}
