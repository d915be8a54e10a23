import type pg from 'pg';
import type { Instant } from '../domain/business-time/index.js';
import { foldLead } from '../domain/lifecycle/evolve.js';
import { openStages } from '../domain/lifecycle/stage.js';
import type { LeadState } from '../domain/lifecycle/state.js';
import type { LeadReader } from '../domain/ports.js';
import { readEvents, readStories } from './ledger.js';

export interface Leads extends LeadReader {
  /** Our id for an id of ours or `source:externalId`; undefined if there is no such lead. */
  findId(leadIdOrSourceAndExternalId: string): Promise<string | undefined>;
  /** The open leads that a person owns, by id. */
  listOpenOf(person: string): Promise<readonly LeadState[]>;
}

export const createLeads = (pool: pg.Pool, workspace: string): Leads => ({
  findId: (name) => findId(pool, workspace, name),
  find: async (name, asOf) => {
    const leadId = await findId(pool, workspace, name);
    return leadId === undefined ? undefined : foldAsOf(pool, workspace, leadId, asOf);
  },
  listOpenOf: (person) => listOpenOf(pool, workspace, person),
});

async function listOpenOf(pool: pg.Pool, workspace: string, person: string): Promise<readonly LeadState[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'list-open-of',
    text: 'SELECT id FROM lead WHERE workspace = $1 AND owner = $2 AND stage = ANY ($3) ORDER BY id',
    values: [workspace, person, openStages],
  });
  const stories = await readStories(
    pool,
    workspace,
    rows.map(({ id }) => id),
  );
  return [...stories.values()].map(foldLead);
}

// A lead is known by the source and id it came with, and by those of every post that joined it.
async function findId(pool: pg.Pool, workspace: string, name: string): Promise<string | undefined> {
  const colon = name.indexOf(':');
  const [source, externalId] = colon < 0 ? [null, null] : [name.slice(0, colon), name.slice(colon + 1)];
  const { rows } = await pool.query<{ id: string }>({
    name: 'find-lead',
    text: `SELECT id FROM (
        SELECT id, 1 AS rank, recorded_at AS at FROM lead WHERE workspace = $1 AND id = $2
        UNION ALL SELECT id, 2, recorded_at FROM lead WHERE workspace = $1 AND source = $3 AND external_id = $4
        UNION ALL SELECT lead_id, 3, stored_at FROM intake WHERE workspace = $1 AND source = $3 AND external_id = $4
      ) AS named ORDER BY rank, at DESC LIMIT 1`,
    values: [workspace, name, source, externalId],
  });
  return rows[0]?.id;
}

async function foldAsOf(pool: pg.Pool, workspace: string, leadId: string, asOf: Instant | undefined) {
  const events = await readEvents(pool, workspace, leadId, asOf);
  return events.length === 0 ? undefined : foldLead(events);
}
