/**
 * Here live the commands of `handoff` and how they print what they find. What a command does is done elsewhere and
 * handed in as a port; no rule, no file format and no connection lives here.
 */
export { runCli } from './program.js';
export type { CliPorts, LedgerDifference, NoAnswer, Output, VerifyOptions, VerifyTally } from './ports.js';
