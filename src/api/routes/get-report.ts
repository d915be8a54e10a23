import { z } from 'zod';
import {
  clockGroupings,
  leadGroupings,
  PERIOD_FORMS,
  reportCatalogue,
  reportNames,
  type LeadFilter,
  type PeriodAsked,
  type ReportName,
  type ReportRefusal,
} from '../../domain/reports/index.js';
import { asOfParameter, lastRecorded, requireRecorded } from '../as-of.js';
import { shortText } from '../field-schemas.js';
import { ProblemError } from '../problems.js';
import { reportFormatOf, reportFormats, reportReply } from '../reports/report-answer.js';
import type { Route } from '../route.js';
import { invalidQuery, validatedQuery } from '../validated-body.js';

const filters = Object.fromEntries(leadGroupings.map((by) => [by, shortText(200).optional()])) as {
  readonly [G in (typeof leadGroupings)[number]]: z.ZodOptional<z.ZodString>;
};

const query = z.strictObject({
  agreement: shortText(200).optional(),
  period: shortText(40).optional(),
  from: shortText(10).optional(),
  to: shortText(10).optional(),
  asOf: asOfParameter,
  by: z.enum(clockGroupings).optional(),
  /** Counts more than Accept. */
  format: z.enum(reportFormats).optional(),
  ...filters,
});
type Asked = z.output<typeof query>;

export const getReport: Route = {
  method: 'get',
  path: '/v1/reports/:report',
  access: 'key',
  roles: ['leader', 'ops'],
  summary: 'A report over a period, as of an instant: the same question with the same `asOf` gets the same bytes',
  async handle(call, { reports, reportPress }) {
    const report = requireReport(call.params['report'] ?? '');
    const asked = validatedQuery(query, call.query);
    requireGrouping(report, asked);
    const format = reportFormatOf(call, asked.format);
    const asOf = requireRecorded(asked.asOf, call.receivedAt) ?? lastRecorded(call.receivedAt);
    const made = await reports.make({
      report,
      asOf,
      period: requirePeriod(asked),
      filter: filterOf(asked),
      ...(asked.agreement !== undefined && { agreement: asked.agreement }),
      ...(asked.by !== undefined && { by: asked.by }),
    });
    if (typeof made === 'string') throw refused(made);
    return reportReply(made, format, reportPress);
  },
};

function requireReport(name: string): ReportName {
  const report = reportNames.find((known) => known === name);
  if (report !== undefined) return report;
  const detail = `There is no report ${JSON.stringify(name)}; the reports are ${reportNames.join(', ')}`;
  throw new ProblemError('unknown-report', { detail });
}

function requireGrouping(report: ReportName, { by }: Asked): void {
  const { groupings } = reportCatalogue[report];
  if (by === undefined || groupings.some((known) => known === by)) return;
  const message = groupings.length === 0 ? 'is not split' : `can be split by ${groupings.join(', ')}`;
  throw invalidQuery([{ path: 'by', message: `${report} ${message}` }]);
}

function requirePeriod({ period, from, to }: Asked): PeriodAsked {
  if (period !== undefined && from === undefined && to === undefined) return { name: period };
  if (period === undefined && from !== undefined && to !== undefined) return { fromDate: from, toDate: to };
  throw invalidQuery([{ path: 'period', message: `give one period, ${PERIOD_FORMS}, or from and to as dates` }]);
}

const filterOf = (asked: Asked): LeadFilter =>
  Object.fromEntries(leadGroupings.flatMap((by) => (asked[by] === undefined ? [] : [[by, asked[by]]])));

const refused = (refusal: ReportRefusal): ProblemError =>
  refusal === 'unknown-agreement'
    ? new ProblemError('unknown-agreement')
    : invalidQuery([{ path: 'period', message: `is no period; write ${PERIOD_FORMS}, at most two years` }]);
