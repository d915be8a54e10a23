import { z } from 'zod';
import type { Instant } from '../../domain/business-time/index.js';
import { itemGroupings } from '../../domain/reports/index.js';
import type {
  ListFilter,
  LeadList,
  ListPage,
  ListPlace,
  ListRequest,
  NoSuchList,
  ReportDesk,
  ReportName,
} from '../../domain/reports/index.js';
import { lastRecorded, requireRecorded } from '../as-of.js';
import { shortText } from '../field-schemas.js';
import type { ProblemError } from '../problems.js';
import { askedParameters, filterOf, reportRefused, requirePeriod, requireReport } from '../reports/asked.js';
import { listCursorOf, listCursorText } from '../reports/list-cursor.js';
import { csvReply, listFormatOf, listFormats } from '../reports/list-answer.js';
import { json, type Call, type Route } from '../route.js';
import { invalidQuery, validatedQuery } from '../validated-body.js';
import { listView } from '../views/list-view.js';

const choosable = ['commitment', 'party', ...itemGroupings] as const;
const choices = Object.fromEntries(choosable.map((by) => [by, shortText(100).optional()])) as {
  readonly [G in (typeof choosable)[number]]: z.ZodOptional<z.ZodString>;
};

const query = z.strictObject({
  ...askedParameters,
  figure: shortText(100),
  part: shortText(100),
  ...choices,
  cursor: z.string().max(2_000).optional(),
  /** Counts more than Accept. */
  format: z.enum(listFormats).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});
type Asked = z.output<typeof query>;

export const getReportLeads: Route = {
  method: 'get',
  path: '/v1/reports/:report/leads',
  access: 'key',
  roles: ['leader', 'ops'],
  summary: 'The leads behind a number of a report, page by page: as many as the number says, each with its explanation',
  async handle(call, { reports, reportPress }) {
    const format = listFormatOf(call, validatedQuery(query, call.query));
    const opened = await openList(call, reports);
    if (format === 'csv') return csvReply(opened.list, reportPress);
    const { page, next } = await pageOfList(opened);
    return json(200, listView(opened.list, page, next));
  },
};

/** The list that is asked for, as of when, and where in it to begin. @throws ProblemError that says what is possible */
export async function openList(call: Call<unknown>, reports: ReportDesk) {
  const report = requireReport(call.params['report'] ?? '');
  const asked = validatedQuery(query, call.query);
  const question = questionOf(report, asked);
  const cursor = asked.cursor === undefined ? undefined : listCursorOf(asked.cursor, question);
  const asOf = asOfAsked(asked, cursor?.asOf, call.receivedAt);
  const list = await reports.list({ ...question, asOf });
  if (typeof list === 'string') throw reportRefused(list);
  if ('code' in list) throw noSuchList(list);
  return { list, asked, question, asOf, after: cursor?.after ?? null };
}

/** One page of it, and the cursor of the next; null: there is none. */
export async function pageOfList({ list, asked, question, asOf, after }: Awaited<ReturnType<typeof openList>>) {
  const page = await firstPage(list, after, asked.limit);
  return { page, next: page.next && listCursorText(question, { asOf, after: page.next }) };
}

function questionOf(report: ReportName, asked: Asked): Omit<ListRequest, 'asOf'> {
  const { figure, part, agreement } = asked;
  const filter: ListFilter = {
    ...filterOf(asked),
    ...Object.fromEntries(choosable.flatMap((by) => (asked[by] === undefined ? [] : [[by, asked[by]]]))),
  };
  return { report, figure, part, period: requirePeriod(asked), filter, ...(agreement !== undefined && { agreement }) };
}

/** A list goes on as of the instant it began with. */
function asOfAsked({ asOf }: Asked, begunAs: Instant | undefined, receivedAt: Instant): Instant {
  if (begunAs === undefined) return requireRecorded(asOf, receivedAt) ?? lastRecorded(receivedAt);
  if (asOf === undefined || asOf === begunAs) return begunAs;
  throw invalidQuery([
    { path: 'asOf', message: 'must be that of the first page: leave it out where a cursor is given' },
  ]);
}

async function firstPage(list: LeadList, after: ListPlace | null, pageSize: number): Promise<ListPage> {
  for await (const page of list.pages(after, pageSize)) return page;
  return { rows: [], next: null };
}

const noSuchList = ({ code, possible }: NoSuchList): ProblemError =>
  invalidQuery([{ path: placeOf[code], message: `is not to be had here: possible are ${possible.join(', ')}` }]);

const placeOf = { 'unknown-figure': 'figure', 'unknown-part': 'part', 'unfit-filter': 'filters' } as const;
