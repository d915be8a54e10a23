import type pg from 'pg';
import { parties, type Party } from '../domain/agreement/index.js';
import type { DurationMs } from '../domain/business-time/index.js';
import type { Stage } from '../domain/lifecycle/stage.js';
import { inRecording, type Queries } from './connections.js';

/** How many, and for how long the oldest of them by the database's clock; null: there is none. */
export interface Queue {
  readonly count: number;
  readonly oldestAgeMs: DurationMs | null;
}

const openVerdicts = ['pending', 'paused', 'breached'] as const;
type OpenVerdict = (typeof openVerdicts)[number];

const waits = ['unstarted-intake', 'undelivered-command', 'held-notice'] as const;
type Wait = (typeof waits)[number];

/** All that stands in a workspace and may yet need somebody. */
export interface Backlog {
  /** Stages without a lead are left out; the oldest by when its present cycle began. */
  readonly leadsByStage: ReadonlyMap<Stage, Queue>;
  /** For every party and verdict; the oldest by when it started. */
  readonly openClocks: readonly (Queue & { readonly party: Party; readonly verdict: OpenVerdict })[];
  readonly waiting: readonly (Queue & { readonly what: Wait })[];
}

export interface BacklogReader {
  /** @throws Error if the database does not answer within 5 s */
  read(): Promise<Backlog>;
}

export const createBacklog = (pool: pg.Pool, workspace: string): BacklogReader => ({
  read: () =>
    inRecording(pool, 'SET TRANSACTION READ ONLY', async (client) => ({
      leadsByStage: await readLeads(client, workspace),
      openClocks: await readClocks(client, workspace),
      waiting: await readWaiting(client, workspace),
    })),
});

interface QueueRow {
  readonly count: number;
  readonly age_ms: number | null;
}

/** Never younger than 0: an instant may have come from a clock that is ahead of the database's. */
const queueOf = ({ count, age_ms: ageMs }: QueueRow = { count: 0, age_ms: null }): Queue => ({
  count,
  oldestAgeMs: ageMs === null ? null : Math.max(0, ageMs),
});

const counted = (since: string): string =>
  `count(*)::int AS count, (extract(epoch FROM clock_timestamp() - min(${since})) * 1000)::float8 AS age_ms`;

async function readLeads(queries: Queries, workspace: string): Promise<ReadonlyMap<Stage, Queue>> {
  const { rows } = await queries.query<QueueRow & { stage: Stage }>(
    `SELECT stage, ${counted('coalesce(mql_at, handed_off_at)')} FROM lead WHERE workspace = $1 GROUP BY stage`,
    [workspace],
  );
  return new Map(rows.map((row) => [row.stage, queueOf(row)]));
}

async function readClocks(queries: Queries, workspace: string): Promise<Backlog['openClocks']> {
  const { rows } = await queries.query<QueueRow & { party: Party; verdict: OpenVerdict }>(
    `SELECT party, verdict, ${counted('started_at')} FROM sla_clock
      WHERE workspace = $1 AND superseded_at IS NULL AND ended IS NULL
        AND verdict IN ('pending', 'paused', 'breached')
      GROUP BY party, verdict`,
    [workspace],
  );
  const rowOf = (party: Party, verdict: OpenVerdict) =>
    rows.find((row) => row.party === party && row.verdict === verdict);
  return parties.flatMap((party) =>
    openVerdicts.map((verdict) => ({ party, verdict, ...queueOf(rowOf(party, verdict)) })),
  );
}

async function readWaiting(queries: Queries, workspace: string): Promise<Backlog['waiting']> {
  const { rows } = await queries.query<QueueRow & { what: Wait }>(
    `SELECT 'unstarted-intake' AS what, ${counted('stored_at')} FROM intake
      WHERE workspace = $1 AND context_key IS NOT NULL AND started_at IS NULL
    UNION ALL SELECT 'undelivered-command', ${counted('received_at')} FROM command
      WHERE workspace = $1 AND outcome IS NULL
    UNION ALL SELECT 'held-notice', ${counted('held_since')} FROM held_notice WHERE workspace = $1`,
    [workspace],
  );
  return waits.map((what) => ({ what, ...queueOf(rows.find((row) => row.what === what)) }));
}
