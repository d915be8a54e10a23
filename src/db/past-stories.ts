import type pg from 'pg';
import type { Command } from '../domain/lifecycle/commands.js';
import type { PastLead, PastStory } from '../domain/what-if/past-lead.js';
import type { Cohort, PastLeadReader, Share } from '../domain/what-if/ports.js';
import { createPool, type Queries } from './connections.js';
import { timestampOf } from './instants.js';
import { readStory, STORY_FORM } from './kept-story.js';
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

/** In one transaction, and each table by one scan: a page that looked for its place would scan for itself. */
async function* readPastLeads(
  pool: pg.Pool,
  workspace: string,
  cohort: Cohort,
  share: Share,
): AsyncGenerator<Iterable<PastLead>> {
  const client = await pool.connect();
  client.on('error', ignore); // the query under way tells
  try {
    // All rows are wanted, not the first ones soon.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL cursor_tuple_fraction = 1');
    const values = valuesOf(workspace, cohort, share);
    for await (const rows of pagesOf<RecordedRow>(client, recordedQuery, values)) {
      yield leadsIn(rows, await untoldIn(client, workspace, rows, cohort));
    }
    for await (const rows of pagesOf<ImportedRow>(client, importedQuery, values)) yield rows.map(importedLeadOf);
  } finally {
    client.release(true);
  }
}

const ignore = (): void => undefined;

const valuesOf = (workspace: string, { agreementName, from, to, asOf }: Cohort, { index, count }: Share) => [
  workspace,
  agreementName,
  timestampOf(from),
  timestampOf(to),
  timestampOf(asOf),
  count,
  index,
];

/** The rows of a query, a page at a time; the next page is on its way while the present one is worked on. */
async function* pagesOf<Row extends object>(
  client: Queries,
  text: string,
  values: readonly unknown[],
): AsyncGenerator<readonly Row[]> {
  const fetchPage = () => {
    const page = client.query<Row>(`FETCH ${PAGE_SIZE} FROM page`);
    page.catch(ignore); // whoever waits for it hears of it
    return page;
  };
  await client.query(`DECLARE page NO SCROLL CURSOR FOR ${text}`, [...values]);
  for (let coming = fetchPage(); ;) {
    const { rows } = await coming;
    if (rows.length === 0) break;
    coming = fetchPage();
    yield rows;
  }
  await client.query('CLOSE page');
}

/** A lead whose story is kept needs no ledger, if nothing was recorded of it since, nor after `asOf`. */
const recordedQuery = `
  SELECT lead.id, kept.told FROM lead
  LEFT JOIN past_story AS kept
    ON kept.workspace = $1 AND kept.lead_id = lead.id AND kept.seq = lead.seq AND kept.form = ${STORY_FORM}
      AND lead.recorded_at <= $5
  WHERE lead.workspace = $1 AND lead.agreement_name = $2 AND lead.handed_off_at >= $3 AND lead.handed_off_at < $4
    AND (hashtext(lead.id) & 1073741823) % $6 = $7`;

interface RecordedRow {
  readonly id: string;
  /** Null: its ledger has to tell. */
  readonly told: string | null;
}

function untoldIn(client: Queries, workspace: string, rows: readonly RecordedRow[], { asOf }: Cohort) {
  const untold = rows.filter(({ told }) => told === null).map(({ id }) => id);
  return readFromLedgers(client, workspace, untold, timestampOf(asOf));
}

/** Each lead is made when it is its turn: a page made at once would outlive the young garbage. */
function* leadsIn(rows: readonly RecordedRow[], others: readonly ToldLead[]): Iterable<PastLead> {
  for (const { told } of rows) if (told !== null) yield readStory(told);
  for (const { lead } of others) yield lead;
}

const importedQuery = `
  SELECT lead.source, lead.external_id, ${msOf('lead.handed_off_at')} AS at, lead.hand_off,
    (SELECT json_agg(fact ORDER BY at, position) FROM imported_fact
      WHERE (workspace, source, external_id) = ($1, lead.source, lead.external_id) AND imported_at <= $5) AS facts
  FROM imported_lead AS lead
  WHERE workspace = $1 AND agreement_name = $2 AND handed_off_at >= $3 AND handed_off_at < $4 AND imported_at <= $5
    AND (hashtext(external_id) & 1073741823) % $6 = $7`;

interface ImportedRow {
  readonly source: string;
  readonly external_id: string;
  /** A bigint, which the driver leaves as text. */
  readonly at: string;
  readonly hand_off: Pick<PastStory['handOff'], 'by' | 'fields' | 'signals' | 'holder'>;
  readonly facts: readonly { readonly command: Command; readonly touchSaidBy?: string }[] | null;
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
