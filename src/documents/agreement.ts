import type { AgreementTerms } from '../domain/agreement/index.js';
import { checkAgreement, type AgreementCheck } from './agreement-flaws.js';
import type { AgreementDocument } from './agreement-schema.js';
import { termsOf } from './agreement-terms.js';
import type { CalendarKeys } from './calendar-keys.js';
import { readLocated } from './located-text.js';
import { dottedPath, inOrder, type Mistake } from './mistake.js';
import { setPaths, type Lines } from './set-paths.js';

/** What an agreement is checked for, and the number it gets. */
export interface AgreementUse extends AgreementCheck {
  /** 1 unless given. */
  readonly version?: number;
}

/** An agreement that was read: document and terms, or every mistake in it. */
export type AgreementReading =
  | { readonly document: AgreementDocument; readonly terms: AgreementTerms; readonly mistakes: readonly [] }
  | { readonly document?: undefined; readonly terms?: undefined; readonly mistakes: readonly Mistake[] };

/** Reads an agreement from YAML or JSON text; `file` is how its mistakes name it. */
export function parseAgreement(
  text: string,
  file: string,
  calendars: CalendarKeys,
  { version = 1, ...check }: AgreementUse,
): AgreementReading {
  const { value: located, mistakes } = readLocated(text, file);
  if (located === undefined) return { mistakes };
  const { value: document, flaws } = checkAgreement(located.value, calendars, check);
  if (document === undefined) return { mistakes: inOrder(flaws.map(located.locate)) };
  return { document, terms: termsOf(document, { version }, calendars), mistakes: [] };
}

/** An agreement with lines of it set, or what is wrong with the result, each with its dotted path. */
export type ChangedAgreement =
  | { readonly document: AgreementDocument; readonly terms: AgreementTerms; readonly mistakes: readonly [] }
  | { readonly document?: undefined; readonly terms?: undefined; readonly mistakes: readonly string[] };

/** Sets lines of an agreement, as `apply-agreement` does, and checks the result as a whole. */
export function changeAgreement(
  document: AgreementDocument,
  set: Lines,
  calendars: CalendarKeys,
  { version = 1, ...check }: AgreementUse,
): ChangedAgreement {
  const { document: changed, flaws } = setPaths(document, set);
  const checked = changed === undefined ? { flaws } : checkAgreement(changed, calendars, check);
  if (!('value' in checked) || checked.value === undefined) {
    return { mistakes: checked.flaws.map(({ path, message }) => `${dottedPath(path)}: ${message}`) };
  }
  return { document: checked.value, terms: termsOf(checked.value, { version }, calendars), mistakes: [] };
}
