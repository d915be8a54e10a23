import { emptySpread, type Distribution, type Spread } from '../domain/reports/index.js';

/** How values spread, as a query gives it: numbers inside JSON, however large. */
export interface SpreadRow {
  readonly count: number;
  /** Of 50, 90 and 95 of a hundred; null: there are no values. */
  readonly ranks: readonly [p50: number, p90: number, p95: number] | null;
}

/** The same with what the mean is made of. */
export interface SummedRow extends SpreadRow {
  readonly sum: number | null;
}

/** How a value spreads among the rows for which a condition holds and which have it, as one JSON value. */
export const spreadSql = (value: string, condition = 'true'): string =>
  `json_build_object(${partsOf(value, condition)})`;

/** The times between two instants of the rows that have both, as one JSON value with their sum. */
export function elapsedSpreadSql(from: string, to: string, condition: string): string {
  const ms = `round(extract(epoch FROM ${to} - ${from}) * 1000)::float8`;
  return `json_build_object(${partsOf(ms, condition)}, 'sum', sum(${ms}) FILTER (WHERE ${condition}))`;
}

const partsOf = (value: string, condition: string): string => `'count', count(${value}) FILTER (WHERE ${condition}),
  'ranks', percentile_disc('{0.5,0.9,0.95}'::float8[]) WITHIN GROUP (ORDER BY ${value}) FILTER (WHERE ${condition})`;

export const distributionIn = ({ count, ranks }: SpreadRow): Distribution => ({
  count,
  medianMs: ranks?.[0] ?? null,
  p90Ms: ranks?.[1] ?? null,
  p95Ms: ranks?.[2] ?? null,
});

export const spreadIn = ({ count, sum, ranks }: SummedRow): Spread =>
  count === 0 || ranks === null ? emptySpread : { count, sumMs: sum ?? 0, medianMs: ranks[0], p90Ms: ranks[1] };
