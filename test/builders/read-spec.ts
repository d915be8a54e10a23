import { readFileSync } from 'node:fs';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { parseAgreement, parsePeople, type AgreementDocument } from '../../src/documents/index.js';
import type { Directory } from '../../src/domain/routing/directory.js';

/** The spec's agreement and people, as they read. */
export interface SpecDocuments {
  readonly agreement: AgreementDocument;
  readonly people: Directory;
}

/** Stories begin in November: the spec's calendars must open from here on. */
export const specUse = { at: Date.parse('2026-10-01T00:00:00Z') };

/**
 * Where `npm run record:spec` keeps what `readSpec` reads: builders take it from there, for in the world of its own that
 * each test file has, reading YAML costs more than most of its tests.
 */
export const recordedSpec = new URL('spec.json', import.meta.url);

const textOf = (file: string): string => readFileSync(new URL(`../spec/${file}`, import.meta.url), 'utf8');

export function readSpec(): SpecDocuments {
  const file = 'agreements/inbound-saas.yaml';
  const agreement = parseAgreement(textOf(file), file, calendarKeys, specUse);
  if (!agreement.document) throw new Error(`the agreement has mistakes: ${JSON.stringify(agreement.mistakes)}`);
  const people = parsePeople(textOf('people.yaml'), 'people.yaml');
  if (!people.value) throw new Error(`the people have mistakes: ${JSON.stringify(people.mistakes)}`);
  return { agreement: agreement.document, people: people.value };
}
