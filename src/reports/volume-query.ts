import { emptyVolumes, type VolumeAsked, type Volumes, type VolumeTally } from '../domain/reports/index.js';
import { inPeriod, type Figures } from './figures.js';
import { groupOf, knownRows, placeSql, sqlEdges, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

type Row = Readonly<Record<string, string>> & { readonly group: string; readonly place: number };

const net = 'NOT is_excluded AND dispute_upheld_at IS NULL';
const workable = `${net} AND (response IN ('pending', 'paused')) IS NOT TRUE`;
const worked = `${workable} AND (touched_at IS NOT NULL OR rejected_with_notes_at IS NOT NULL)`;

const countedOf = (at: string, looksAt: string, conditions: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(conditions).map(([part, condition]) => [part, inPeriod(at, `(${looksAt}) AND ${condition}`)]),
  );

/** What is counted in one table, and by which instant. */
interface Counting {
  readonly table: 'report_lead' | 'report_cycle';
  readonly at: string;
  readonly looksAt: string;
  readonly counts: Partial<Record<keyof VolumeTally, string>>;
}

const ofLeads: Counting = {
  table: 'report_lead',
  at: 'handed_off_at',
  looksAt: 'true',
  counts: { inquiries: 'true', gross: 'NOT is_excluded', net, worked, workable },
};

const ofCycles: Counting = {
  table: 'report_cycle',
  at: 'started_at',
  looksAt: 'cycle > 1',
  counts: { reEntered: 'true' },
};

/** Volumes as numbers with lists behind them. */
export const volumeFigures: Figures = {
  volume: {
    rows: 'lead',
    parts: countedOf(ofLeads.at, ofLeads.looksAt, {
      ...ofLeads.counts,
      upheld: 'NOT is_excluded AND dispute_upheld_at IS NOT NULL',
    }),
  },
  're-entered': { rows: 'cycle', parts: countedOf(ofCycles.at, ofCycles.looksAt, ofCycles.counts) },
};

/** Counts volumes by SQL, one scan for leads and one for cycles; gives what `tallyVolumes` would give over the same leads. */
export async function queryVolumes(query: ReportQuery, known: Known, asked: VolumeAsked): Promise<Volumes> {
  const found = await Promise.all([ofLeads, ofCycles].map((counting) => count(query, known, asked, counting)));
  const groups: Record<string, VolumeTally[]> = {};
  for (const { group, place, ...counts } of found.flat()) {
    const tallies = (groups[group] ??= emptyVolumes(asked.edges));
    const numbers = Object.entries(counts).map(([name, text]) => [name, Number(text)]);
    tallies[place] = { ...tallies[place]!, ...Object.fromEntries(numbers) };
  }
  return groups;
}

function count(
  query: ReportQuery,
  known: Known,
  { edges, filter, by }: VolumeAsked,
  { table, at, looksAt, counts }: Counting,
): Promise<readonly Row[]> {
  const values = new Values();
  const where = knownRows(values, known, filter);
  const { from, to } = sqlEdges(values, { from: edges[0]!, to: edges.at(-1)! }, known.asOf);
  const counted = Object.entries(counts).map(
    ([name, condition]) => `count(*) FILTER (WHERE ${condition}) AS "${name}"`,
  );
  return query<Row>(
    `SELECT ${groupOf(by)} AS "group", ${placeSql(values, at, edges)} AS place, ${counted.join(', ')} FROM ${table}
      WHERE ${where} AND ${looksAt} AND ${at} >= ${from} AND ${at} < ${to} GROUP BY 1, 2`,
    values.list,
  );
}
