import type { DurationMs, Instant } from '../src/domain/business-time/index.js';

/** The workflow's own time, the same in every replay; with an offset, the scenario's. */
export const workflowNow = (clockOffsetMs: DurationMs = 0): Instant =>
  // oxlint-disable-next-line handoff/no-ambient-time -- in here this is the time of the workflow task, not of the machine
  Date.now() + clockOffsetMs;
