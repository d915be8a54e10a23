import {
  leadGroupings,
  type Column,
  type LeadFilter,
  type LeadList,
  type ListPage,
  type ListPlace,
  type NoSuchList,
  type TableRow,
} from '../domain/reports/index.js';
import type { Instant } from '../domain/business-time/index.js';
import { column } from './cells.js';
import { firstWon } from './costs-query.js';
import { Values } from './known-rows.js';
import { listHead, pagesOf, type ListAsked, type ListNamed, type MakeList } from './lead-list.js';
import { explainLink } from './list-links.js';
import { knownSql, opportunityTables } from './opportunities-sql.js';
import { knownFor, type ReportSource } from './ports.js';

const columns: readonly Column[] = [
  column('account', 'account', 'text'),
  column('crmId', 'first won', 'text'),
  column('closedAt', 'won', 'instant'),
  column('amount', 'amount', 'money'),
  column('source', 'source', 'text'),
  column('leadId', 'lead', 'text'),
  column('explain', 'why its lead was judged so', 'text'),
];

const parts = ['first-won'];

/** Customers, each with the opportunity by which it became one. */
export const customerLists: Readonly<Record<string, MakeList>> = { customers: customerList };

function customerList(
  source: ReportSource,
  { report, figure, part, filter }: ListNamed,
  asked: ListAsked,
): LeadList | NoSuchList {
  if (!parts.includes(part)) return { code: 'unknown-part', possible: parts };
  if (Object.keys(filter).some((by) => !leadGroupings.some((one) => one === by))) {
    return { code: 'unfit-filter', possible: leadGroupings };
  }
  return {
    ...listHead({ report, figure, part, filter }, asked),
    columns,
    pages: (after, pageSize) => pagesOf(after, (place) => readPage(source, asked, { filter, after: place, pageSize })),
  };
}

interface Row {
  readonly account: string;
  readonly crm_id: string;
  readonly lead_id: string | null;
  readonly closed_at: Date;
  readonly amount_minor: string | null;
  readonly currency: string | null;
  readonly source: string | null;
}

interface Page {
  readonly filter: LeadFilter;
  readonly after: ListPlace | null;
  readonly pageSize: number;
}

/** One row more is read than is shown, to know whether another page follows. */
async function readPage(source: ReportSource, asked: ListAsked, { filter, after, pageSize }: Page): Promise<ListPage> {
  const known = knownFor(source, asked);
  const values = new Values();
  const sql = knownSql(values, known);
  const { from, to } = asked.period;
  const customers = firstWon(values, sql, known, { from, to, filter });
  const goesOn = after === null ? '' : `WHERE account COLLATE "C" > ${values.add(after[0])}`;
  const rows = await source.query<Row>(
    `WITH ${opportunityTables(sql)}
      SELECT account, crm_id, lead_id, closed_at, amount_minor, currency, source FROM ${customers} ${goesOn}
      ORDER BY account COLLATE "C" LIMIT ${pageSize + 1}`,
    values.list,
  );
  const page = rows.slice(0, pageSize);
  const next = rows.length > pageSize ? [page.at(-1)!.account] : null;
  return { rows: page.map((row) => rowOf(row, asked.asOf)), next };
}

const rowOf = (row: Row, asOf: Instant): TableRow => ({
  cells: [
    row.account,
    row.crm_id,
    row.closed_at.getTime(),
    row.amount_minor === null ? null : { minor: Number(row.amount_minor), currency: row.currency! },
    row.source,
    row.lead_id,
    row.lead_id === null ? null : explainLink(row.lead_id, asOf),
  ],
});
