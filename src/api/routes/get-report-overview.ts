import { iso } from '../views/iso.js';
import { neighbourLinks, periodWords, readerOf, wordsIn } from '../reports/page-asked.js';
import { pageReply } from '../reports/page-reply.js';
import type { Route } from '../route.js';
import { make } from './get-report-page.js';

export const getReportOverview: Route = {
  method: 'get',
  path: '/reports',
  access: 'session',
  roles: ['leader', 'ops'],
  summary: 'How both sides stand in a period: promises, targets, weeks, and what is missed again and again',
  async handle(call, { reports, reportPages }) {
    const words = wordsIn(call);
    const compliance = await make(call, reports, 'compliance', words);
    // The others speak of the same period, as of the same instant.
    const same = { ...words, asOf: iso(compliance.asOf) };
    const [targets, streaks] = await Promise.all([
      make(call, reports, 'targets', same),
      make(call, reports, 'streaks', same),
    ]);
    const reader = readerOf(call, { ...words, ...periodWords(compliance.period) });
    const links = neighbourLinks('/reports', words, compliance.period);
    return pageReply(reportPages, reportPages.overview({ reader, compliance, targets, streaks, ...links }));
  },
};
