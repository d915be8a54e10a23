/** What corrections need of the outside: interfaces only, implemented by `src/db` and `src/temporal`. */
import type { Actor } from '../access/audit-entry.js';
import type { Instant } from '../business-time/index.js';
import type { LeadEvent } from '../lifecycle/events.js';
import type { CommandOutcome, StoredCommand } from '../ports.js';
import type { CommandInTurn } from '../rollout/ports.js';
import type { Judgement, RejudgedClock } from '../sla/judgement.js';
import type {
  Correction,
  CorrectionLeadStatus,
  CorrectionOrder,
  CorrectionStatus,
  CorrectionToMake,
} from './correction.js';

export type CorrectionMade =
  | { readonly kind: 'made' }
  /** The agreement has another correction that is neither done nor withdrawn. */
  | { readonly kind: 'under-way'; readonly correctionId: string };

export type CorrectionOrdered =
  | { readonly kind: 'ordered' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'out-of-place'; readonly status: CorrectionStatus }
  /** Whoever wrote a correction does not approve it. */
  | { readonly kind: 'own-correction' };

/** A verdict that would change, or has changed. */
export interface CorrectedVerdict {
  readonly leadId: string;
  readonly clock: string;
  readonly n: number;
  readonly cycle: number;
  readonly party: RejudgedClock['party'];
  readonly team: string | null;
  readonly startedAt: Instant;
  readonly was: Judgement;
  readonly is: Judgement;
}

/** How many clocks of one promise, counted for one team, are judged otherwise, and how. */
export interface CorrectionTotal {
  readonly clock: string;
  readonly party: RejudgedClock['party'];
  readonly team: string | null;
  readonly clockCount: number;
  readonly leadCount: number;
  /** From anything to `met`, and from anything to `breached`. */
  readonly nowMetCount: number;
  readonly nowBreachedCount: number;
  /** Same verdict, another due instant or overshoot, now or to come. */
  readonly movedCount: number;
}

/** A verdict's place in its list, to go on from. */
export type VerdictPlace = Pick<CorrectedVerdict, 'leadId' | 'cycle' | 'clock' | 'n'>;

/** `listed`: as it was put to whoever approved; `rejudged`: as it was done. */
export const verdictListings = ['listed', 'rejudged'] as const;
export type VerdictListing = (typeof verdictListings)[number];

/** A document that single leads follow, and the version of which it has other lines. */
export interface OwnTerms {
  readonly key: string;
  readonly version: number;
}

export interface UnjudgedLead {
  readonly leadId: string;
  readonly code: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Corrections as people see and order them; each change with its audit entry, in one transaction. */
export interface CorrectionStore {
  make(correction: CorrectionToMake, actor: Actor): Promise<CorrectionMade>;
  order(id: string, order: CorrectionOrder, actor: Actor, at: Instant): Promise<CorrectionOrdered>;
  find(id: string): Promise<Correction | undefined>;
  /** The newest first, from the one after `after`. */
  list(after: string | undefined, limit: number): Promise<readonly Correction[]>;
  /** By lead, cycle, clock and number, from the one after `after`. */
  verdicts(
    id: string,
    listing: VerdictListing,
    after: VerdictPlace | undefined,
    limit: number,
  ): Promise<readonly CorrectedVerdict[]>;
  totals(id: string, listing: VerdictListing): Promise<readonly CorrectionTotal[]>;
  /** By id; the first of them, for there should be none. */
  unjudged(id: string, limit: number): Promise<readonly UnjudgedLead[]>;
  /** What approved corrections have put in the place of which terms, in the order of their approval. */
  termsInstead(): Promise<Readonly<Record<string, string>>>;
  /** What leads were told to follow under these versions of an agreement, other than the version itself. */
  ownTerms(agreement: string, versions: readonly number[]): Promise<readonly OwnTerms[]>;
  listUntold(olderThanMs: number, limit: number): Promise<readonly string[]>;
  markTold(id: string): Promise<void>;
}

/** A lead that is to be judged. */
export interface LeadToJudge {
  readonly leadId: string;
  readonly attemptCount: number;
  readonly story: readonly LeadEvent[];
}

/** What became of a lead; `waiting`: it gets another turn. */
export interface JudgedLead {
  readonly leadId: string;
  readonly status: CorrectionLeadStatus;
  readonly clocks: readonly RejudgedClock[];
  readonly commandId?: string;
  /** Absent: nothing was said to it, or it gave no answer. */
  readonly outcome?: Exclude<CommandOutcome, { kind: 'unanswered' }>;
  readonly code?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Corrections as the machinery works on them; everything here may be done twice. */
export interface CorrectionBook {
  /** The correction as ordered by now. */
  heed(id: string): Promise<Correction>;
  /** Takes in leads that it may concern and does not know yet. @returns how many */
  enrol(correction: Correction): Promise<number>;
  /** Leads that wait, those tried least first. */
  take(id: string, limit: number): Promise<readonly LeadToJudge[]>;
  /** Stores commands that are not stored yet; what is stored stays as it is. In the order given. */
  storeCommands(commands: readonly StoredCommand[]): Promise<readonly CommandInTurn[]>;
  findCommands(ids: readonly string[]): Promise<ReadonlyMap<string, CommandInTurn>>;
  record(correction: Correction, leads: readonly JudgedLead[]): Promise<void>;
  /** No lead waits: what was listed is a draft, and what was approved is done. */
  finish(correction: Correction, at: Instant): Promise<void>;
}

/** A correction's workflow as seen from outside: begins it, or has it look at its correction again. */
export interface CorrectionWorkflows {
  nudge(correctionId: string): Promise<void>;
}
