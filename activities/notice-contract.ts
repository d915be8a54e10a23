/**
 * Activities live here: the lead's workflow reaching out into the world, through ports that are handed in.
 * They decide nothing about a lead, and each may run twice: whatever they do must bear being done again.
 *
 * This file is the contract of notices, between the workflow that asks for them and the activity that delivers them.
 */
import type { Instant } from '../src/domain/business-time/index.js';
import type { LeadEvent } from '../src/domain/lifecycle/events.js';

export interface NoticeRequest {
  readonly workspace: string;
  readonly leadId: string;
  /** Those that cause notices (`eventsCausingNotices` of src/domain/notices), oldest first; all of it stands in the ledger by now. */
  readonly events: readonly LeadEvent[];
  /** The lead is to be shown as of this sequence: what the ledger holds up to it. */
  readonly stateSeq: number;
}

export interface NoticeReceipt {
  /** When the mail server first accepted a hand-off notice; absent if none was among the notices, or none got out. */
  readonly acceptedAt?: Instant;
  /** Who was sent that notice: the id of a person. */
  readonly recipient?: string;
  /** It was not sent but withheld, at that instant. */
  readonly shadow?: true;
}

/** Delivers each notice once, ever, whoever calls how often; throws what is worth another try. */
export type DeliverNotices = (request: NoticeRequest) => Promise<NoticeReceipt>;
