import type pg from 'pg';
import type { Actor, AuditAction } from '../domain/access/audit-entry.js';
import type { Instant } from '../domain/business-time/index.js';
import {
  decideReview,
  foldReview,
  type Review,
  type ReviewAct,
  type ReviewEvent,
  type ReviewEventType,
  type ReviewFilter,
  type ReviewOutcome,
  type ReviewState,
  type ReviewStore,
  type ReviewSurroundings,
} from '../domain/reviews/index.js';
import { appendAuditEntry } from './audit-entries.js';
import { inRecording, type Queries } from './connections.js';
import { instantOf, timestampOf } from './instants.js';

/** Reviews, each with its frozen pack and what happened to it. */
export const createReviews = (pool: pg.Pool, workspace: string): ReviewStore => ({
  open: (review, pack) => inRecording(pool, 'SELECT', (client) => open(client, workspace, review, pack)),
  find: (id) => findReview(pool, workspace, id),
  list: (filter) => listReviews(pool, workspace, filter),
  findPack: async (id) => {
    const { rows } = await pool.query<{ pack: Uint8Array; pack_hash: string }>(
      'SELECT pack, pack_hash FROM review WHERE workspace = $1 AND id = $2',
      [workspace, id],
    );
    return rows[0] && { bytes: rows[0].pack, hash: rows[0].pack_hash };
  },
  act: (id, act, actor, surroundings) =>
    inRecording(pool, 'SELECT', (client) => actOnReview(client, workspace, { id, act, actor, surroundings })),
  beginSeries: (agreement, at) => beginSeries(pool, workspace, agreement, at),
  lastScheduled: async (agreement) => {
    const { rows } = await pool.query<{ name: string; last: Date }>(
      'SELECT name, max(scheduled_at) AS last FROM review WHERE workspace = $1 AND agreement_name = $2 GROUP BY name',
      [workspace, agreement],
    );
    return Object.fromEntries(rows.map(({ name, last }) => [name, instantOf(last)]));
  },
  listUnbegun: async (agreement) => {
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM review WHERE workspace = $1 AND agreement_name = $2 AND told_revision = 0 ORDER BY opened_at, id`,
      [workspace, agreement],
    );
    return rows.map(({ id }) => id);
  },
  listUntold: async (olderThanMs, limit) => {
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM review WHERE workspace = $1 AND told_revision < revision
          AND changed_at <= clock_timestamp() - $2 * interval '1 millisecond' ORDER BY changed_at LIMIT $3`,
      [workspace, olderThanMs, limit],
    );
    return rows.map(({ id }) => id);
  },
  markTold: async (id, revision) => {
    await pool.query('UPDATE review SET told_revision = $3 WHERE workspace = $1 AND id = $2 AND told_revision < $3', [
      workspace,
      id,
      revision,
    ]);
  },
});

/** Whoever opens it again after a crash finds it there, pack and all. */
async function open(client: Queries, workspace: string, review: Review, pack: Uint8Array): Promise<void> {
  const { rowCount } = await client.query(
    `INSERT INTO review (workspace, id, agreement_name, name, kind, scheduled_at, opened_at, period_from, period_to,
        opening, pack, pack_hash)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`,
    [
      workspace,
      review.id,
      review.agreement.name,
      review.name,
      review.kind,
      ...[review.scheduledAt, review.openedAt, review.period.from, review.period.to].map(timestampOf),
      JSON.stringify(review),
      pack,
      review.packHash,
    ],
  );
  if (rowCount === 0) return;
  const { period, attendees, packHash } = review;
  const after = { period: period.name, attendees, packHash };
  await note(client, workspace, review.id, { by: 'system', principal: 'system' }, 'review-opened', after);
}

const note = (
  client: Queries,
  workspace: string,
  id: string,
  actor: Actor,
  action: AuditAction,
  after: Readonly<Record<string, unknown>>,
) => appendAuditEntry(client, workspace, { ...actor, action, subject: `review:${id}`, before: null, after });

interface ReviewRow {
  readonly id: string;
  readonly opening: Review;
}

interface EventRow {
  readonly review_id: string;
  readonly type: ReviewEventType;
  readonly by: string;
  readonly at: Date;
  readonly detail: Readonly<Record<string, unknown>>;
}

const eventOf = ({ type, by, at, detail }: EventRow): ReviewEvent =>
  ({ ...detail, type, by, at: instantOf(at) }) as ReviewEvent;

