// Every number of every report opens the leads behind it: a count as many as it says, every other number those it is
// made of. What opens none is named here, and in docs/reports.md.
import { createReportDesk } from '../../src/bin/api/report-desk.js';
import {
  cellText,
  kindIn,
  reportCatalogue,
  reportNames,
  type Cell,
  type ClockGrouping,
  type LeadList,
  type ListRequest,
  type ReportDesk,
  type ReportDocument,
  type ReportName,
  type Section,
  type TableRow,
} from '../../src/domain/reports/index.js';
import { agreement } from '../db/journeys.js';
import { post, postedOf } from './posted-opportunities.js';
import { recordQuarter, VARIED_LEAD_COUNT, type RecordedQuarter } from './recorded-quarter.js';

let quarter: RecordedQuarter;
let desk: ReportDesk;

beforeAll(async () => {
  quarter = await recordQuarter(VARIED_LEAD_COUNT);
  await post(quarter.opened.sql, postedOf(quarter.leads));
  await book(['2026-10', '2026-11', '2026-12'], ['website', 'webinar', 'none']);
  desk = createReportDesk(quarter.opened.database);
}, 900_000);
afterAll(() => quarter.opened.close());

async function book(months: readonly string[], sources: readonly string[]): Promise<void> {
  await quarter.opened.sql.query(
    `INSERT INTO cost_entry (workspace, agreement_name, month, source, revision, recorded_at, marketing_minor, sales_minor,
        currency, said_at, by)
      SELECT 'default', $1, month, source, 1, '2020-01-01', 100000, 50000, 'USD', '2020-01-01', 'a test'
      FROM unnest($2::text[]) AS month, unnest($3::text[]) AS source`,
    [agreement.name, months, sources],
  );
}

/** Numbers that no lead stands behind, by report, section and column; `*`: any. */
const WITHOUT_LEADS: readonly (readonly [report: string, section: string, columns: readonly string[]])[] = [
  // What figures are held against.
  ['*', '*', ['goal', 'target']],
  // Weeks and months are counted, not leads.
  ['streaks', '*', ['weeksNow', 'weeksLongest', 'monthsNow', 'monthsLongest']],
  ['weekly', 'response-time', ['missedInARow']],
  // What people can take, and how much of it all leads take up, of whatever agreement.
  ['workload', 'people', ['capacity', 'takenUp', 'dailySteps']],
  ['workload', 'changes', ['capacityBefore', 'capacity', 'dailyStepsBefore', 'dailySteps']],
  // Strata are counted; the leads in them are told of each below.
  ['lateness', 'estimate', ['strata', 'lateLeads']],
  // Money was booked, not counted.
  ['costs', 'entries', ['marketing', 'sales']],
  ['costs', 'by-source', ['marketing']],
];

/** The same of rows that are another metric each. */
const ROWS_WITHOUT_LEADS: Readonly<Record<string, readonly string[]>> = {
  costs: ['marketing cost', 'sales cost'],
  targets: ['weeks with a word of sales'],
  weekly: ['weeks with a word of sales'],
  streaks: ['weekly-feedback'],
  lateness: ['in strata with fewer than 30 on one side'],
};

interface Number {
  readonly report: ReportName;
  readonly section: string;
  readonly column: string;
  readonly row: string;
  readonly kind: string;
  readonly value: Exclude<Cell, null | string>;
  readonly link: string | undefined;
}

const isNumber = (cell: Cell | undefined): cell is Number['value'] => typeof cell === 'number' || isMoney(cell);
const isMoney = (cell: Cell | undefined): boolean => typeof cell === 'object' && cell !== null;

const numbersIn = ({ report, sections }: ReportDocument): readonly Number[] =>
  sections.flatMap((section) => section.table.rows.flatMap((row) => numbersOf(report as ReportName, section, row)));

function numbersOf(report: ReportName, { id, table }: Section, row: TableRow): readonly Number[] {
  // A row about one lead opens that one.
  if (row.leads?.['leadId'] !== undefined) return [];
  return table.columns.flatMap((column, index): Number[] => {
    const value = row.cells[index];
    const kind = kindIn(row, column);
    if (!isNumber(value) || kind === 'instant') return [];
    const at = { report, section: id, column: column.id, row: cellText(row.cells[0]!, 'text') };
    return [{ ...at, kind, value, link: row.leads?.[column.id] }];
  });
}

const hasLeads = (number: Number): boolean => {
  const { report, section, column, row } = number;
  const isWithout = WITHOUT_LEADS.some(
    ([ofReport, ofSection, columns]) =>
      (ofReport === '*' || ofReport === report) &&
      (ofSection === '*' || ofSection === section) &&
      columns.includes(column),
  );
  return !isWithout && !ROWS_WITHOUT_LEADS[report]?.includes(row) && !isCommitted(number);
};

/** Volume worked is among what was delivered, or where that is less, among what was committed; told of below. */
const isCommitted = ({ row, column, link }: Number): boolean =>
  row === 'delivered volume worked' && column === 'denominator' && link === undefined;

const placeOf = ({ report, section, row, column }: Number): string => [report, section, row, column].join(' / ');

