/** What versions of agreements need of the outside: interfaces only, implemented by `src/db`, handed in by `src/bin`. */
import type { Actor } from '../access/audit-entry.js';
import type { Instant } from '../business-time/index.js';
import type { Signers, VersionAct, VersionRefusal, VersionStanding } from './life/index.js';
import type { AgreementTerms } from './terms.js';
import type { AgreementSummary, AgreementVersion, VersionRef, VersionSummary } from './version.js';

/** Reads versions, whatever their status; each answer is of one instant. */
export interface VersionReader {
  findVersion(name: string, version: number): Promise<AgreementVersion | undefined>;
  /** By number, the oldest first. Empty: no agreement of that name. */
  listVersions(name: string): Promise<readonly VersionSummary[]>;
  /** By name. */
  listAgreements(): Promise<readonly AgreementSummary[]>;
}

/** A document that was read and found to be right. */
export interface DraftDocument {
  readonly terms: AgreementTerms;
  /** As it was written: YAML or JSON. */
  readonly text: string;
  /** The same as JSON with sorted keys, over which the key was taken. */
  readonly canonical: string;
}

export type VersionOutcome =
  | { readonly kind: 'done'; readonly version: VersionSummary }
  | { readonly kind: 'refused'; readonly refusal: VersionRefusal };

/** What comes along with an act. */
export interface ActParticulars {
  readonly actor: Actor;
  /** Who may sign, by the directory; needed to submit, to sign and to withdraw. */
  readonly signers?: Signers;
  /** Of the draft after an edit. */
  readonly document?: DraftDocument;
  /** The link by which a signature came: it works once. */
  readonly linkHash?: string;
  /** With a publication: the version is wholly in shadow from then on, before anything can leave because of it. */
  readonly inShadow?: boolean;
}

export interface VersionComment {
  readonly by: string;
  readonly at: Instant;
  readonly text: string;
  /** The hash of the document that it speaks of. */
  readonly key: string;
}

/** A link by mail with which its person may sign what they were sent, once. */
export interface SigningLink extends VersionRef {
  /** SHA-256 of the token in hex; the token itself is only in the mail. */
  readonly tokenHash: string;
  readonly person: string;
  readonly key: string;
  /** Of the review for which it was made. */
  readonly submittedAt: Instant;
  /** The first instant at which it no longer works. */
  readonly expiresAt: Instant;
  readonly usedAt?: Instant;
}

/** Keeps versions, one step at a time: deciding, storing and the audit entry are one transaction under one lock. */
export interface VersionStore extends VersionReader {
  /** The next version of the document's agreement, which begins with it if there is none. */
  createDraft(document: DraftDocument, actor: Actor, at: Instant): Promise<VersionSummary>;
  /** The draft that says the same, if there is one; else the next version, as `createDraft` makes it. */
  ensureDraft(document: DraftDocument, actor: Actor, at: Instant): Promise<VersionSummary>;
  act(ref: VersionRef, act: VersionAct, particulars: ActParticulars): Promise<VersionOutcome>;
  /** Oldest first. */
  listComments(ref: VersionRef): Promise<readonly VersionComment[]>;
  /** Keeps the link unless it is kept already, and gives what is kept. */
  keepLink(link: SigningLink): Promise<SigningLink>;
  findLink(tokenHash: string): Promise<SigningLink | undefined>;
  /** Versions whose workflow has not heard of their last step. */
  listUntold(limit: number): Promise<readonly VersionStanding[]>;
  markTold(ref: VersionRef, revision: number): Promise<void>;
}

/** The workflow that waits for a version's days. */
export interface VersionWorkflows {
  /** Tells it how the version stands, and begins it where it does not run; hearing it twice changes nothing. */
  tell(standing: VersionStanding): Promise<void>;
}
