/**
 * What `set` of apply-agreement makes of a lead's present document: whole terms, or every mistake in the result.
 */
import {
  canonicalJson,
  changeAgreement,
  type AgreementDocument,
  type CalendarKeys,
  type Lines,
} from '../../documents/index.js';
import type { AgreementRef, AgreementTerms } from '../../domain/agreement/index.js';
import type { Instant } from '../../domain/business-time/index.js';
import type { CommandOf } from '../../domain/lifecycle/commands.js';
import type { AgreementStore } from '../../domain/ports.js';

export interface ChangedAgreementsParts {
  readonly agreements: Pick<AgreementStore, 'findDocument'> & DocumentKeeper;
  readonly calendars: CalendarKeys;
}

export interface KeptAgreement {
  readonly terms: AgreementTerms;
  /** As people read it, and as its key was taken. */
  readonly text: string;
  readonly canonical: string;
}

/** Keeps a document that only some lead follows, so that its next change can start from it. */
export interface DocumentKeeper {
  saveDocument(agreement: KeptAgreement): Promise<void>;
}

type Change = Pick<CommandOf<'apply-agreement'>, 'agreement' | 'mistakes'>;

export class ChangedAgreements {
  constructor(private readonly parts: ChangedAgreementsParts) {}

  async change({ key, version }: AgreementRef, set: Lines, at: Instant): Promise<Change> {
    const document = await this.parts.agreements.findDocument(key);
    const use = { at, version };
    const changed = changeAgreement(document as AgreementDocument, set, this.parts.calendars, use);
    if (changed.document === undefined) return { mistakes: changed.mistakes };
    const { document: result, terms } = changed;
    const text = JSON.stringify(result, null, 2);
    await this.parts.agreements.saveDocument({ terms, text, canonical: canonicalJson(result) });
    return { agreement: terms };
  }
}
