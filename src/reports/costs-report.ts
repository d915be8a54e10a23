import {
  ALL,
  costGroup,
  emptyCost,
  type Cell,
  type Column,
  type CostEntry,
  type CostsAsked,
  type CostTally,
  type Period,
  type Section,
  type TableRow,
} from '../domain/reports/index.js';
import { column } from './cells.js';
import { queryCostEntries, queryCosts } from './costs-query.js';
import { listLink, type Behind } from './list-links.js';
import type { Known, ReportAsked, ReportSource } from './ports.js';

/** What leads and customers cost: in total, by source, and what was entered. */
export async function costSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const known: Known = { workspace: source.workspace, agreement: asked.agreement.name, asOf: asked.asOf };
  const { entries, currency = '' } = await queryCostEntries(source.query, known);
  const [now, before] = await Promise.all([
    queryCosts(source.query, known, entries, askedOf(asked, asked.period)),
    queryCosts(source.query, known, entries, askedOf(asked, asked.before)),
  ]);
  const months = monthsOf(asked, asked.period);
  return [
    totalSection(asked, currency, now[ALL] ?? emptyCost, before[ALL] ?? emptyCost),
    sourcesSection(asked, currency, now),
    entriesSection(currency, entries, months),
  ];
}

const askedOf = (asked: ReportAsked, period: Period): CostsAsked => ({
  agreement: asked.agreement.name,
  from: period.from,
  to: period.to,
  months: monthsOf(asked, period),
  filter: asked.filter,
});

/** The months that make up a period; none if it cuts one. */
function monthsOf({ months }: ReportAsked, { from, to }: Period): readonly string[] {
  const touched = months.filter((month) => month.to > from && month.from < to);
  const isWhole = touched[0]?.from === from && touched.at(-1)?.to === to;
  return isWhole ? touched.map(({ name }) => name) : [];
}

const NO_COST = 'no cost data';

const NOTES = [
  'Costs are booked by month: a period that cuts a month has no cost data, nor has one in which any month is missing.',
  'Leads: all handed over, inquiries among them. Sales-qualified: first in the period. Customers: accounts first won in it.',
];

const moneyCell = (currency: string, minor: number | null): Cell =>
  minor === null ? NO_COST : { minor: Math.round(minor), currency };

/** Without anything to be divided by there is nothing to tell; without a known cost, no cost. */
function perOne(currency: string, minor: number | null, count: number): Cell {
  if (minor === null) return NO_COST;
  return count === 0 ? 'no-leads' : moneyCell(currency, minor / count);
}

/** Null where either side's is not known. */
const bothOf = ({ marketingMinor, salesMinor }: CostTally): number | null =>
  marketingMinor === null || salesMinor === null ? null : marketingMinor + salesMinor;

type CountedPart = keyof typeof behindCounts;

/** What stands behind each count; behind a cost per one stand those by whom it is divided. */
const behindCounts = {
  leads: { figure: 'costs', part: 'leads' },
  mqls: { figure: 'costs', part: 'mqls' },
  salesQualified: { figure: 'costs', part: 'sales-qualified' },
  customers: { figure: 'customers', part: 'first-won' },
} as const satisfies Record<string, Behind>;

const linksOf = (asked: ReportAsked, part: CountedPart): Readonly<Record<string, string>> => ({
  actual: listLink('costs', asked, behindCounts[part]),
  before: listLink('costs', asked, { ...behindCounts[part], period: asked.before }),
});

