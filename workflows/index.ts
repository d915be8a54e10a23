/** What the worker bundles: every workflow type by its name. Nothing else is exported here. */
export { agreementVersion } from './agreement-version.js';
export { auditor } from './auditor.js';
export { governanceReview } from './governance-review.js';
export { leadLifecycle } from './lead-lifecycle.js';
export { reAdjudication } from './re-adjudication.js';
export { reviewSeries } from './review-series.js';
export { slaRollout } from './sla-rollout.js';
