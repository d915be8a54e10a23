export { ensureAuditSchedule } from './audit-schedule.js';
export { isTemporalReady, temporalClient, type TemporalPlace } from './connection.js';
export { inspectLead } from './lead-inspection.js';
export { createCorrectionWorkflows } from './correction-workflows.js';
export { createReminders } from './lead-reminders.js';
export { createReviewWorkflows } from './review-workflows.js';
export { createRolloutWorkflows } from './rollout-workflows.js';
export { createVersionWorkflows } from './version-workflows.js';
export { createLeadWorkflows, type SettledStateReader } from './lead-workflows.js';
