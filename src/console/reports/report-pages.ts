import { createHash } from 'node:crypto';
import { explanationPage, type ExplanationView } from './explanation-page.js';
import { listPageOf, type ListPageView } from './list-page.js';
import { overviewPage, type OverviewView } from './overview-page.js';
import { problemPage, type PageProblem } from './problem-page.js';
import type { Reader } from './frame.js';
import type { FormView } from './report-form.js';
import { askAgainPage, reportPage, type FormatLocal, type ReportPageView } from './report-page.js';
import { reportStyle } from './report-style.js';
import { signInPage, type SignInView } from './sign-in-page.js';

/** Every page for readers of reports; those who show them get it handed in. */
export interface ReportPages {
  /** What a browser lets such a page do: show its own style, send its own forms, nothing else. */
  readonly contentPolicy: string;
  signIn(view: SignInView): string;
  overview(view: OverviewView): string;
  report(view: ReportPageView): string;
  askAgain(form: FormView, problem: PageProblem, reader: Reader): string;
  list(view: ListPageView): string;
  explanation(view: ExplanationView): string;
  problem(problem: PageProblem, reader?: Reader): string;
}

const styleHash = createHash('sha256').update(reportStyle.html).digest('base64');

export const reportPagesIn = (formatLocal: FormatLocal): ReportPages => ({
  contentPolicy: `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  signIn: signInPage,
  overview: (view) => overviewPage(view, formatLocal),
  report: (view) => reportPage(view, formatLocal),
  askAgain: askAgainPage,
  list: (view) => listPageOf(view, formatLocal),
  explanation: explanationPage,
  problem: problemPage,
});
