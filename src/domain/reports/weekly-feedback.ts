import type { Instant } from '../business-time/index.js';
import type { ShareTally } from './share-tally.js';

/** What of a review says whether sales gave its word of a week. */
interface ReviewedWeek {
  readonly agreement: { readonly name: string };
  readonly kind: string;
  readonly period: { readonly to: Instant };
  readonly words: readonly unknown[];
}

/** The target `weekly-feedback`: weeks that ended in the period and were reviewed, and those with a word of sales. */
export function tallyWeeklyFeedback(
  reviews: readonly ReviewedWeek[],
  { agreement, from, to }: { readonly agreement: string; readonly from: Instant; readonly to: Instant },
): ShareTally {
  const weeks = reviews
    .filter((review) => review.agreement.name === agreement && review.kind === 'weekly')
    .filter(({ period }) => period.to > from && period.to <= to);
  const numerator = weeks.filter(({ words }) => words.length > 0).length;
  return { numerator, denominator: weeks.length, leftOut: {} };
}
