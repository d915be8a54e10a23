import type pg from 'pg';
import type { AuditedLead, NoticeRecord } from '../domain/audit/gaps.js';
import type { AuditReader } from '../domain/audit/ports.js';
import { eventColumns, eventOf, type StoredEvent } from './event-rows.js';
import { instantOf } from './instants.js';

/** What auditors compare, page by page. Each page is a snapshot of its own: what is written meanwhile comes next time. */
export const createAudits = (pool: pg.Pool, workspace: string): AuditReader => ({
  page: async (after, limit) => {
    const leadIds = await findGoingOn(pool, workspace, after ?? '', limit);
    if (leadIds.length === 0) return [];
    const [stories, notices, held, commands] = await Promise.all([
      readRecorded(pool, workspace, leadIds),
      readNotices(pool, workspace, leadIds),
      readHeld(pool, workspace, leadIds),
      readWaiting(pool, workspace, leadIds),
    ]);
    return leadIds.map((leadId): AuditedLead => {
      const recorded = stories.get(leadId) ?? [];
      return {
        leadId,
        story: recorded.map(eventOf),
        recordedAts: recorded.map(({ recorded_at: recordedAt }) => instantOf(recordedAt)),
        notices: (notices.get(leadId) ?? []).map(noticeOf),
        heldNotices: (held.get(leadId) ?? []).map(({ seq, released_at: releasedAt }) => ({
          seq,
          releasedAt: releasedAt && instantOf(releasedAt),
        })),
        waitingCommands: (commands.get(leadId) ?? []).map(({ type, stored_at: storedAt }) => ({
          type,
          receivedAt: instantOf(storedAt),
        })),
      };
    });
  },
});

/** A projection that is wrong must not hide a lead: whoever was spoken of during the last day is looked at, too. */
async function findGoingOn(pool: pg.Pool, workspace: string, after: string, limit: number): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM lead WHERE workspace = $1 AND id > $2 AND excluded IS NULL AND (
        next_due_at IS NOT NULL OR stage NOT IN ('disqualified', 'customer')
        OR recorded_at > clock_timestamp() - interval '1 day'
        OR EXISTS (SELECT FROM command WHERE command.workspace = $1 AND lead_id = id AND outcome IS NULL))
      ORDER BY id LIMIT $3`,
    [workspace, after, limit],
  );
  return rows.map(({ id }) => id);
}

interface OfLead {
  readonly lead_id: string;
}
type Recorded = StoredEvent & OfLead & { readonly recorded_at: Date };

async function readRecorded(pool: pg.Pool, workspace: string, leadIds: readonly string[]) {
  const { rows } = await pool.query<Recorded>(
    `SELECT lead_id, recorded_at, ${eventColumns} FROM lead_event
      WHERE workspace = $1 AND lead_id = ANY ($2) ORDER BY lead_id, seq`,
    [workspace, leadIds],
  );
  return byLead(rows);
}

interface NoticeRow extends OfLead {
  readonly key: string;
  readonly seq: number;
  readonly sent_at: Date | null;
  readonly failed_at: Date | null;
  readonly withheld: boolean;
}

async function readNotices(pool: pg.Pool, workspace: string, leadIds: readonly string[]) {
  const { rows } = await pool.query<NoticeRow>(
    `SELECT lead_id, key, seq, sent_at, failed_at, false AS withheld FROM notice
      WHERE workspace = $1 AND lead_id = ANY ($2)
    UNION ALL SELECT lead_id, key, seq, NULL, NULL, true FROM withheld_notice
      WHERE workspace = $1 AND lead_id = ANY ($2)`,
    [workspace, leadIds],
  );
  return byLead(rows);
}

const noticeOf = (row: NoticeRow): NoticeRecord => ({ key: row.key, seq: row.seq, standing: standingOf(row) });

function standingOf({ sent_at: sentAt, failed_at: failedAt, withheld }: NoticeRow): NoticeRecord['standing'] {
  if (withheld) return 'withheld';
  if (sentAt !== null) return 'sent';
  return failedAt === null ? 'claimed' : 'failed';
}

/** What waits for its turn after a hold counts from the end of the last one. */
async function readHeld(pool: pg.Pool, workspace: string, leadIds: readonly string[]) {
  const { rows } = await pool.query<OfLead & { readonly seq: number; readonly released_at: Date | null }>(
    `SELECT DISTINCT lead_id, seq, hold.released_at FROM held_notice
      LEFT JOIN LATERAL (SELECT released_at FROM notice_hold WHERE workspace = $1
        ORDER BY released_at DESC NULLS FIRST LIMIT 1) AS hold ON true
      WHERE workspace = $1 AND lead_id = ANY ($2)`,
    [workspace, leadIds],
  );
  return byLead(rows);
}

async function readWaiting(pool: pg.Pool, workspace: string, leadIds: readonly string[]) {
  const { rows } = await pool.query<OfLead & { readonly type: string; readonly stored_at: Date }>(
    `SELECT lead_id, type, stored_at FROM command
      WHERE workspace = $1 AND lead_id = ANY ($2) AND outcome IS NULL ORDER BY stored_at`,
    [workspace, leadIds],
  );
  return byLead(rows);
}

function byLead<Of extends OfLead>(rows: readonly Of[]): ReadonlyMap<string, readonly Of[]> {
  const groups = new Map<string, Of[]>();
  for (const row of rows) {
    const group = groups.get(row.lead_id);
    if (group) group.push(row);
    else groups.set(row.lead_id, [row]);
  }
  return groups;
}
