import type { AgreementTerms } from '../../domain/agreement/index.js';
import type { AgreementDocument } from '../agreement-schema.js';
import { parseAgreement } from '../agreement.js';
import type { CalendarKeys } from '../calendar-keys.js';
import { readLocated, type LocatedText } from '../located-text.js';
import { inOrder, type Mistake } from '../mistake.js';
import type { LintEvidence, LintSubject, Severity } from './rule.js';
import { lintRules } from './rules.js';

/** One thing to mend or to think about, where it stands. */
export interface Remark extends Mistake {
  readonly severity: Severity;
  /** The rule's id; null for what is no agreement at all: unreadable, unknown, of the wrong kind. */
  readonly rule: string | null;
}

/** An agreement with all that is to be said of it; terms only if it can be read as one. */
export type Judgement =
  | { readonly document: AgreementDocument; readonly terms: AgreementTerms; readonly remarks: readonly Remark[] }
  | { readonly document?: undefined; readonly terms?: undefined; readonly remarks: readonly Remark[] };

/** Reads an agreement and says everything at once: its mistakes, or else where such agreements fail. */
export function judgeAgreement(text: string, file: string, calendars: CalendarKeys, evidence: LintEvidence): Judgement {
  const { document, terms, mistakes } = parseAgreement(text, file, calendars, evidence);
  if (document === undefined)
    return { remarks: mistakes.map((mistake) => ({ ...mistake, severity: 'error', rule: null })) };
  const { value: located } = readLocated(text, file);
  return { document, terms, remarks: inOrder(remarksOn({ ...evidence, document, terms }, located!)) };
}

const remarksOn = (subject: LintSubject, located: LocatedText): Remark[] =>
  lintRules.flatMap(({ id, severity, advice, look }) =>
    look(subject).map((flaw) => {
      const mistake = located.locate({ ...flaw, message: `${flaw.message}; ${advice}` });
      return { ...mistake, severity, rule: id };
    }),
  );

/** `file:line:column: error path: message [rule]`, as editors and terminals know how to open. */
export function formatRemark({ file, line, column, severity, path, message, rule }: Remark): string {
  const where = path === '' ? '' : `${path}: `;
  return `${file}:${line}:${column}: ${severity} ${where}${message}${rule === null ? '' : ` [${rule}]`}`;
}
