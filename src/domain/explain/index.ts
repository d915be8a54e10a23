export { explainLead } from './explain-lead.js';
export { explainInWords } from './words.js';
export { zoneOfEvent, zoneOfHolder } from './zones.js';
export type { ClockExplanation, ExplainPorts, LeadExplanation, Story } from './explanation.js';
