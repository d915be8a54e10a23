import type { Instant } from '../business-time/index.js';
import type { AgreementTerms, Party } from './terms.js';

/** The life of a version, in its order; only a draft can be edited. */
export const versionStatuses = ['draft', 'in-review', 'signed', 'scheduled', 'active', 'superseded'] as const;
export type VersionStatus = (typeof versionStatuses)[number];

/** Which version of which agreement: `inbound-saas@7`. */
export interface VersionRef {
  readonly name: string;
  readonly version: number;
}

/** What a document says of its own life, as it is written: dates are days in its `timeZone`. */
export interface Charter {
  readonly title?: string;
  readonly timeZone: string;
  /** `YYYY-MM-DD`: in force from the beginning of that day. Absent: from its publication. */
  readonly effectiveFrom?: string;
  /** `YYYY-MM-DD`: to be looked at anew by the end of that day. */
  readonly reviewBy?: string;
  /** For each side a role or a person. Absent: nobody can sign it. */
  readonly signers?: Readonly<Record<Party, string>>;
}

export interface VersionSignature {
  /** The side for which it was given. */
  readonly party: Party;
  readonly person: string;
  /** What was signed: the hash of the version's document at that time. */
  readonly key: string;
  readonly signedAt: Instant;
  /** A signature that was taken back counts for nothing, and stays on record. */
  readonly withdrawnAt?: Instant;
}

/** A numbered version of an agreement as it stands in its life. */
export interface VersionSummary {
  readonly name: string;
  readonly version: number;
  readonly status: VersionStatus;
  /** SHA-256 over the canonical document and the zone release: what both sides sign. */
  readonly key: string;
  readonly charter: Charter;
  /** Oldest first, withdrawn ones among them. */
  readonly signatures: readonly VersionSignature[];
  readonly createdAt: Instant;
  readonly createdBy: string;
  /** When it went into its present review. */
  readonly submittedAt?: Instant;
  readonly publishedAt?: Instant;
  /** From when on new leads follow it; known once it is published. */
  readonly effectiveAt?: Instant;
  readonly activatedAt?: Instant;
  readonly supersededAt?: Instant;
  /** The first instant after its day of review; known once it is published. */
  readonly reviewDueAt?: Instant;
  /** Since when it is active beyond its day of review. */
  readonly overdueSince?: Instant;
  /** Put into force by the administrator, without signatures: how an installation begins. */
  readonly isInstalled: boolean;
  /** Grows with every step of its life. */
  readonly revision: number;
}

/** A version with all that it says. */
export interface AgreementVersion extends VersionSummary {
  readonly terms: AgreementTerms;
  /** The document as it was written: YAML or JSON. */
  readonly text: string;
  /** The same as JSON with sorted keys. */
  readonly canonical: string;
}

/** An agreement by name: what it is at present, and what may come. */
export interface AgreementSummary {
  readonly name: string;
  readonly title?: string;
  /** Hand-offs that name no agreement follow it. */
  readonly isDefault: boolean;
  readonly activeVersion?: number;
  /** The highest number given. */
  readonly newestVersion: number;
}
