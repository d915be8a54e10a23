import type pg from 'pg';
import type { Instant } from '../domain/business-time/index.js';
import type { LeadEvent } from '../domain/lifecycle/events.js';
import type { LeadLedger } from '../domain/ports.js';
import { inRecording, type Queries } from './connections.js';
import { eventColumns, eventOf, saysTheSame, type StoredEvent } from './event-rows.js';
import { timestampOf } from './instants.js';
import { LedgerConflict } from './ledger-conflict.js';
import { rowsOf } from './projection.js';
import { writeRows } from './recording.js';

export function createLedger(pool: pg.Pool, workspace: string): LeadLedger {
  return {
    append: (leadId, events) => append(pool, workspace, leadId, events),
    read: (leadId, asOf) => readEvents(pool, workspace, leadId, asOf),
  };
}

async function append(pool: pg.Pool, workspace: string, leadId: string, events: readonly LeadEvent[]): Promise<void> {
  if (events.length === 0) return;
  await inRecording(pool, lockOfLead(workspace, leadId), async (client) => {
    const stored = await readEvents(client, workspace, leadId);
    const fresh = findFresh(leadId, stored, events);
    if (fresh.length > 0) await writeRows(client, workspace, rowsOf(workspace, stored, fresh));
  });
}

/** Held to the end of the transaction: two attempts at the same events wait for each other. */
export const lockOfLead = (workspace: string, leadId: string): pg.QueryConfig => ({
  name: 'lock-lead',
  text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
  values: [`${workspace}:${leadId}`],
});

/**
 * The events that are not stored yet.
 * @throws LedgerConflict if one that is stored differs, or if there is a gap
 */
export function findFresh(
  leadId: string,
  stored: readonly LeadEvent[],
  events: readonly LeadEvent[],
): readonly LeadEvent[] {
  let nextSeq = stored.length + 1;
  return events.filter((event) => {
    const known = stored[event.seq - 1];
    if (known === undefined) {
      if (event.seq !== nextSeq) throw new LedgerConflict(leadId, event.seq, `event ${nextSeq} is missing before it`);
      nextSeq += 1;
      return true;
    }
    if (!saysTheSame(known, event)) throw new LedgerConflict(leadId, event.seq, 'another event is recorded there');
    return false;
  });
}

/** A lead's events by sequence; with `asOf` those recorded by then. */
export async function readEvents(
  queries: Queries,
  workspace: string,
  leadId: string,
  asOf?: Instant,
): Promise<readonly LeadEvent[]> {
  const { rows } = await queries.query<StoredEvent>({
    name: 'read-events',
    text: `SELECT ${eventColumns} FROM lead_event
      WHERE workspace = $1 AND lead_id = $2 AND recorded_at <= coalesce($3::timestamptz, 'infinity') ORDER BY seq`,
    values: [workspace, leadId, asOf === undefined ? null : timestampOf(asOf)],
  });
  return rows.map(eventOf);
}

/** The events of several leads, each by sequence. */
export async function readStories(
  queries: Queries,
  workspace: string,
  leadIds: readonly string[],
): Promise<ReadonlyMap<string, readonly LeadEvent[]>> {
  if (leadIds.length === 0) return new Map();
  const { rows } = await queries.query<StoredEvent & { lead_id: string }>(
    `SELECT lead_id, ${eventColumns} FROM lead_event WHERE workspace = $1 AND lead_id = ANY ($2) ORDER BY lead_id, seq`,
    [workspace, leadIds],
  );
  const stories = new Map(leadIds.map((leadId): [string, LeadEvent[]] => [leadId, []]));
  for (const row of rows) stories.get(row.lead_id)?.push(eventOf(row));
  return stories;
}
