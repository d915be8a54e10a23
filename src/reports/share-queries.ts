import {
  ALL,
  conversionWithinMs,
  shareNames,
  type Asked,
  type PeriodsAsked,
  type ShareName,
  type ShareTallies,
  type ShareTally,
} from '../domain/reports/index.js';
import { inPeriod, isIn, type Figures, type Part } from './figures.js';
import { placeSql, sqlEdges, groupOf, knownRows, Values, type Edges } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

/** A share's rule in SQL, the twin of the one in `src/domain/reports/shares.ts`. */
interface ShareQuery {
  readonly table: 'report_lead' | 'report_cycle' | 'report_entry';
  /** The instant by which a row belongs to a period. */
  readonly at: string;
  /** Rows that the share looks at; absent: all. */
  readonly looksAt?: string;
  /** Rows counted in neither, by reason; the first that holds. */
  readonly leftOut?: Readonly<Record<string, string>>;
  readonly numerator: string;
}

const within = (from: string, at: string, withinMs: number): string =>
  `(${at} >= ${from} AND ${at} - ${from} <= interval '${withinMs} milliseconds')`;

const { sal, opportunity, customer, 'sales-qualified': qualified } = conversionWithinMs;
const upheld = { 'dispute-upheld': 'dispute_upheld_at IS NOT NULL' };
const accepted = `decision IN ('accepted', 'accepted-by-implication')`;
const mqls = { table: 'report_lead', at: 'handed_off_at', looksAt: 'NOT is_excluded' } as const;

const conversion = (from: string, to: string, withinMs: number): ShareQuery => ({
  table: 'report_lead',
  at: from,
  looksAt: 'NOT is_excluded',
  numerator: within(from, to, withinMs),
});

const queries: Readonly<Record<ShareName, ShareQuery>> = {
  'mql-volume-net': { ...mqls, numerator: 'dispute_upheld_at IS NULL' },
  'mql-to-sales-qualified': {
    ...mqls,
    leftOut: upheld,
    numerator: within('handed_off_at', 'sales_qualified_at', qualified),
  },
  'decided-rate': {
    table: 'report_cycle',
    at: 'outcome_at',
    looksAt: 'cycle = 1',
    numerator: `outcome = 'sales-qualified'`,
  },
  'acceptance-rate': {
    ...mqls,
    leftOut: { undecided: `decision IS NULL AND acceptance IS DISTINCT FROM 'breached'` },
    numerator: accepted,
  },
  'accepted-by-implication': {
    ...mqls,
    looksAt: `NOT is_excluded AND ${accepted}`,
    numerator: `decision = 'accepted-by-implication'`,
  },
  'data-completeness': { ...mqls, numerator: 'filled_count = required_count' },
  enriched: { ...mqls, numerator: 'is_enriched' },
  'volume-worked': {
    ...mqls,
    leftOut: { ...upheld, 'first-response-undecided': `response IN ('pending', 'paused')` },
    numerator: '(touched_at IS NOT NULL OR rejected_with_notes_at IS NOT NULL)',
  },
  'sales-flagged-disqualified': { ...mqls, numerator: `disqualified_by IN ('rejected', 'disposed', 'dispute-upheld')` },
  'disqualification-reason': {
    table: 'report_cycle',
    at: 'outcome_at',
    looksAt: `outcome = 'disqualified' AND outcome_cause IN ('rejected', 'disposed')`,
    numerator: 'reason IS NOT NULL',
  },
  'recycle-to-sales-qualified': {
    table: 'report_cycle',
    at: 'started_at',
    looksAt: `woken_from = 'recycled'`,
    numerator: within('started_at', 'sales_qualified_at', qualified),
  },
  'nurture-to-sales-qualified': {
    table: 'report_cycle',
    at: 'started_at',
    looksAt: `woken_from = 'nurture'`,
    numerator: within('started_at', 'sales_qualified_at', qualified),
  },
  'mql-to-sal': conversion('handed_off_at', 'sal_at', sal),
  'sal-to-sales-qualified': conversion('sal_at', 'sales_qualified_at', qualified),
  'sales-qualified-to-opportunity': conversion('sales_qualified_at', 'opportunity_at', opportunity),
  'opportunity-to-customer': conversion('opportunity_at', 'won_at', customer),
  'stage-integrity': { table: 'report_entry', at: 'at', numerator: 'flaw IS NULL' },
};

/** Counts every share by SQL: one query for each table. Gives what `tallyShares` would give over the same leads. */
export async function queryShares(query: ReportQuery, known: Known, asked: Asked): Promise<ShareTallies> {
  const tables = [...new Set(shareNames.map((name) => queries[name].table))];
  const found = await Promise.all(tables.map((table) => queryTable(query, known, asked, table)));
  return Object.assign({}, ...found) as ShareTallies;
}

type Counts = Readonly<Record<string, string>> & { readonly group: string };

