import { readFileSync } from 'node:fs';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { changeAgreement, termsOf, type AgreementDocument } from '../../src/documents/index.js';
import type { AgreementTerms } from '../../src/domain/agreement/index.js';
import type { Absence, Directory, Person } from '../../src/domain/routing/directory.js';
import { recordedSpec, specUse, type SpecDocuments } from './read-spec.js';
import { when } from './week.js';

/** Lines of an agreement by dotted path, as `set` has them. */
export type Lines = Readonly<Record<string, unknown>>;

export interface Agreement {
  readonly document: AgreementDocument;
  readonly terms: AgreementTerms;
}

const { agreement: document, people } = JSON.parse(readFileSync(recordedSpec, 'utf8')) as SpecDocuments;
const signed: Agreement = { document, terms: termsOf(document, { version: 1 }, calendarKeys) };
const made = new Map<string, Agreement>();

/** The spec's agreement with lines of it set. */
export function anAgreement(lines: Lines = {}): Agreement {
  const key = JSON.stringify(lines);
  const agreement = made.get(key) ?? changed(signed, lines);
  made.set(key, agreement);
  return agreement;
}

/** An agreement with lines of it set, as the next version. */
export const changed = ({ document, terms }: Agreement, lines: Lines): Agreement =>
  Object.keys(lines).length === 0
    ? { document, terms }
    : sound(changeAgreement(document, lines, calendarKeys, { ...specUse, version: terms.version + 1 }));

function sound({ document, terms, mistakes }: ReturnType<typeof changeAgreement>): Agreement {
  if (!document) throw new Error(`the agreement has mistakes: ${JSON.stringify(mistakes)}`);
  return { document, terms };
}

/** Somebody who is away, in words for instants. */
export interface Away {
  readonly person: string;
  readonly from: string;
  readonly until: string;
  readonly delegate?: string;
}

/** The spec's people; some of them otherwise than there, some away. */
export function aDirectory(others: readonly Partial<Person>[] = [], away: readonly Away[] = []): Directory {
  const known = people.people.map((person) => ({ ...person, ...others.find(({ id }) => id === person.id) }));
  const added = others.filter(({ id }) => !people.people.some((person) => person.id === id)) as Person[];
  const absences = away.map(({ from, until, ...who }): Absence => ({ ...who, from: when(from), until: when(until) }));
  return { ...people, people: [...known, ...added], absences };
}
