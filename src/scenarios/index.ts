/**
 * Here scenario files are run and their outcome is compared with what they expect. How a file is read stands in
 * `src/documents`, what a lead does in `src/domain`, how a result is printed in `src/cli`; none of it lives here.
 */
export { compare, type Difference } from './compare.js';
export type { LiveLead, LiveMail, LivePlace, LivePorts } from './live/ports.js';
export { playScenariosLive, testScenariosLive, type LiveTest } from './live/test-live.js';
export type { ScenarioOutcome, ScenarioRefusal } from './outcome.js';
export { runPure, type PurePorts } from './run-pure.js';
export { testScenario, type ScenarioResult } from './test-scenario.js';
