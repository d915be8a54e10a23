import type { HeldOverview } from '../../domain/notices/holds.js';
import { iso, isoOrNull } from './iso.js';

/** Whether notices are held, and what waits. */
export const holdView = ({ hold, count, oldestAt, countByKind }: HeldOverview) => ({
  hold: hold && { heldAt: iso(hold.heldAt), heldBy: hold.heldBy, reason: hold.reason },
  count,
  oldestAt: isoOrNull(oldestAt),
  countByKind,
});
