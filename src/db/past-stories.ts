import type pg from 'pg';
import type { Command } from '../domain/lifecycle/commands.js';
import type { LeadEvent } from '../domain/lifecycle/events.js';
import { consequenceTypes, storyOf } from '../domain/what-if/facts.js';
import type { ClockOutcome, OutcomeVerdict, TierOutcome } from '../domain/what-if/outcome.js';
import type { PastLead, PastStory } from '../domain/what-if/past-lead.js';
import type { Cohort, PastLeadReader, Share } from '../domain/what-if/ports.js';
import { createPool } from './connections.js';
import { timestampOf } from './instants.js';

/** Large enough that a page costs little beside its leads, small enough that memory stays where it is. */
const PAGE_SIZE = 500;

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
): AsyncGenerator<readonly PastLead[]> {
  yield* pagesOf((after: string) => readRecorded(pool, workspace, cohort, share, after));
  yield* pagesOf((after: string) => readImported(pool, workspace, cohort, share, after));
}

interface Page {
  readonly leads: readonly PastLead[];
  /** Absent: it was the last one. */
  readonly next?: string;
}

/** The next page is on its way while the present one is worked on. */
async function* pagesOf(read: (after: string) => Promise<Page>): AsyncGenerator<readonly PastLead[]> {
  let coming: Promise<Page> | undefined = read('');
  while (coming !== undefined) {
    const { leads, next }: Page = await coming;
    coming = next === undefined ? undefined : read(next);
    yield leads;
  }
}

/** A millisecond instant of a column, as a number: half the cost of a timestamp that has to be read again. */
const msOf = (column: string): string => `round(date_part('epoch', ${column}) * 1000)::bigint`;

/** One row per lead: the facts of its ledger, and what was made of it, as known at `asOf`. */
const recordedQuery = `
  SELECT page.id,
    (SELECT json_agg(json_build_array(seq, type, cycle, ${msOf('at')}, by, command_id, payload) ORDER BY seq)
      FROM lead_event WHERE workspace = $1 AND lead_id = page.id AND type <> ALL ($9) AND recorded_at <= $5) AS events,
    (SELECT json_agg(json_build_array(clock, n, cycle, verdict, cardinality(warned)))
      FROM sla_clock WHERE workspace = $1 AND lead_id = page.id AND recorded_at <= $5
        AND (superseded_at IS NULL OR superseded_at > $5)) AS clocks,
    (SELECT json_agg(json_build_array(clock, tier, cardinality(recipients), coalesce(reassigned, false)) ORDER BY seq)
      FROM escalation WHERE workspace = $1 AND lead_id = page.id AND recorded_at <= $5) AS tiers
  FROM (SELECT id FROM lead WHERE workspace = $1 AND agreement_name = $2 AND handed_off_at >= $3 AND handed_off_at < $4
      AND id > $6 AND (hashtext(id) & 1073741823) % $7 = $8 ORDER BY id LIMIT ${PAGE_SIZE}) AS page
  ORDER BY page.id`;

interface RecordedRow {
  readonly id: string;
  /** Null: nothing was recorded by then. */
  readonly events: readonly EventTuple[] | null;
  readonly clocks:
    readonly (readonly [clock: string, n: number, cycle: number, verdict: string, warned: number])[] | null;
  readonly tiers: readonly (readonly [clock: string, tier: number, told: number, moved: boolean])[] | null;
}

type EventTuple = readonly [
  seq: number,
  type: string,
  cycle: number,
  at: number,
  by: string | null,
  commandId: string | null,
  payload: object,
];

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
    values: [workspace, agreementName, ...period, after, count, index, consequenceTypes],
  });
  return { leads: rows.flatMap(pastLeadOf), ...nextAfter(rows.length, rows.at(-1)?.id) };
}

const nextAfter = (rowCount: number, last: string | undefined) =>
  rowCount < PAGE_SIZE || last === undefined ? {} : { next: last };

function pastLeadOf({ events, clocks, tiers }: RecordedRow): readonly PastLead[] {
  if (events === null) return [];
  const story = storyOf(events.map(eventOf));
  const was = {
    isExcluded: story.wasExcluded,
    team: story.handOff.holder?.team ?? null,
    clocks: (clocks ?? []).map(clockOf),
    tiers: (tiers ?? []).map(([clock, tier, toldCount, moved]): TierOutcome => ({ clock, tier, toldCount, moved })),
  };
  return [{ story, was }];
}

const eventOf = ([seq, type, cycle, at, by, commandId, payload]: EventTuple): LeadEvent =>
  ({
    type,
    seq,
    at,
    cycle,
    ...(by !== null && { by }),
    ...(commandId !== null && { commandId }),
    ...payload,
  }) as LeadEvent;

const clockOf = ([clock, n, cycle, verdict, warningCount]: NonNullable<
  RecordedRow['clocks']
>[number]): ClockOutcome => ({
  clock,
  n,
  cycle,
  verdict: isDecided(verdict) ? verdict : 'undecided',
  warningCount,
});

const isDecided = (verdict: string): verdict is Exclude<OutcomeVerdict, 'undecided'> =>
  verdict === 'met' || verdict === 'breached' || verdict === 'cancelled';

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
