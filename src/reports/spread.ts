import type { Distribution } from '../domain/reports/index.js';

/** How values spread, as a query gives it. */
export interface Spread {
  readonly count: number;
  readonly ranks: readonly [number, number, number] | null;
}

/** How the values of a column spread among the rows of a condition, as SQL. */
export const spreadOf = (column: string, condition = 'true'): string =>
  `json_build_object('count', count(${column}) FILTER (WHERE ${condition}),
    'ranks', percentile_disc('{0.5,0.9,0.95}'::float8[]) WITHIN GROUP (ORDER BY ${column}) FILTER (WHERE ${condition}))`;

export const distributionIn = ({ count, ranks }: Spread): Distribution => ({
  count,
  medianMs: ranks?.[0] ?? null,
  p90Ms: ranks?.[1] ?? null,
  p95Ms: ranks?.[2] ?? null,
});
