import { z } from 'zod';
import { clockGroupings } from '../../domain/reports/index.js';
import { lastRecorded, requireRecorded } from '../as-of.js';
import {
  askedParameters,
  filterOf,
  reportRefused,
  requireGrouping,
  requirePeriod,
  requireReport,
} from '../reports/asked.js';
import { formOf, formParameters, reportReply } from '../reports/report-answer.js';
import type { Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';

const query = z.strictObject({
  ...askedParameters,
  by: z.enum(clockGroupings).optional(),
  ...formParameters,
});

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
    const format = formOf(call, asked);
    const asOf = requireRecorded(asked.asOf, call.receivedAt) ?? lastRecorded(call.receivedAt);
    const made = await reports.make({
      report,
      asOf,
      period: requirePeriod(asked),
      filter: filterOf(asked),
      ...(asked.agreement !== undefined && { agreement: asked.agreement }),
      ...(asked.by !== undefined && { by: asked.by }),
    });
    if (typeof made === 'string') throw reportRefused(made);
    return reportReply(made, format, asked.chart, reportPress);
  },
};
