import type { Chart, Period } from '../domain/reports/index.js';
import { metricNamed, type Counted, type Metric } from './metrics.js';

/** How many of the last weeks a trend shows. */
const WEEK_COUNT = 13;

/** One metric, week by week; weeks without leads are gaps. */
export function weeklyTrend(
  metric: Metric,
  weeks: readonly Period[],
  counted: readonly Counted[],
  target: number | undefined,
): Chart {
  const points = weeks.map(({ name }, index) => ({
    label: name,
    value: metricNamed(counted[index]!, metric.id, null)?.value ?? null,
  }));
  return {
    shape: 'line',
    kind: metric.kind,
    title: `${metric.title}, week by week`,
    points: points.slice(-WEEK_COUNT),
    ...(target !== undefined && { target }),
  };
}

export const TREND_NOTE =
  'Weeks are those before the end of the period; shares that leads may still come to, as conversions, can rise in the latest.';
