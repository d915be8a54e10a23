import { NO_GROUP, type ClockGrouping, type LeadFilter, type LeadGrouping } from '../domain/reports/index.js';
import type { Known } from './ports.js';

type Grouping = ClockGrouping | LeadGrouping;

/** What each grouping is in a row of the tables of reports. */
const groupColumns: Readonly<Record<Grouping, string>> = {
  commitment: 'clock',
  party: 'party',
  team: 'team',
  owner: 'owner',
  segment: 'segment',
  source: 'source',
  priority: 'priority',
  version: `agreement_name || '@' || agreement_version`,
};

/** The group of a row, as SQL; without a grouping, all rows are one. */
export const groupOf = (by: Grouping | undefined): string =>
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
export function knownRows(values: Values, { workspace, agreement, asOf }: Known, filter: LeadFilter): string {
  const at = values.add(new Date(asOf).toISOString());
  const conditions = [
    `workspace = ${values.add(workspace)}`,
    `agreement_name = ${values.add(agreement)}`,
    `recorded_at <= ${at}::timestamptz`,
    `superseded_at > ${at}::timestamptz`,
    'NOT is_test',
    ...Object.entries(filter).map(([by, value]) => `${groupOf(by as Grouping)} = ${values.add(value)}`),
  ];
  return conditions.join(' AND ');
}
