import { reasonOf, type AccountTouch, type Credit, type TouchSide } from '../domain/attribution/index.js';
import type { Instant } from '../domain/business-time/index.js';
import {
  leadAnswers,
  leadGroupings,
  pipelineParts,
  type Column,
  type LeadList,
  type ListPage,
  type ListPlace,
  type ListRequest,
  type NoSuchList,
  type PipelinePart,
  type TableRow,
} from '../domain/reports/index.js';
import { column } from './cells.js';
import { Values } from './known-rows.js';
import { listHead, pagesOf, type ListAsked, type ListNamed, type MakeList } from './lead-list.js';
import { creditedTables, knownSql } from './opportunities-sql.js';
import { explainLink } from './list-links.js';
import { currencyOf, pipelineConditions } from './pipeline-query.js';
import type { Known, ReportSource } from './ports.js';

/** Figures of opportunities whose amounts are not in the sums: for there is none, for it is in another currency, or either. */
export const WITHOUT_AMOUNT = 'pipeline-without-amount';
export const OTHER_CURRENCY = 'pipeline-other-currency';
export const NOT_ADDED = 'pipeline-not-added';

/** Which opportunities a figure looks at, as SQL; amounts are in one currency. */
type Looks = string | ((currency: string) => string);

/** The pipeline whole, by whether its leads were answered in time, and what of it was not added up. */
const figures: Readonly<Record<string, Looks>> = {
  pipeline: 'true',
  ...Object.fromEntries(leadAnswers.map((answer) => [answeredFigure(answer), `answer = '${answer}'`])),
  [WITHOUT_AMOUNT]: 'amount_minor IS NULL',
  [OTHER_CURRENCY]: (currency) => `currency <> ${currency}`,
  [NOT_ADDED]: (currency) => `(amount_minor IS NULL OR currency <> ${currency})`,
};

/** The figure of opportunities whose leads were answered so. */
export function answeredFigure(answer: (typeof leadAnswers)[number]): string {
  return `pipeline-${answer}`;
}

const columns: readonly Column[] = [
  column('crmId', 'opportunity', 'text'),
  column('account', 'account', 'text'),
  column('leadId', 'lead', 'text'),
  column('status', 'status', 'text'),
  column('openedAt', 'opened', 'instant'),
  column('closedAt', 'closed', 'instant'),
  column('amount', 'amount', 'money'),
  column('source', 'source', 'text'),
  column('credit', 'credit', 'text'),
  column('influenced', 'marketing-influenced', 'text'),
  column('reason', 'why', 'text'),
  column('explain', 'why its lead was judged so', 'text'),
];

/** The lists of opportunities behind numbers of the pipeline, by figure. */
export const pipelineLists: Readonly<Record<string, MakeList>> = Object.fromEntries(
  Object.entries(figures).map(([figure, looks]): [string, MakeList] => [
    figure,
    (source, named, asked) => pipelineList(source, named, asked, looks),
  ]),
);

/** The opportunities behind a number of the pipeline, each with the touches that decided its credit. */
function pipelineList(
  source: ReportSource,
  { report, figure, part, filter }: ListNamed,
  asked: ListAsked,
  looks: Looks,
): LeadList | NoSuchList {
  const counted = pipelineParts.find((known) => known === part);
  if (counted === undefined) return { code: 'unknown-part', possible: pipelineParts };
  if (Object.keys(filter).some((by) => !leadGroupings.some((one) => one === by))) {
    return { code: 'unfit-filter', possible: leadGroupings };
  }
  return {
    ...listHead({ report, figure, part, filter }, asked),
    columns,
    pages: (after, pageSize) =>
      pagesOf(after, (place) => readPage(source, asked, { filter, looks, part: counted, after: place, pageSize })),
  };
}

/** In milliseconds, with name and contact. */
type TouchRow = readonly [at: number, name: string, contact: string] | null;

interface Row {
  readonly crm_id: string;
  readonly account: string;
  readonly lead_id: string | null;
  readonly status: string;
  readonly opened_at: Date;
  readonly closed_at: Date | null;
  readonly amount_minor: string | null;
  readonly currency: string | null;
  readonly source: string | null;
  readonly credit: Credit;
  readonly is_influenced: boolean;
  readonly first_marketing: TouchRow;
  readonly first_sales: TouchRow;
  readonly influence: TouchRow;
}

interface Page {
  readonly filter: ListRequest['filter'];
  readonly looks: Looks;
  readonly part: PipelinePart;
  readonly after: ListPlace | null;
  readonly pageSize: number;
}

/** One row more is read than is shown, to know whether another page follows. */
async function readPage(
  source: ReportSource,
  asked: ListAsked,
  { filter, looks, part, after, pageSize }: Page,
): Promise<ListPage> {
  const { agreement, governance, period, asOf } = asked;
  const known: Known = { workspace: source.workspace, agreement: agreement.name, asOf };
  const values = new Values();
  const { attribution } = governance;
  const span = { from: period.from, to: period.to };
  const tables = creditedTables(values, knownSql(values, known), { ...span, attribution, filter, withTouches: true });
  const goesOn = after === null ? '' : `AND crm_id COLLATE "C" > ${values.add(after[0])}`;
  const looksAt = typeof looks === 'string' ? looks : looks(`${values.add(await currencyOf(source, asked))}::text`);
  const rows = await source.query<Row>(
    `WITH ${tables} SELECT * FROM credited WHERE ${looksAt} AND ${pipelineConditions[part]} ${goesOn}
      ORDER BY crm_id COLLATE "C" LIMIT ${pageSize + 1}`,
    values.list,
  );
  const page = rows.slice(0, pageSize);
  const next = rows.length > pageSize ? [page.at(-1)!.crm_id] : null;
  return { rows: page.map((row) => rowOf(row, asOf)), next };
}

const rowOf = (row: Row, asOf: Instant): TableRow => ({
  cells: [
    row.crm_id,
    row.account,
    row.lead_id,
    row.status,
    row.opened_at.getTime(),
    row.closed_at?.getTime() ?? null,
    row.amount_minor === null ? null : { minor: Number(row.amount_minor), currency: row.currency! },
    row.source,
    row.credit,
    row.is_influenced ? 'yes' : null,
    reasonIn(row),
    row.lead_id === null ? null : explainLink(row.lead_id, asOf),
  ],
});

const reasonIn = (row: Row): string =>
  reasonOf({
    credit: row.credit,
    firstMarketing: touchOf('marketing', row.first_marketing),
    firstSales: touchOf('sales', row.first_sales),
    influence: touchOf('marketing', row.influence),
  });

const touchOf = (side: TouchSide, touch: TouchRow): AccountTouch | null =>
  touch && { side, at: touch[0], name: touch[1], contact: touch[2] };
