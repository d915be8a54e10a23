import type { AgreementTerms } from '../../domain/agreement/index.js';
import type { Directory } from '../../domain/routing/directory.js';
import type { Cohort, Share } from '../../domain/what-if/ports.js';
import type { Tally } from '../../domain/what-if/tally.js';

/** What a thread is started with; by value, for threads share nothing. */
export interface ShareOrder {
  readonly databaseUrl: string;
  readonly workspace: string;
  /** Every lead is told to each of them. */
  readonly variants: readonly AgreementTerms[];
  readonly against?: AgreementTerms;
  readonly cohort: Cohort;
  readonly share: Share;
  readonly directory: Directory;
}

/** What it hands back. */
export interface ShareReport {
  /** Of each variant, in their order. */
  readonly tallies: readonly Tally[];
  readonly heapBytesMax: number;
}
