import type { ReportDocument, ReportName } from '../../domain/reports/index.js';
import type { AskedWords, FormView } from '../../console/reports/report-form.js';
import { lastRecorded, requireRecorded } from '../as-of.js';
import type { ApiParts } from '../parts.js';
import { ProblemError } from '../problems.js';
import { filterOf, reportRefused, requireGrouping, requireReport } from '../reports/asked.js';
import {
  addressOf,
  neighbourLinks,
  pageQuery,
  periodAsked,
  PERIOD_WORDS,
  periodWords,
  readerOf,
  without,
  wordsIn,
} from '../reports/page-asked.js';
import { pageReply } from '../reports/page-reply.js';
import type { Call, Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { iso } from '../views/iso.js';

export const getReportPage: Route = {
  method: 'get',
  path: '/reports/:report',
  access: 'session',
  roles: ['leader', 'ops'],
  summary: 'A report as a page, with a form for what to show',
  async handle(call, parts) {
    const report = requireReport(call.params['report'] ?? '');
    const words = wordsIn(call);
    const form = { report, asked: words, periodName: '', agreements: await agreementsOf(parts) };
    const made = await makeOrSay(call, parts, report, words);
    if (made instanceof ProblemError) return askAgain(call, parts, form, made);
    const { reportPages } = parts;
    const html = reportPages.report({
      reader: readerOf(call, words),
      form: { ...form, periodName: made.period.kind === 'days' ? '' : made.period.name },
      report: made,
      ...neighbourLinks(`/reports/${report}`, words, made.period),
      source: sourceOf(report, words, made),
    });
    return pageReply(reportPages, html);
  },
};

const agreementsOf = async ({ versions }: ApiParts): Promise<readonly string[]> =>
  (await versions.listAgreements()).map(({ name }) => name);

/** What a reader wrote into the form can be mended there; everything else is a problem like all. */
async function makeOrSay(
  call: Call<unknown>,
  { reports }: ApiParts,
  report: ReportName,
  words: AskedWords,
): Promise<ReportDocument | ProblemError> {
  try {
    return await make(call, reports, report, words);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 422) return error;
    throw error;
  }
}

/** @throws ProblemError that says what is possible */
export async function make(
  { receivedAt }: Call<unknown>,
  reports: ApiParts['reports'],
  report: ReportName,
  words: AskedWords,
): Promise<ReportDocument> {
  const asked = validatedQuery(pageQuery, words);
  requireGrouping(report, asked);
  const made = await reports.make({
    report,
    period: periodAsked(asked),
    asOf: requireRecorded(asked.asOf, receivedAt) ?? lastRecorded(receivedAt),
    filter: filterOf(asked),
    ...(asked.agreement !== undefined && { agreement: asked.agreement }),
    ...(asked.by !== undefined && { by: asked.by }),
  });
  if (typeof made === 'string') throw reportRefused(made);
  return made;
}

function askAgain(call: Call<unknown>, { reportPages }: ApiParts, form: FormView, { problem }: ProblemError) {
  const html = reportPages.askAgain(form, problem, readerOf(call));
  return pageReply(reportPages, html, problem.status);
}

/** The very report of the page: as of the same instant, whenever it is fetched. */
const sourceOf = (report: ReportName, words: AskedWords, { period, asOf }: ReportDocument): string =>
  addressOf(`/v1/reports/${report}`, { ...without(words, PERIOD_WORDS), ...periodWords(period), asOf: iso(asOf) });
