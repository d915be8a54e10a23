import type { Instant } from '../domain/business-time/index.js';
import { goalProRata, type Goal } from '../domain/reports/index.js';
import type { InForce, ReportAsked, ReportSource } from './ports.js';

/** The versions that were in force at any time in `[from, to)`, the oldest first. */
export const versionsIn = (
  { versions }: Pick<ReportAsked, 'versions'>,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): readonly InForce[] => versions.filter((version) => version.from < to && version.to > from);

/** What is to be reached in `[from, to)`: where it changed within it, each goal counts for its open days (R5). */
export function goalOver(
  { openDayCount }: Pick<ReportSource, 'openDayCount'>,
  asked: Pick<ReportAsked, 'versions'>,
  span: { readonly from: Instant; readonly to: Instant },
  goalIn: (version: InForce) => Goal | null,
): Goal | null {
  const spans = versionsIn(asked, span).map((version) => {
    const [from, to] = [Math.max(version.from, span.from), Math.min(version.to, span.to)];
    const openDays = openDayCount(version.agreement, version.governance, from, to);
    return { goal: goalIn(version), openDayCount: openDays };
  });
  return goalProRata(spans);
}

/** The share of a commitment's clocks that a version wants met; null: it does not say, or has no such commitment. */
export function goalOfClock({ agreement }: InForce, name: string): Goal | null {
  const ppm = agreement.clocks[name]?.goalPpm;
  return ppm === undefined ? null : { atLeast: ppm / 1_000_000 };
}
