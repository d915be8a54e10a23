import type { AgreementSheets } from '../../console/agreement-sheets.js';
import {
  diffAgreements,
  judgeAgreement,
  onePageOf,
  type AgreementDocument,
  type CalendarKeys,
  type Change,
  type Judgement,
  type OnePage,
  type PageOccasion,
  type PaperSize,
} from '../../documents/index.js';
import type { AgreementVersion, PastLeadsReader } from '../../domain/agreement/index.js';
import type { CalendarDefinition, CalendarWindows, Instant } from '../../domain/business-time/index.js';
import type { DirectoryStore } from '../../domain/ports.js';

interface PapersDeps {
  readonly calendars: CalendarKeys;
  readonly windowsOf: (definition: CalendarDefinition, from: Instant, until: Instant) => CalendarWindows;
  readonly formatLocal: (timeZone: string, at: Instant) => string;
  readonly directory: DirectoryStore;
  readonly pastLeads: PastLeadsReader;
  readonly agreementSheets: AgreementSheets;
}

/** Thirteen weeks: what is called last quarter where a version is held against past leads. */
const QUARTER_MS = 91 * 86_400_000;

/** What stored versions look like, what is to be said of them, and what one says otherwise than another. */
export class AgreementPapers {
  constructor(private readonly deps: PapersDeps) {}

  html(version: AgreementVersion): string {
    return this.deps.agreementSheets.html(this.#pageOf(version));
  }

  pdf(version: AgreementVersion, paper: PaperSize): Promise<Uint8Array> {
    return this.deps.agreementSheets.pdf(this.#pageOf(version), { paper, date: new Date(version.createdAt) });
  }

  /** Everything at once: mistakes, strangers to the directory, and where such agreements fail. */
  async lint({ name, version, text }: AgreementVersion, at: Instant): Promise<Judgement> {
    const { calendars, windowsOf, pastLeads, directory } = this.deps;
    const [past, people] = await Promise.all([pastLeads.read(name, at - QUARTER_MS, at), directory.read()]);
    return judgeAgreement(text, `${name}@${version}`, calendars, { at, windowsOf, directory: people, past });
  }

  diff(before: AgreementVersion, after: AgreementVersion): readonly Change[] {
    return diffAgreements(documentOf(before), documentOf(after));
  }

  diffHtml(before: AgreementVersion, after: AgreementVersion): string {
    const changes = this.diff(before, after);
    return this.deps.agreementSheets.diffHtml({ before: nameOf(before), after: nameOf(after), changes });
  }

  #pageOf(version: AgreementVersion): OnePage {
    const { key, status, version: number } = version;
    return onePageOf(documentOf(version), { key, status, version: number, signatures: this.#signaturesOf(version) });
  }

  /** Those that stand: given for the document as it is, and not withdrawn. */
  #signaturesOf({ signatures, key, charter }: AgreementVersion): PageOccasion['signatures'] {
    const standing = signatures.filter((signature) => signature.key === key && signature.withdrawnAt === undefined);
    const said = standing.map(({ party, person, signedAt }) => {
      return [party, { person, on: this.deps.formatLocal(charter.timeZone, signedAt) }] as const;
    });
    return Object.fromEntries(said);
  }
}

/** Stored versions were checked when they were written. */
const documentOf = ({ canonical }: AgreementVersion): AgreementDocument => JSON.parse(canonical) as AgreementDocument;

const nameOf = ({ name, version }: AgreementVersion): string => `${name}, version ${version}`;
