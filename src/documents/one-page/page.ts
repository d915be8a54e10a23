import type { Party, VersionStatus } from '../../domain/agreement/index.js';

/** One promise: what it is called, what is promised, and how often it must be kept. */
export interface Commitment {
  /** Its name in the document: `first-response`. */
  readonly name: string;
  readonly lead: string;
  /** A whole sentence. */
  readonly text: string;
  /** `95%`; null where the sentence has its number in itself. */
  readonly goal: string | null;
}

/** The paper on which it is printed. */
export const paperSizes = ['a4', 'letter'] as const;
export type PaperSize = (typeof paperSizes)[number];

export interface Side {
  readonly party: Party;
  readonly heading: string;
  readonly commitments: readonly Commitment[];
}

/** A heading with lines below it; `lead` is what a line is about. */
export interface PageSection {
  readonly title: string;
  readonly lines: readonly { readonly lead: string; readonly text: string }[];
}

export interface PageSignature {
  readonly party: Party;
  /** The role or person that must sign. */
  readonly signer: string;
  /** Who signed and when, in words; null while nobody has. */
  readonly signed: { readonly person: string; readonly on: string } | null;
}

export interface OnePage {
  readonly title: string;
  /** `inbound-saas, version 3`, or without a number for a file. */
  readonly name: string;
  readonly status: VersionStatus | 'file';
  /** In force from, to be reviewed by. */
  readonly dates: readonly string[];
  readonly sides: readonly Side[];
  readonly sections: readonly PageSection[];
  readonly signatures: readonly PageSignature[];
  /** SHA-256 of the document: what the signatures stand for. */
  readonly key: string;
}
