import type pg from 'pg';
import type { HeldNotices, HeldOverview, HoldChange, NoticeHold, NoticeHolds } from '../domain/notices/holds.js';
import { appendAuditEntry } from './audit-entries.js';
import { inRecording } from './connections.js';
import { instantOf } from './instants.js';

/** Whether the workspace's notices are held, and what waits. A hold is a row, so it outlives every program. */
export const createNoticeHolds = (pool: pg.Pool, workspace: string): NoticeHolds & HeldNotices => ({
  hold: (change) => begin(pool, workspace, change),
  release: (change) => end(pool, workspace, change),
  overview: () => readOverview(pool, workspace),
  takeReleasable: async (againAfterMs, limit) => {
    const { rows } = await pool.query<TakenRow>(taking, [workspace, againAfterMs, limit]);
    return rows.map(({ lead_id: leadId, seqs }) => ({ leadId, seqs }));
  },
  giveBack: async (leadIds) => {
    await pool.query('UPDATE held_notice SET reminded_at = NULL WHERE workspace = $1 AND lead_id = ANY ($2)', [
      workspace,
      leadIds,
    ]);
  },
  lookAt: async (leadId) => {
    const { rows } = await pool.query<LookRow>({ name: 'look-at-holds', text: looking, values: [workspace, leadId] });
    return { isHeld: rows[0]!.is_held, waitingSeqs: rows[0]!.seqs };
  },
  keep: async (leadId, notices) => {
    const columns = (['key', 'seq', 'kind', 'recipient'] as const).map((name) => notices.map((notice) => notice[name]));
    await pool.query(keeping, [workspace, leadId, ...columns]);
  },
  letGo: async (leadId, seqs) => {
    await pool.query(lettingGo, [workspace, leadId, seqs]);
  },
});

/** That the workspace, `$1`, is held. */
export const isHeldSql = 'EXISTS (SELECT FROM notice_hold WHERE workspace = $1 AND released_at IS NULL)';

interface LookRow {
  readonly is_held: boolean;
  readonly seqs: readonly number[];
}

const looking = `SELECT ${isHeldSql} AS is_held,
  ARRAY(SELECT DISTINCT seq FROM held_notice WHERE workspace = $1 AND lead_id = $2) AS seqs`;

const keeping = `INSERT INTO held_notice (workspace, lead_id, key, seq, kind, recipient)
  SELECT $1, $2, * FROM unnest($3::text[], $4::int[], $5::text[], $6::text[]) ON CONFLICT DO NOTHING`;

/** What is left of the lead waited for these: it need not wait to be reminded again. */
const lettingGo = `WITH gone AS (DELETE FROM held_notice WHERE workspace = $1 AND lead_id = $2 AND seq = ANY ($3))
  UPDATE held_notice SET reminded_at = NULL WHERE workspace = $1 AND lead_id = $2 AND seq <> ALL ($3)`;

interface TakenRow {
  readonly lead_id: string;
  readonly seqs: readonly number[];
}

/** A lead that was reminded is left alone for a while, also with what has come to wait since: that goes after it. */
const taking = `WITH next AS (
    SELECT lead_id FROM held_notice WHERE workspace = $1 AND NOT ${isHeldSql}
      GROUP BY lead_id
      HAVING coalesce(max(reminded_at), '-infinity') < clock_timestamp() - $2 * interval '1 millisecond'
      ORDER BY min(held_since), lead_id LIMIT $3),
  taken AS (
    UPDATE held_notice SET reminded_at = clock_timestamp()
      WHERE workspace = $1 AND lead_id IN (SELECT lead_id FROM next) RETURNING lead_id, seq)
  SELECT lead_id, array_agg(DISTINCT seq) AS seqs FROM taken GROUP BY lead_id`;

interface HoldRow {
  readonly held_at: Date;
  readonly held_by: string;
  readonly reason: string | null;
}

const holdOf = ({ held_at: heldAt, held_by: heldBy, reason }: HoldRow): NoticeHold => ({
  heldAt: instantOf(heldAt),
  heldBy,
  reason,
});

function begin(pool: pg.Pool, workspace: string, change: Parameters<NoticeHolds['hold']>[0]): Promise<boolean> {
  const { by, at, reason } = change;
  return inRecording(pool, 'SELECT', async (client) => {
    const { rows } = await client.query<HoldRow>(
      `INSERT INTO notice_hold (workspace, held_at, held_by, reason) VALUES ($1, $2, $3, $4)
        ON CONFLICT (workspace) WHERE released_at IS NULL DO NOTHING RETURNING held_at, held_by, reason`,
      [workspace, new Date(at), by, reason],
    );
    if (rows[0] === undefined) return false;
    await appendAuditEntry(client, workspace, entryOf(change, 'notices-held', null, holdOf(rows[0])));
    return true;
  });
}

function end(pool: pg.Pool, workspace: string, change: HoldChange): Promise<boolean> {
  return inRecording(pool, 'SELECT', async (client) => {
    const { rows } = await client.query<HoldRow>(
      `UPDATE notice_hold SET released_at = $2, released_by = $3 WHERE workspace = $1 AND released_at IS NULL
        RETURNING held_at, held_by, reason`,
      [workspace, new Date(change.at), change.by],
    );
    if (rows[0] === undefined) return false;
    await appendAuditEntry(client, workspace, entryOf(change, 'notices-released', holdOf(rows[0]), null));
    return true;
  });
}

const entryOf = <Action extends 'notices-held' | 'notices-released'>(
  { by, principal }: HoldChange,
  action: Action,
  before: NoticeHold | null,
  after: NoticeHold | null,
) => ({ by, principal, action, subject: 'notices', before: readable(before), after: readable(after) });

const readable = (hold: NoticeHold | null) =>
  hold && { heldAt: new Date(hold.heldAt).toISOString(), heldBy: hold.heldBy, reason: hold.reason };

interface CountRow {
  readonly kind: string;
  readonly count: number;
  readonly oldest: Date;
}

async function readOverview(pool: pg.Pool, workspace: string): Promise<HeldOverview> {
  const [holds, counts] = await Promise.all([
    pool.query<HoldRow>(
      'SELECT held_at, held_by, reason FROM notice_hold WHERE workspace = $1 AND released_at IS NULL',
      [workspace],
    ),
    pool.query<CountRow>(
      `SELECT kind, count(*)::int AS count, min(held_since) AS oldest FROM held_notice WHERE workspace = $1
        GROUP BY kind ORDER BY kind`,
      [workspace],
    ),
  ]);
  const oldestAts = counts.rows.map(({ oldest }) => instantOf(oldest));
  return {
    hold: holds.rows[0] === undefined ? null : holdOf(holds.rows[0]),
    count: counts.rows.reduce((total, { count }) => total + count, 0),
    oldestAt: oldestAts.length === 0 ? null : Math.min(...oldestAts),
    countByKind: Object.fromEntries(counts.rows.map(({ kind, count }) => [kind, count])),
  };
}
