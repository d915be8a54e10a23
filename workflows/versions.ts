import { patched } from '@temporalio/workflow';

/**
 * The ladder of changes to workflow code that running leads must not feel, oldest first, as `since-<what changed>`.
 *
 * To change what a running lead would do differently on replay (the order or number of activities, timers, upserts, or
 * what `step` decides): add a rung at the end, ask `lead.version >= N` where the new behaviour begins (N: its place, from
 * 1), and record it beside the old (`npm run record:histories -- --since N`). `npm run test:replay` says whether a rung is
 * needed; docs/adr/0013 has the whole way. A run keeps the rung that it began on; the next run of the lead, at the latest
 * its next cycle, begins on the newest. A rung is never renamed, moved or removed while an open run or a recorded history
 * began below it.
 */
const rungs: readonly string[] = [];

/** How high this run stands on the ladder: a new run at the top, a replayed one where it began. */
export function rungOfThisRun(): number {
  for (let version = rungs.length; version > 0; version -= 1) {
    if (patched(rungs[version - 1]!)) return version;
  }
  return 0;
}