async function queryTable(query: ReportQuery, known: Known, asked: Asked, table: ShareQuery['table']) {
  const names = shareNames.filter((name) => queries[name].table === table);
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, known.asOf);
  const ats = [...new Set(names.map((name) => queries[name].at))];
  const columns = names.flatMap((name) => countsOf(name, edges));
  const rows = await query<Counts>(
    `SELECT ${groupOf(asked.by)} AS "group", ${columns.join(',\n')} FROM ${table}
      WHERE ${where} AND (${ats.map((at) => `(${isIn(at, edges)})`).join(' OR ')}) GROUP BY 1`,
    values.list,
  );
  return Object.fromEntries(names.map((name) => [name, talliesIn(rows, name)]));
}

/**
 * Counts every share over periods that follow one another, one query for each instant by which rows belong to a period.
 * Gives what `tallyShares` would give for each of them.
 */
export async function querySharesOver(
  query: ReportQuery,
  known: Known,
  asked: PeriodsAsked,
): Promise<readonly ShareTallies[]> {
  if (asked.edges.length < 2) return [];
  const kinds = [...new Map(shareNames.map((name) => [`${queries[name].table} ${queries[name].at}`, name])).values()];
  const found = await Promise.all(kinds.map((name) => queryPlaces(query, known, asked, queries[name])));
  const places: Record<string, Readonly<Record<string, ShareTally>>> = Object.assign({}, ...found);
  return asked.edges.slice(1).map((_, place) => {
    const tallies = shareNames.map((name) => {
      const tally = places[name]?.[place];
      return [name, tally === undefined ? {} : { [ALL]: tally }];
    });
    return Object.fromEntries(tallies) as ShareTallies;
  });
}

/** By share, by the place of the period. */
async function queryPlaces(
  query: ReportQuery,
  known: Known,
  { edges, filter }: PeriodsAsked,
  { table, at }: ShareQuery,
): Promise<Readonly<Record<string, Readonly<Record<string, ShareTally>>>>> {
  const names = shareNames.filter((name) => queries[name].table === table && queries[name].at === at);
  const values = new Values();
  const where = knownRows(values, known, filter);
  const whole = sqlEdges(values, { from: edges[0]!, to: edges.at(-1)! }, known.asOf);
  const columns = names.flatMap((name) => countsOf(name, whole));
  const rows = await query<Counts>(
    `SELECT ${placeSql(values, at, edges)} AS "group", ${columns.join(',\n')} FROM ${table}
      WHERE ${where} AND ${isIn(at, whole)} GROUP BY 1`,
    values.list,
  );
  return Object.fromEntries(names.map((name) => [name, talliesIn(rows, name)]));
}

/** Each share's counts: the numerator, who is in the denominator beside it, and who is left out, by reason and whole. */
function partsOf({ at, looksAt = 'true', leftOut = {}, numerator }: ShareQuery): Readonly<Record<string, Part>> {
  const reasons = Object.entries(leftOut);
  const stays = reasons.map(([, condition]) => `(${condition}) IS NOT TRUE`).join(' AND ') || 'true';
  const counted = (condition: string): Part => inPeriod(at, `(${looksAt}) AND ${condition}`);
  return {
    numerator: counted(`${stays} AND (${numerator})`),
    denominator: counted(stays),
    others: counted(`${stays} AND (${numerator}) IS NOT TRUE`),
    ...(reasons.length > 0 && { 'left-out': counted(`(${stays}) IS NOT TRUE`) }),
    ...Object.fromEntries(
      reasons.map(([reason, condition], index): [string, Part] => {
        const earlier = reasons.slice(0, index).map(([, other]) => `(${other}) IS NOT TRUE AND `);
        return [reason, counted(`${earlier.join('')}(${condition})`)];
      }),
    ),
  };
}

const kindsOf = { report_lead: 'lead', report_cycle: 'cycle', report_entry: 'entry' } as const;

/** The shares as numbers with lists behind them. */
export const shareFigures: Figures = Object.fromEntries(
  shareNames.map((name) => [name, { rows: kindsOf[queries[name].table], parts: partsOf(queries[name]) }]),
);

/** What of a share stands in its tally. */
const talliedParts = (name: ShareName): readonly string[] => [
  'numerator',
  'denominator',
  ...Object.keys(queries[name].leftOut ?? {}),
];

const countsOf = (name: ShareName, edges: Edges): readonly string[] =>
  talliedParts(name).map((part) => {
    const condition = shareFigures[name]!.parts[part]!(edges);
    return `count(*) FILTER (WHERE ${condition}) AS "${name} ${part}"`;
  });

/** Groups in which nothing was looked at are left out, as in a fold. */
function talliesIn(rows: readonly Counts[], name: ShareName): Readonly<Record<string, ShareTally>> {
  const reasons = Object.keys(queries[name].leftOut ?? {});
  const tallies = rows.map((row): [string, ShareTally] => {
    const count = (as: string): number => Number(row[`${name} ${as}`]);
    const leftOut = reasons.map((reason) => [reason, count(reason)] as const).filter(([, number]) => number > 0);
    const tally = { numerator: count('numerator'), denominator: count('denominator') };
    return [row.group, { ...tally, leftOut: Object.fromEntries(leftOut) }];
  });
  return Object.fromEntries(tallies.filter(([, tally]) => tally.denominator + Object.keys(tally.leftOut).length > 0));
}
