/** What the worker bundles: every workflow type by its name. Nothing else is exported here. */
export { agreementVersion } from './agreement-version.js';
export { auditor } from './auditor.js';
export { leadLifecycle } from './lead-lifecycle.js';
export { slaRollout } from './sla-rollout.js';
