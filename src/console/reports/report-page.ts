import { markup } from '../../domain/notices/index.js';
import type { ReportDocument } from '../../domain/reports/index.js';
import type { Instant } from '../../domain/business-time/index.js';
import { pageAround } from '../page.js';
import { reportHead, reportSections } from './report-body.js';
import { reportStyle } from './report-style.js';

/** An instant as a reader in that zone says it. */
export type FormatLocal = (timeZone: string, at: Instant) => string;

/**
 * A whole report as one page that asks nobody for anything: charts with the tables behind them, statuses as sign and
 * word, shares rounded down to 0.1 %, instants in the agreement's zone.
 */
export function reportHtml(report: ReportDocument, formatLocal: FormatLocal): string {
  const say = (at: Instant): string => formatLocal(report.timeZone, at);
  const body = markup`${reportHead(report, say)}
${reportSections(report, { say, pageOf: listPage })}`;
  return pageAround(`${report.title}, ${report.period.name}`, reportStyle, body);
}

/** Behind an address of the API, the same list as a page. */
export const listPage = (list: string): string => list.replace(/^\/v1\/reports\//, '/reports/');
