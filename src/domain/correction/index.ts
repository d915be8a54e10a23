/**
 * Corrections live here: what a calendar or a fact that turned out wrong makes of verdicts that were given by it, told
 * from a lead's ledger alone. No transport, no table and no clock lives here, and nothing that decides what comes next.
 */
export * from './correction.js';
export * from './ports.js';
export { clocksSaidIn, rejudgingCommand } from './rejudging-command.js';
export { rejudgeLead, type CorrectedWorld } from './rejudge-lead.js';
