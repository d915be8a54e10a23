/**
 * Here lives what stands on the page that two heads sign, made from the document alone and never by hand: plain
 * sentences in sections, ready for paper and for the browser. How it looks is decided by those who print it.
 */
import { parties, type Party } from '../../domain/agreement/index.js';
import { capitalised, spoken } from '../../domain/notices/words.js';
import { nameText } from '../agreement-words.js';
import type { AgreementDocument } from '../agreement-schema.js';
import { clockSentence, deliverableSentence, targetSentence } from './commitments.js';
import { definitionsOf } from './definitions.js';
import { dateText } from './dates.js';
import type { OnePage, PageSignature, Side } from './page.js';
import { consequencesOf, reasonsOf, reviewsOf } from './rules-of-play.js';

/** What the page says of the version besides its document. */
export interface PageOccasion {
  readonly key: string;
  /** Absent: a file that is no version yet. */
  readonly version?: number;
  readonly status: OnePage['status'];
  /** Of each party whose signature stands. */
  readonly signatures: Readonly<Partial<Record<Party, NonNullable<PageSignature['signed']>>>>;
}

export function onePageOf(document: AgreementDocument, occasion: PageOccasion): OnePage {
  const { name, title, signers } = document;
  const { key, version, status, signatures } = occasion;
  return {
    title: title ?? capitalised(spoken(name)),
    name: version === undefined ? name : `${name}, version ${version}`,
    status,
    dates: datesOf(document),
    sides: parties.map((party) => sideOf(document, party)),
    sections: [definitionsOf(document), reasonsOf(document), consequencesOf(document), reviewsOf(document)].filter(
      ({ lines }) => lines.length > 0,
    ),
    signatures: parties.map((party) => ({
      party,
      signer: nameText(signers?.[party] ?? `head of ${party}`),
      signed: signatures[party] ?? null,
    })),
    key,
  };
}

const datesOf = ({ effectiveFrom, reviewBy }: AgreementDocument): readonly string[] => [
  ...(effectiveFrom === undefined ? [] : [`in force from ${dateText(effectiveFrom)}`]),
  ...(reviewBy === undefined ? [] : [`to be reviewed by ${dateText(reviewBy)}`]),
];

function sideOf(document: AgreementDocument, party: Party): Side {
  const { clocks, targets = {}, deliverables = [] } = document;
  return {
    party,
    heading: `${capitalised(party)} promises`,
    commitments: [
      ...Object.entries(targets)
        .filter(([, target]) => target.party === party)
        .map(([name, target]) => targetSentence(name, target)),
      ...Object.entries(clocks)
        .filter(([, clock]) => clock.party === party)
        .map(([name, clock]) => clockSentence(name, clock, document)),
      ...deliverables.filter((deliverable) => deliverable.party === party).map(deliverableSentence),
    ],
  };
}
