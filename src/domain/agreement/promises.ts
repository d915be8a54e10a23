import type { AgreementTerms, ClockPromise, Milestone } from './terms.js';

type Named = readonly [name: string, promise: ClockPromise];
type ByMilestone = Partial<Record<Milestone, readonly Named[]>>;

/** Looked up at every milestone of every lead, so each agreement's clocks are sorted only once. */
const known = new WeakMap<AgreementTerms, ByMilestone>();

/** The promises that start with a milestone, in the order of the document. */
export function promisesFrom(terms: AgreementTerms, milestone: Milestone): readonly Named[] {
  const sorted = known.get(terms) ?? {};
  if (sorted[milestone] === undefined) {
    sorted[milestone] = Object.entries(terms.clocks).filter(([, { from }]) => from.includes(milestone));
    known.set(terms, sorted);
  }
  return sorted[milestone];
}
