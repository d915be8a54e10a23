export { isTemporalReady, temporalClient, type TemporalPlace } from './connection.js';
export { createLeadWorkflows, type SettledLeadReader } from './lead-workflows.js';
