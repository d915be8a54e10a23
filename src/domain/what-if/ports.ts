import type { Actor } from '../access/audit-entry.js';
import type { AgreementTerms } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { Command } from '../lifecycle/commands.js';
import type { PastLead, PastStory } from './past-lead.js';
import type { WhatIf } from './comparison.js';

/** The leads of an agreement that were handed off in `[from, to)`, by what was recorded up to `asOf`. */
export interface Cohort {
  readonly agreementName: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly asOf: Instant;
}

/** One of several parts that together make a cohort; each lead is in exactly one. */
export interface Share {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

export interface PastLeadReader {
  /**
   * Leads of a share, a page at a time, so that a cohort of any size takes no more memory than a page; what a page
   * yields can be had once.
   */
  read(cohort: Cohort, share: Share): AsyncIterable<Iterable<PastLead>>;
}

/** What somebody wants to know before they sign. */
export interface WhatIfRequest {
  readonly terms: AgreementTerms;
  /** Null: the document is no stored version. */
  readonly version: number | null;
  /** A stored version that imported leads are compared with. */
  readonly against?: { readonly terms: AgreementTerms; readonly version: number };
  readonly from: Instant;
  readonly to: Instant;
  readonly asOf: Instant;
}

export type WhatIfAnswer = (request: WhatIfRequest) => Promise<WhatIf>;

/** Several documents that are no stored versions, held against the same leads, which are read once. */
export interface WhatIfTrial {
  readonly variants: readonly AgreementTerms[];
  readonly from: Instant;
  readonly to: Instant;
  readonly asOf: Instant;
  /** One lead in so many takes part, by its id, so that they are always the same; 1: all of them. */
  readonly oneIn: number;
}

/** An answer for each variant, in their order. */
export type WhatIfTrials = (trial: WhatIfTrial) => Promise<readonly WhatIf[]>;

/** A lead of another system, as a row of its export says. */
export interface ImportedHandOff {
  readonly agreementName: string;
  readonly at: Instant;
  readonly handOff: Pick<PastStory['handOff'], 'by' | 'fields' | 'signals' | 'holder'>;
}

/** One row of another system's history: the hand-off of a lead, or something said to it. */
export interface HistoryRow {
  readonly source: string;
  readonly externalId: string;
  /** Hash of all that the row says. */
  readonly id: string;
  readonly says:
    | { readonly kind: 'hand-off'; readonly lead: ImportedHandOff }
    | { readonly kind: 'fact'; readonly command: Command; readonly touchSaidBy?: string };
}

export const rowOutcomes = ['stored', 'known', 'other-hand-off', 'no-hand-off', 'before-hand-off', 'own-lead'] as const;
/** `known`: the same was imported before. All but these two are refused. */
export type RowOutcome = (typeof rowOutcomes)[number];

export interface HistoryStore {
  /** Keeps what can be kept, in one transaction; an outcome for each row, in their order. */
  importRows(rows: readonly HistoryRow[], actor: Actor): Promise<readonly RowOutcome[]>;
}
