import type { Drafting } from '../../activities/reviews/review-deps.js';
import {
  canonicalJson,
  changeAgreement,
  linesForAmount,
  linesForTime,
  type AgreementDocument,
} from '../documents/index.js';
import type { Instant } from '../domain/business-time/index.js';
import type { DraftedChange, ProposedLines } from '../domain/reviews/index.js';
import { changesBetween } from './agreement-changes.js';
import { calendarKeys } from './calendar-ports.js';

/** Changes of stored documents that reviews may propose; calendars must open from now on. */
export const createDrafting = (now: () => Instant): Drafting => ({
  withTime: (canonical, clock, factor) => {
    const document = documentIn(canonical);
    const lines = linesForTime(document, clock, factor);
    return lines && changed(document, lines, now());
  },
  withAmount: (canonical, target, side, value) => {
    const document = documentIn(canonical);
    const amount = linesForAmount(document, target, side, value);
    const change = amount && changed(document, amount.lines, now());
    return change && { ...change, goal: amount.goal, goalNow: amount.goalNow };
  },
});

const documentIn = (canonical: string): AgreementDocument => JSON.parse(canonical) as AgreementDocument;

/** Undefined: the result would be no agreement, as where a warning would come after the end. */
function changed(document: AgreementDocument, lines: ProposedLines, at: Instant): DraftedChange | undefined {
  const later = changeAgreement(document, lines, calendarKeys, { at });
  if (later.document === undefined) return undefined;
  const changes = changesBetween(canonicalJson(document), canonicalJson(later.document));
  return { lines, changes, terms: later.terms };
}