async function documentOf(
  report: ReportName,
  period: ListRequest['period'],
  by?: ClockGrouping,
): Promise<ReportDocument> {
  const { asOf } = quarter.known;
  const split = by === undefined ? {} : { by };
  const made = await desk.make({ report, agreement: agreement.name, period, asOf, filter: {}, ...split });
  if (typeof made === 'string') throw new Error(made);
  return made;
}

function requestOf(link: string): ListRequest {
  const { pathname, searchParams } = new URL(link, 'http://here');
  const { figure, part, agreement: name, period, from, to, asOf, ...filter } = Object.fromEntries(searchParams);
  return {
    report: pathname.split('/')[3] as ReportName,
    figure: figure!,
    part: part!,
    agreement: name!,
    period: period === undefined ? { fromDate: from!, toDate: to! } : { name: period },
    asOf: Date.parse(asOf!),
    filter,
  };
}

async function listBehind(link: string): Promise<LeadList> {
  const list = await desk.list(requestOf(link));
  if (typeof list === 'string') throw new Error(`${link}: ${list}`);
  if ('code' in list) throw new Error(`${link}: ${list.code}, possible are ${list.possible.join(', ')}`);
  return list;
}

const lengths = new Map<string, Promise<number>>();
function lengthBehind(link: string): Promise<number> {
  const known = lengths.get(link) ?? countRows(link);
  lengths.set(link, known);
  return known;
}

async function countRows(link: string): Promise<number> {
  let count = 0;
  for await (const { rows } of (await listBehind(link)).pages(null, 10_000)) count += rows.length;
  return count;
}

/** Counts of promises, of which a lead in the list may have several: it says how many. */
const SUMS: Readonly<Record<string, string>> = { overdueClocks: 'overdueCount' };

/** Counts of a day on average, and what was counted of a time of another length. */
const BROUGHT_TO_A_TIME: readonly string[] = ['touchesADay', 'baseline'];

async function countBehind({ column, link }: Number): Promise<number> {
  const summed = SUMS[column];
  return summed === undefined ? lengthBehind(link!) : sumBehind(link!, summed);
}

async function sumBehind(link: string, id: string): Promise<number> {
  const list = await listBehind(link);
  const at = list.columns.findIndex((column) => column.id === id);
  let sum = 0;
  for await (const { rows } of list.pages(null, 10_000)) {
    for (const { cells } of rows) sum += Number(cells[at]);
  }
  return sum;
}

/** Of each column of each section so many numbers, the largest. */
function largestOf(numbers: readonly Number[], count: number): readonly Number[] {
  const columnOf = ({ section, column, kind }: Number): string => [section, column, kind].join(' ');
  return [...new Set(numbers.map(columnOf))].flatMap((column) =>
    numbers
      .filter((number) => columnOf(number) === column)
      .toSorted((a, b) => sizeOf(b) - sizeOf(a))
      .slice(0, count),
  );
}

const sizeOf = ({ value }: Number): number => (typeof value === 'number' ? value : value.minor);

const tried: readonly ClockGrouping[] = ['party', 'owner', 'version'];

/** The default split of a report, and some that it can have: rows of other groups open their lists in the same way. */
const splits = reportNames.flatMap((report) =>
  [undefined, ...reportCatalogue[report].groupings.filter((by) => tried.includes(by))].map((by) => ({
    report,
    by,
    split: by ?? 'default',
  })),
);

/** Opening all of them takes minutes: some of each column are opened. */
test.each(splits)('every number of $report, split by $split, opens what it counts', async ({ report, by }) => {
  const numbers = numbersIn(await documentOf(report, { name: '2026-11' }, by)).filter(hasLeads);
  expect(numbers.length).toBeGreaterThan(0);
  expect(numbers.filter(({ link }) => link === undefined).map(placeOf)).toEqual([]);
  const counts = numbers.filter(({ kind, column }) => kind === 'count' && !BROUGHT_TO_A_TIME.includes(column));
  for (const number of largestOf(counts, by === undefined ? 2 : 1)) {
    expect([placeOf(number), await countBehind(number)]).toEqual([placeOf(number), number.value]);
  }
  for (const number of largestOf(
    numbers.filter((number) => !counts.includes(number) && number.value !== 0),
    1,
  )) {
    expect([placeOf(number), (await lengthBehind(number.link!)) > 0]).toEqual([placeOf(number), true]);
  }
});

test.each([
  { among: 'delivered', period: { name: '2026-11' }, isDelivered: true },
  // A weekend has one open day, on which little is promised, and leads come on all three.
  { among: 'committed', period: { fromDate: '2026-11-13', toDate: '2026-11-16' }, isDelivered: false },
])('volume worked among what was $among opens the leads there are', async ({ period, isDelivered }) => {
  const numbers = numbersIn(await documentOf('targets', period));
  const numberOf = (row: string, column: string): Number =>
    numbers.find((number) => number.row === row && number.column === column)!;
  const among = numberOf('delivered volume worked', 'denominator');
  const committedCount = numberOf('MQL volume (net)', 'target').value;
  expect(among.link === undefined).toBe(!isDelivered);
  if (isDelivered) expect(await countBehind(among)).toBe(among.value);
  else expect(Math.ceil(among.value as number)).toBe(committedCount);
});
