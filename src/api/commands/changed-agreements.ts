/**
 * What `set` of apply-agreement makes of a lead's present document: whole terms, or every mistake in the result.
 */
import { changeAgreement, type AgreementDocument, type CalendarKeys, type Lines } from '../../documents/index.js';
import type { AgreementRef, AgreementTerms } from '../../domain/agreement/index.js';
import type { Instant } from '../../domain/business-time/index.js';
import type { CommandOf } from '../../domain/lifecycle/commands.js';
import type { AgreementStore } from '../../domain/ports.js';

export interface ChangedAgreementsParts {
  readonly agreements: Pick<AgreementStore, 'findDocument'> & DocumentKeeper;
  readonly calendars: CalendarKeys;
}

/** Keeps a document that only some lead follows, so that its next change can start from it. */
export interface DocumentKeeper {
  saveDocument(document: unknown, terms: AgreementTerms): Promise<void>;
}

type Change = Pick<CommandOf<'apply-agreement'>, 'agreement' | 'mistakes'>;

export class ChangedAgreements {
  constructor(private readonly parts: ChangedAgreementsParts) {}

  async change({ key, version }: AgreementRef, set: Lines, at: Instant): Promise<Change> {
    const document = await this.parts.agreements.findDocument(key);
    const use = { at, version };
    const changed = changeAgreement(document as AgreementDocument, set, this.parts.calendars, use);
    if (changed.document === undefined) return { mistakes: changed.mistakes };
    await this.parts.agreements.saveDocument(changed.document, changed.terms);
    return { agreement: changed.terms };
  }
}
