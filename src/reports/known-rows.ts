import type { Instant } from '../domain/business-time/index.js';
import { NO_GROUP, type ListFilter, type ListGrouping } from '../domain/reports/index.js';
import type { Known } from './ports.js';

/** What each grouping is in a row of the tables of reports. */
const groupColumns: Readonly<Record<ListGrouping, string>> = {
  commitment: 'clock',
  party: 'party',
  team: 'team',
  owner: 'owner',
  segment: 'segment',
  source: 'source',
  priority: 'priority',
  kind: 'kind',
  reason: 'reason',
  route: 'route',
  step: 'step',
  stage: 'stage',
  tier: 'tier::text',
  channel: 'touched_channel',
  version: `agreement_name || '@' || agreement_version`,
  actor: 'actor',
};

/** The group of a row, as SQL; without a grouping, all rows are one. */
export const groupOf = (by: ListGrouping | undefined): string =>
  by === undefined ? `'all'` : `coalesce(${groupColumns[by]}, '${NO_GROUP}')`;

/** Values of a query as they are collected, each with its `$n`. */
export class Values {
  readonly list: unknown[] = [];

  /** Adds a value; gives what stands for it in the text. */
  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}

/** Which rows are known as of the report, of leads that count and pass the filter; as SQL conditions. */
export const knownRows = (values: Values, known: Known, filter: ListFilter): string =>
  `${chosen(values, known, filter)} AND ${isKnownBy(values, known)} AND NOT is_test`;

/** Which rows are known as of the report, whatever lead they are of; as SQL conditions. */
export function isKnownBy(values: Values, { asOf }: Pick<Known, 'asOf'>): string {
  const at = values.add(new Date(asOf).toISOString());
  return `recorded_at <= ${at}::timestamptz AND superseded_at > ${at}::timestamptz`;
}

/** Which rows are of the agreement and pass the filter; as SQL conditions. */
export function chosen(values: Values, { workspace, agreement }: Known, filter: ListFilter): string {
  const conditions = [
    `workspace = ${values.add(workspace)}`,
    `agreement_name = ${values.add(agreement)}`,
    ...Object.entries(filter).map(([by, value]) => `${groupOf(by as ListGrouping)} = ${values.add(value)}`),
  ];
  return conditions.join(' AND ');
}

/** The edges of a period `[from, to)` and the instant of a report, as SQL. */
export interface Edges {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
}

/** A time `[from, to)`. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** The edges as values of a query, each added when it is first used: a value that no text names is an error. */
export function sqlEdges(values: Values, { from, to }: Span, asOf: Instant): Edges {
  const added = new Map<Instant, string>();
  const instant = (at: Instant): string => {
    const known = added.get(at) ?? `${values.add(new Date(at).toISOString())}::timestamptz`;
    added.set(at, known);
    return known;
  };
  return {
    get from() {
      return instant(from);
    },
    get to() {
      return instant(to);
    },
    get asOf() {
      return instant(asOf);
    },
  };
}

/** The place, from 0, of the period in which an instant lies, among periods that follow one another; as SQL. */
export const placeSql = (values: Values, at: string, edges: readonly Instant[]): string =>
  `width_bucket(${at}, ${values.add(edges.map((edge) => new Date(edge).toISOString()))}::timestamptz[]) - 1`;
