import type { Logger } from 'pino';
import type { Stores } from '../../db/index.js';
import type { Instant } from '../../domain/business-time/index.js';
import { keepWindows } from '../../zones/index.js';
import { inBackground, type InBackground, type Pace } from './in-background.js';

/** Recordings that are older than this bear no earlier instant than those to come. */
const SETTLED_AFTER_MS = 10_000;
const usualPace: Pace = { restMs: 5_000, everyMs: 300_000 };

/** Brings the facts of reports up to the ledger from time to time: analysts read them without asking for a report. */
export function keepFacts(
  { reportStore }: Pick<Stores, 'reportStore'>,
  now: () => Instant,
  log: Pick<Logger, 'warn'>,
  pace: Pace = usualPace,
): InBackground {
  const projector = reportStore.projector(keepWindows());
  return inBackground(async () => {
    await projector
      .catchUp(now() - SETTLED_AFTER_MS)
      .catch((error: unknown) =>
        log.warn({ err: error }, 'the facts of reports are not up to date; reports make them'),
      );
    return false;
  }, pace);
}