function totalSection(asked: ReportAsked, currency: string, now: CostTally, before: CostTally): Section {
  const money = (figure: string, of: (tally: CostTally) => Cell, per?: CountedPart): TableRow => ({
    cells: [figure, of(now), of(before)],
    kinds: { actual: 'money', before: 'money' },
    ...(per !== undefined && { leads: linksOf(asked, per) }),
  });
  const count = (figure: string, part: CountedPart): TableRow => ({
    cells: [figure, now[part], before[part]],
    leads: linksOf(asked, part),
  });
  return {
    id: 'costs',
    title: 'What leads and customers cost',
    notes: [
      ...NOTES,
      'Customer acquisition cost: marketing and sales cost booked in the period, by customers first won in it.',
    ],
    table: {
      columns: [
        column('figure', 'figure', 'text'),
        column('actual', 'actual', 'count'),
        column('before', 'period before', 'count'),
      ],
      rows: [
        money('marketing cost', (tally) => moneyCell(currency, tally.marketingMinor)),
        money('sales cost', (tally) => moneyCell(currency, tally.salesMinor)),
        count('leads', 'leads'),
        count('MQLs', 'mqls'),
        count('sales-qualified', 'salesQualified'),
        count('customers', 'customers'),
        money('marketing cost per lead', (tally) => perOne(currency, tally.marketingMinor, tally.leads), 'leads'),
        money('marketing cost per MQL', (tally) => perOne(currency, tally.marketingMinor, tally.mqls), 'mqls'),
        money(
          'marketing cost per sales-qualified lead',
          (tally) => perOne(currency, tally.marketingMinor, tally.salesQualified),
          'salesQualified',
        ),
        money('customer acquisition cost', (tally) => perOne(currency, bothOf(tally), tally.customers), 'customers'),
      ],
    },
    charts: [],
  };
}

const sourceColumns: readonly Column[] = [
  column('source', 'source', 'text'),
  column('marketing', 'marketing cost', 'money'),
  column('leads', 'leads', 'count'),
  column('perLead', 'per lead', 'money'),
  column('mqls', 'MQLs', 'count'),
  column('perMql', 'per MQL', 'money'),
  column('salesQualified', 'sales-qualified', 'count'),
  column('perSalesQualified', 'per sales-qualified lead', 'money'),
  column('customers', 'customers', 'count'),
  column('perCustomer', 'marketing cost per customer', 'money'),
];

/** By column of a source, whom its number counts or is divided by. */
const sourceParts: Readonly<Record<string, CountedPart>> = {
  leads: 'leads',
  perLead: 'leads',
  mqls: 'mqls',
  perMql: 'mqls',
  salesQualified: 'salesQualified',
  perSalesQualified: 'salesQualified',
  customers: 'customers',
  perCustomer: 'customers',
};

const sourceLinks = (asked: ReportAsked, source: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(sourceParts).map(([id, part]) => [
      id,
      listLink('costs', asked, { ...behindCounts[part], filter: { source } }),
    ]),
  );

function sourcesSection(asked: ReportAsked, currency: string, groups: Readonly<Record<string, CostTally>>): Section {
  const sources = Object.keys(groups)
    .filter((group) => group !== ALL)
    .map((group) => group.slice(costGroup('').length))
    .toSorted();
  const rows = sources.map((source): TableRow => {
    const { marketingMinor, leads, mqls, salesQualified, customers } = groups[costGroup(source)]!;
    const per = (count: number) => [count, perOne(currency, marketingMinor, count)];
    return {
      cells: [source, moneyCell(currency, marketingMinor), ...[leads, mqls, salesQualified, customers].flatMap(per)],
      leads: sourceLinks(asked, source),
    };
  });
  return {
    id: 'by-source',
    title: 'Marketing cost by source',
    notes: [
      'Each source as at hand-off; customers by that of the lead of their first won opportunity; none: no lead, or no source.',
    ],
    table: { columns: sourceColumns, rows },
    charts: [],
  };
}

function entriesSection(currency: string, entries: readonly CostEntry[], months: readonly string[]): Section {
  const shown = entries.filter(({ month }) => months.includes(month));
  const rows = months.flatMap((month): readonly TableRow[] => {
    const booked = shown.filter((entry) => entry.month === month);
    if (booked.length === 0) return [{ cells: [month, null, NO_COST, NO_COST] }];
    return booked.map(({ source, marketingMinor, salesMinor }) => ({
      cells: [month, source, moneyCell(currency, marketingMinor), moneyCell(currency, salesMinor)],
    }));
  });
  return {
    id: 'entries',
    title: 'What was booked',
    notes: months.length === 0 ? ['The period is not made of whole months.'] : [],
    table: {
      columns: [
        column('month', 'month', 'text'),
        column('source', 'source', 'text'),
        column('marketing', 'marketing cost', 'money'),
        column('sales', 'sales cost', 'money'),
      ],
      rows,
    },
    charts: [],
  };
}
