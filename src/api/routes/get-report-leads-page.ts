import { addressOf, readerOf, without, wordsIn } from '../reports/page-asked.js';
import { pageReply } from '../reports/page-reply.js';
import type { Route } from '../route.js';
import { openList, pageOfList } from './get-report-leads.js';

export const getReportLeadsPage: Route = {
  method: 'get',
  path: '/reports/:report/leads',
  access: 'session',
  roles: ['leader', 'ops'],
  summary: 'The leads behind a number of a report, as pages',
  async handle(call, { reports, reportPages }) {
    const opened = await openList(call, reports);
    const { list } = opened;
    const { page, next } = await pageOfList(opened);
    const words = wordsIn(call);
    const path = `/reports/${list.report}`;
    const html = reportPages.list({
      reader: readerOf(call, words),
      list,
      rows: page.rows,
      back: addressOf(path, without(words, LIST_WORDS)),
      next: next && addressOf(`${path}/leads`, { ...words, cursor: next }),
      isFirst: words['cursor'] === undefined,
    });
    return pageReply(reportPages, html);
  },
};

/** What the report itself is not asked. */
const LIST_WORDS = ['figure', 'part', 'commitment', 'party', 'cursor', 'limit'];
