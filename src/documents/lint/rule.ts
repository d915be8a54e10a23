import type { AgreementTerms, PastLeads } from '../../domain/agreement/index.js';
import type { CalendarDefinition, CalendarWindows, Instant } from '../../domain/business-time/index.js';
import type { Directory } from '../../domain/routing/directory.js';
import type { AgreementDocument } from '../agreement-schema.js';
import type { Flaw } from '../mistake.js';

/** `error`: it cannot work as it is written, do not sign it; `warning`: it can, but such agreements fail. */
export const severities = ['error', 'warning'] as const;
export type Severity = (typeof severities)[number];

/** What an agreement is judged with besides itself. */
export interface LintEvidence {
  /** From when on: calendars are looked at for the year from here. */
  readonly at: Instant;
  readonly windowsOf: (definition: CalendarDefinition, from: Instant, until: Instant) => CalendarWindows;
  /** Without it, nothing is said about people and capacity. */
  readonly directory?: Directory;
  /** Last quarter's leads of this agreement; without them, nothing is said about what they would have missed. */
  readonly past?: PastLeads;
}

/** What a rule looks at. */
export interface LintSubject extends LintEvidence {
  readonly document: AgreementDocument;
  readonly terms: AgreementTerms;
}

/** A rule about agreements that are well formed: what it says of each place, and what to do about it. */
export interface LintRule {
  /** In kebab case; findings carry it. */
  readonly id: string;
  readonly severity: Severity;
  /** What it finds, in one sentence for the documentation. */
  readonly finds: string;
  /** What to do instead. */
  readonly advice: string;
  readonly look: (subject: LintSubject) => readonly Flaw[];
}