async function findReview(queries: Queries, workspace: string, id: string): Promise<ReviewState | undefined> {
  const { rows } = await queries.query<ReviewRow>('SELECT id, opening FROM review WHERE workspace = $1 AND id = $2', [
    workspace,
    id,
  ]);
  return (await folded(queries, workspace, rows))[0];
}

async function listReviews(
  queries: Queries,
  workspace: string,
  { agreement, status, before, limit }: ReviewFilter,
): Promise<readonly ReviewState[]> {
  const { rows } = await queries.query<ReviewRow>(
    `SELECT id, opening FROM review WHERE workspace = $1
        AND ($2::text IS NULL OR agreement_name = $2) AND ($3::text IS NULL OR status = $3)
        AND ($4::text IS NULL OR (opened_at, id) <
          (SELECT opened_at, id FROM review WHERE workspace = $1 AND id = $4))
      ORDER BY opened_at DESC, id DESC LIMIT $5`,
    [workspace, agreement ?? null, status ?? null, before ?? null, limit],
  );
  return folded(queries, workspace, rows);
}

async function folded(queries: Queries, workspace: string, reviews: readonly ReviewRow[]) {
  if (reviews.length === 0) return [];
  const { rows } = await queries.query<EventRow>(
    `SELECT review_id, type, "by", at, detail FROM review_event WHERE workspace = $1 AND review_id = ANY ($2)
      ORDER BY review_id, seq`,
    [workspace, reviews.map(({ id }) => id)],
  );
  const eventsOf = (id: string) => rows.filter((row) => row.review_id === id).map(eventOf);
  return reviews.map(({ id, opening }) => foldReview(opening, eventsOf(id)));
}

interface Doing {
  readonly id: string;
  readonly act: ReviewAct;
  readonly actor: Actor;
  readonly surroundings: ReviewSurroundings;
}

async function actOnReview(client: Queries, workspace: string, doing: Doing): Promise<ReviewOutcome> {
  const { id, act, actor, surroundings } = doing;
  await client.query('SELECT FROM review WHERE workspace = $1 AND id = $2 FOR UPDATE', [workspace, id]);
  const before = await findReview(client, workspace, id);
  if (before === undefined) return { kind: 'unknown' };
  const decision = decideReview(before, act, surroundings);
  if (decision.kind === 'refused') return decision;
  for (const [index, event] of decision.events.entries()) {
    await append(client, workspace, { id, seq: before.revision + index, event, actor });
  }
  const review = await findReview(client, workspace, id);
  return { kind: 'done', review: review! };
}

interface Appended {
  readonly id: string;
  readonly seq: number;
  readonly event: ReviewEvent;
  readonly actor: Actor;
}

async function append(client: Queries, workspace: string, { id, seq, event, actor }: Appended): Promise<void> {
  const { type, by, at, ...detail } = event;
  await client.query(
    `INSERT INTO review_event (workspace, review_id, seq, type, "by", at, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [workspace, id, seq, type, by, timestampOf(at), JSON.stringify(detail)],
  );
  await client.query(
    `UPDATE review SET revision = $3 + 1, changed_at = clock_timestamp(), status = CASE WHEN $4 THEN 'closed' ELSE status END
      WHERE workspace = $1 AND id = $2`,
    [workspace, id, seq, type === 'closed'],
  );
  await note(client, workspace, id, actor, actionOf[type], detail);
}

const actionOf = {
  'word-given': 'review-word-given',
  'lesson-noted': 'review-lesson-noted',
  'commitment-answered': 'review-commitment-answered',
  'deliverable-confirmed': 'review-deliverable-confirmed',
  'decision-made': 'review-decision-made',
  'decision-settled': 'review-decision-settled',
  'proposal-answered': 'review-proposal-answered',
  'draft-opened': 'review-draft-opened',
  escalated: 'review-escalated',
  closed: 'review-closed',
} as const satisfies Record<ReviewEventType, AuditAction>;

async function beginSeries(queries: Queries, workspace: string, agreement: string, at: Instant): Promise<Instant> {
  const { rows } = await queries.query<{ since: Date }>(
    `WITH begun AS (INSERT INTO review_series (workspace, agreement_name, since) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING RETURNING since)
      SELECT since FROM begun UNION ALL
      SELECT since FROM review_series WHERE workspace = $1 AND agreement_name = $2 LIMIT 1`,
    [workspace, agreement, timestampOf(at)],
  );
  return instantOf(rows[0]!.since);
}
