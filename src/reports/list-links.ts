import type { Instant } from '../domain/business-time/index.js';
import { type ListFilter, type Period, type ReportName } from '../domain/reports/index.js';
import type { ReportAsked } from './ports.js';

/** Which of a figure's counts a number is, and of whom. */
export interface Behind {
  readonly figure: string;
  readonly part: string;
  /** What the number's row or group adds to what the whole report was asked for. */
  readonly filter?: ListFilter;
  /** Absent: that of the report. */
  readonly period?: Period;
}

/** Where the list behind a number of a report is to be had; it knows of nothing that was recorded after the report. */
export function listLink(
  report: ReportName,
  { agreement, period, asOf, filter }: ReportAsked,
  { figure, part, filter: more, period: other }: Behind,
): string {
  const query = new URLSearchParams({
    figure,
    part,
    agreement: agreement.name,
    ...datesOf(other ?? period),
    asOf: new Date(asOf).toISOString(),
    ...filter,
    ...more,
  });
  return `/v1/reports/${report}/leads?${query.toString()}`;
}

/** The lists behind the numbers of a row: by column, which part of the figure its number is. */
export const partLinks = (
  report: ReportName,
  asked: ReportAsked,
  figure: string,
  parts: Readonly<Record<string, string>>,
  filter: ListFilter = {},
  period: Period = asked.period,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(parts).map(([id, part]) => [id, listLink(report, asked, { figure, part, filter, period })]),
  );

const datesOf = ({ kind, name, fromDate, toDate }: Period): Record<string, string> =>
  kind === 'days' ? { from: fromDate, to: toDate } : { period: name };

/** Where a lead's deadlines and verdicts are explained, as they were known then. */
export const explainLink = (leadId: string, asOf: Instant): string =>
  `/v1/leads/${encodeURIComponent(leadId)}/explain?asOf=${new Date(asOf).toISOString()}`;
