import type { ReportRefusal, ReportRequest, StreakRequest } from './catalogue.js';
import type { ReportDocument } from './document.js';
import type { LeadList, ListRefusal, ListRequest } from './lead-list.js';
import type { CommitmentRun } from './streaks.js';
import type { WorstBreach, WorstBreachesAsked } from './worst-breaches.js';

/** Makes reports; the same request gives the same document whenever it is made. */
export interface ReportDesk {
  make(request: ReportRequest): Promise<ReportDocument | ReportRefusal>;
  /** The list behind a number: made of the same conditions, so that it has as many rows as the number says. */
  list(request: ListRequest): Promise<LeadList | ListRefusal>;
  /** By commitment: the figure of each week, and how many of them in a row were missed. */
  weeksInARow(request: StreakRequest): Promise<readonly CommitmentRun[] | 'unknown-agreement'>;
  /** A few of the clocks that ran out: first those whose promise is still open, then by how late it was kept. */
  worstBreaches(asked: WorstBreachesAsked): Promise<readonly WorstBreach[]>;
}
