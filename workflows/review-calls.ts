import { proxyActivities } from '@temporalio/workflow';
import type { ReviewActivities } from '../activities/review-contract.js';

/** Figures of a quarter take a while; database and mail server may be away for long: everything is tried until done. */
export const { openReviews, tendReview, writeLetters } = proxyActivities<ReviewActivities>({
  startToCloseTimeout: 5 * 60_000,
  heartbeatTimeout: 15_000,
  retry: { initialInterval: 1_000, maximumInterval: 60_000 },
});
