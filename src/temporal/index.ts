export { isTemporalReady, temporalClient, type TemporalPlace } from './connection.js';
export { createLeadWorkflows, type SettledStateReader } from './lead-workflows.js';
