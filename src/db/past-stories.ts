import type pg from 'pg';
import type { Command } from '../domain/lifecycle/commands.js';
import type { PastLead, PastStory } from '../domain/what-if/past-lead.js';
import type { Cohort, PastLeadReader, Share } from '../domain/what-if/ports.js';
import { createPool } from './connections.js';
import { timestampOf } from './instants.js';
import { msOf, readFromLedgers, type ToldLead } from './ledger-stories.js';

/** Large enough that a page costs little beside its leads, small enough that it dies young. */
const PAGE_SIZE = 200;

/** Reads past leads by one connection of its own, for a thread that does nothing else; the rest of `src/db` stays unloaded. */
export function openPastLeads(
  url: string,
  workspace: string,
): PastLeadReader & { readonly close: () => Promise<void> } {
  const pool = createPool({ url, connectionCountMax: 1 });
  return { read: (cohort, share) => readPastLeads(pool, workspace, cohort, share), close: () => pool.end() };
}

async function* readPastLeads(
  pool: pg.Pool,
  workspace: string,
  cohort: Cohort,
  share: Share,
): AsyncGenerator<Iterable<PastLead>> {
  yield* pagesOf((after: string) => readRecorded(pool, workspace, cohort, share, after));
  yield* pagesOf((after: string) => readImported(pool, workspace, cohort, share, after));
}

interface Page {
  readonly leads: Iterable<PastLead>;
  /** Absent: it was the last one. */
  readonly next?: string;
}

/** The next page is on its way while the present one is worked on. */
async function* pagesOf(read: (after: string) => Promise<Page>): AsyncGenerator<Iterable<PastLead>> {
  let coming: Promise<Page> | undefined = read('');
  while (coming !== undefined) {
    const { leads, next }: Page = await coming;
    coming = next === undefined ? undefined : read(next);
    yield leads;
  }
}

/** A lead whose story is kept needs no ledger, if nothing was recorded of it since, nor after `asOf`. */
const recordedQuery = `
  SELECT page.id, kept.told
  FROM (SELECT id, seq, recorded_at FROM lead
    WHERE workspace = $1 AND agreement_name = $2 AND handed_off_at >= $3 AND handed_off_at < $4
      AND id > $6 AND (hashtext(id) & 1073741823) % $7 = $8 ORDER BY id LIMIT ${PAGE_SIZE}) AS page
  LEFT JOIN past_story AS kept
    ON kept.workspace = $1 AND kept.lead_id = page.id AND kept.seq = page.seq AND page.recorded_at <= $5
  ORDER BY page.id`;

interface RecordedRow {
  readonly id: string;
  /** Null: its ledger has to tell. */
  readonly told: string | null;
}

async function readRecorded(
  pool: pg.Pool,
  workspace: string,
  { agreementName, from, to, asOf }: Cohort,
  { index, count }: Share,
  after: string,
): Promise<Page> {
  const period = [timestampOf(from), timestampOf(to), timestampOf(asOf)];
  const { rows } = await pool.query<RecordedRow>({
    name: 'read-past-leads',
    text: recordedQuery,
    values: [workspace, agreementName, ...period, after, count, index],
  });
  const untold = rows.filter(({ told }) => told === null).map(({ id }) => id);
  const others = await readFromLedgers(pool, workspace, untold, timestampOf(asOf));
  return { leads: leadsIn(rows, others), ...nextAfter(rows.length, rows.at(-1)?.id) };
}

/** Each lead is made when it is its turn: a page made at once would outlive the young garbage. */
function* leadsIn(rows: readonly RecordedRow[], others: readonly ToldLead[]): Iterable<PastLead> {
  for (const { told } of rows) if (told !== null) yield JSON.parse(told) as PastLead;
  for (const { lead } of others) yield lead;
}

const nextAfter = (rowCount: number, last: string | undefined) =>
  rowCount < PAGE_SIZE || last === undefined ? {} : { next: last };

/** The key of a page's last lead is two texts; this stands in neither. */
const BETWEEN = '\u0001';

const importedQuery = `
  SELECT page.source, page.external_id, ${msOf('page.handed_off_at')} AS at, page.hand_off,
    (SELECT json_agg(fact ORDER BY at, position) FROM imported_fact
      WHERE (workspace, source, external_id) = ($1, page.source, page.external_id) AND imported_at <= $5) AS facts
  FROM (SELECT source, external_id, handed_off_at, hand_off FROM imported_lead
    WHERE workspace = $1 AND agreement_name = $2 AND handed_off_at >= $3 AND handed_off_at < $4 AND imported_at <= $5
      AND (source, external_id) > ($6, $7) AND (hashtext(external_id) & 1073741823) % $8 = $9
    ORDER BY source, external_id LIMIT ${PAGE_SIZE}) AS page
  ORDER BY page.source, page.external_id`;

interface ImportedRow {
  readonly source: string;
  readonly external_id: string;
  /** A bigint, which the driver leaves as text. */
  readonly at: string;
  readonly hand_off: Pick<PastStory['handOff'], 'by' | 'fields' | 'signals' | 'holder'>;
  readonly facts: readonly { readonly command: Command; readonly touchSaidBy?: string }[] | null;
}

async function readImported(
  pool: pg.Pool,
  workspace: string,
  { agreementName, from, to, asOf }: Cohort,
  { index, count }: Share,
  after: string,
): Promise<Page> {
  const [source = '', externalId = ''] = after.split(BETWEEN);
  const period = [timestampOf(from), timestampOf(to), timestampOf(asOf)];
  const { rows } = await pool.query<ImportedRow>({
    name: 'read-imported-leads',
    text: importedQuery,
    values: [workspace, agreementName, ...period, source, externalId, count, index],
  });
  const last = rows.at(-1);
  const key = last && `${last.source}${BETWEEN}${last.external_id}`;
  return { leads: rows.map(importedLeadOf), ...nextAfter(rows.length, key) };
}

const importedLeadOf = ({ source, external_id: externalId, at, hand_off, facts }: ImportedRow): PastLead => ({
  story: {
    handOff: { leadId: `${source}:${externalId}`, at: Number(at), source, externalId, ...hand_off },
    facts: facts ?? [],
    moves: [],
    wasExcluded: false,
    changedAgreement: false,
  },
});
