import { markup } from '../../domain/notices/index.js';
import { reportsPage, type Reader } from './frame.js';

/** Why there is no page, as people read it. */
export interface PageProblem {
  readonly title: string;
  readonly detail: string;
  /** What exactly does not fit, each with its place. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

export const problemPage = (problem: PageProblem, reader?: Reader): string =>
  reportsPage(
    problem.title,
    markup`<div class="small sheet">
<h1>${problem.title}</h1>
${problemText(problem)}
<p><a href="/reports">To the reports</a></p>
</div>`,
    reader,
  );

export const problemText = ({ detail, errors = [] }: PageProblem) => markup`<p>${detail}</p>
${errors.length === 0 ? null : markup`<ul>\n${errors.map(({ path, message }) => markup`<li><strong>${path}</strong> ${message}</li>\n`)}</ul>`}`;
