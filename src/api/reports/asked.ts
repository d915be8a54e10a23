import type { z } from 'zod';
import {
  leadGroupings,
  PERIOD_FORMS,
  reportCatalogue,
  reportNames,
  type ClockGrouping,
  type LeadFilter,
  type PeriodAsked,
  type ReportName,
  type ReportRefusal,
} from '../../domain/reports/index.js';
import { asOfParameter } from '../as-of.js';
import { shortText } from '../field-schemas.js';
import { ProblemError } from '../problems.js';
import { invalidQuery } from '../validated-body.js';

const filters = Object.fromEntries(leadGroupings.map((by) => [by, shortText(200).optional()])) as {
  readonly [G in (typeof leadGroupings)[number]]: z.ZodOptional<z.ZodString>;
};

/** Agreement, period, as-of and filters, as they stand behind the question mark. */
export const askedParameters = {
  agreement: shortText(200).optional(),
  period: shortText(40).optional(),
  from: shortText(10).optional(),
  to: shortText(10).optional(),
  asOf: asOfParameter,
  ...filters,
} as const;

type PeriodParameters = { readonly [P in 'period' | 'from' | 'to']?: string | undefined };

/** @throws ProblemError `unknown-report`, with those there are */
export function requireReport(name: string): ReportName {
  const report = reportNames.find((known) => known === name);
  if (report !== undefined) return report;
  const detail = `There is no report ${JSON.stringify(name)}; the reports are ${reportNames.join(', ')}`;
  throw new ProblemError('unknown-report', { detail });
}

/** @throws ProblemError `invalid-query`, with what the report can be split by */
export function requireGrouping(report: ReportName, { by }: { readonly by?: ClockGrouping | undefined }): void {
  const { groupings } = reportCatalogue[report];
  if (by === undefined || groupings.some((known) => known === by)) return;
  const message = groupings.length === 0 ? 'is not split' : `can be split by ${groupings.join(', ')}`;
  throw invalidQuery([{ path: 'by', message: `${report} ${message}` }]);
}

/** @throws ProblemError `invalid-query` unless one period is given, in one way */
export function requirePeriod({ period, from, to }: PeriodParameters): PeriodAsked {
  if (period !== undefined && from === undefined && to === undefined) return { name: period };
  if (period === undefined && from !== undefined && to !== undefined) return { fromDate: from, toDate: to };
  throw invalidQuery([{ path: 'period', message: `give one period, ${PERIOD_FORMS}, or from and to as dates` }]);
}

/** The filters among what was asked. */
export const filterOf = (asked: { readonly [G in keyof LeadFilter]?: string | undefined }): LeadFilter =>
  Object.fromEntries(leadGroupings.flatMap((by) => (asked[by] === undefined ? [] : [[by, asked[by]]])));

/** Why there is no report, with what would be possible. */
export const reportRefused = (refusal: ReportRefusal): ProblemError =>
  refusal === 'unknown-agreement'
    ? new ProblemError('unknown-agreement')
    : invalidQuery([{ path: 'period', message: `is no period; write ${PERIOD_FORMS}, at most two years` }]);
