import type pg from 'pg';
import {
  nameOfVersion,
  type PlacedNotice,
  type ShadowChange,
  type ShadowedNotices,
  type ShadowRecord,
  type ShadowStore,
  type WithheldCount,
  type WithheldNotice,
  type WithheldOverview,
} from '../domain/shadow/ports.js';
import type { GoingLive, Shadow, VersionRef } from '../domain/shadow/shadow.js';
import type { Prisma } from '../generated/prisma/client.js';
import { appendAuditEntry } from './audit-entries.js';
import { inRecording, type Queries } from './connections.js';
import { instantOf, timestampOf } from './instants.js';

/** Which versions are in shadow, and what that has kept from leaving. */
export const createShadows = (pool: pg.Pool, workspace: string): ShadowStore & ShadowedNotices => ({
  find: (version) => findShadow(pool, workspace, version),
  set: (version, shadow, change) =>
    inRecording(pool, lockOf(workspace), async (client) => {
      const before = await findShadow(client, workspace, version);
      await put(client, workspace, version, shadow, change);
      await note(client, workspace, version, 'shadow-set', change, before?.shadow ?? null, shadow);
    }),
  goLive: (version, decide, change) =>
    inRecording(pool, lockOf(workspace), async (client) => {
      const before = await findShadow(client, workspace, version);
      const going = decide(before?.shadow);
      if (going.kind === 'live') await leave(client, workspace, version, going, change, before?.shadow ?? null);
      return going;
    }),
  overview: (version) => readOverview(pool, workspace, version),
  list: (version, before, limit) => readList(pool, workspace, version, before, limit),
  lookAt: (leadId, agreements) => lookAt(pool, workspace, leadId, agreements),
  withhold: (leadId, notices, at) => withhold(pool, workspace, leadId, notices, at),
});

/** Changes of shadow follow one another, so that each sees what the one before has left. */
const lockOf = (workspace: string): string =>
  `SELECT pg_advisory_xact_lock(hashtextextended('shadow:${workspace.replaceAll("'", "''")}', 0))`;

interface ShadowRow {
  readonly name: string;
  readonly version: number;
  readonly covers: Shadow['covers'];
  readonly ladders: readonly string[];
  readonly since: Date;
  readonly by: string;
}

const shadowOf = ({ covers, ladders }: ShadowRow): Shadow =>
  covers === 'all' ? { covers, liveLadders: ladders } : { covers, ladders };

const laddersOf = (shadow: Shadow): readonly string[] =>
  shadow.covers === 'all' ? shadow.liveLadders : shadow.ladders;

export async function findShadow(
  queries: Queries,
  workspace: string,
  { name, version }: VersionRef,
): Promise<ShadowRecord | undefined> {
  const { rows } = await queries.query<ShadowRow>({
    name: 'find-shadow',
    text: 'SELECT name, version, covers, ladders, since, "by" FROM shadow WHERE workspace = $1 AND name = $2 AND version = $3',
    values: [workspace, name, version],
  });
  return rows[0] && { shadow: shadowOf(rows[0]), since: instantOf(rows[0].since), by: rows[0].by };
}

async function put(
  client: Queries,
  workspace: string,
  { name, version }: VersionRef,
  shadow: Shadow,
  change: ShadowChange,
) {
  await client.query(
    `INSERT INTO shadow (workspace, name, version, covers, ladders, since, "by") VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (workspace, name, version) DO UPDATE
        SET covers = excluded.covers, ladders = excluded.ladders, since = excluded.since, "by" = excluded."by"`,
    [workspace, name, version, shadow.covers, laddersOf(shadow), timestampOf(change.at), change.by],
  );
}

/** Puts a version wholly in shadow within the transaction that publishes it. */
export async function silence(
  transaction: Prisma.TransactionClient,
  workspace: string,
  { name, version }: VersionRef,
  change: ShadowChange,
): Promise<void> {
  await transaction.$executeRawUnsafe(lockOf(workspace));
  const where = { workspace_name_version: { workspace, name, version } };
  const before = await transaction.shadow.findUnique({ where });
  const shadow = { covers: 'all', liveLadders: [] } as const;
  const row = { covers: shadow.covers, ladders: [], since: new Date(change.at), by: change.by };
  await transaction.shadow.upsert({ where, create: { workspace, name, version, ...row }, update: row });
  const known = before && shadowOf({ ...before, covers: before.covers as Shadow['covers'] });
  await note(transaction, workspace, { name, version }, 'shadow-set', change, known, shadow);
}

async function leave(
  client: Queries,
  workspace: string,
  version: VersionRef,
  { left }: GoingLive & { readonly kind: 'live' },
  change: ShadowChange,
  before: Shadow | null,
): Promise<void> {
  if (left === null) {
    const text = 'DELETE FROM shadow WHERE workspace = $1 AND name = $2 AND version = $3';
    await client.query(text, [workspace, version.name, version.version]);
  } else await put(client, workspace, version, left, change);
  await note(client, workspace, version, 'went-live', change, before, left);
}

const note = (
  client: Queries | Prisma.TransactionClient,
  workspace: string,
  version: VersionRef,
  action: 'shadow-set' | 'went-live',
  { by, principal }: ShadowChange,
  before: Shadow | null,
  after: Shadow | null,
): Promise<void> =>
  appendAuditEntry(client, workspace, {
    by,
    principal,
    action,
    subject: `agreement:${nameOfVersion(version)}`,
    before,
    after,
  });

async function lookAt(pool: pg.Pool, workspace: string, leadId: string, agreements: readonly VersionRef[]) {
  const { rows } = await pool.query<LookRow>({
    name: 'look-at-shadows',
    text: looking,
    values: [workspace, leadId, agreements.map(({ name }) => name), agreements.map(({ version }) => version)],
  });
  const { shadows, withheld } = rows[0]!;
  return {
    shadows: Object.fromEntries(shadows.map((row) => [nameOfVersion(row), shadowOf(row)])),
    withheldAts: Object.fromEntries(withheld.map(({ key, at }) => [key, Number(at)])),
  };
}

interface LookRow {
  readonly shadows: readonly ShadowRow[];
  /** In milliseconds since 1970. */
  readonly withheld: readonly { readonly key: string; readonly at: number }[];
}

const looking = `SELECT
  (SELECT coalesce(jsonb_agg(to_jsonb(shadow)), '[]') FROM shadow
    WHERE workspace = $1 AND (name, version) IN (SELECT * FROM unnest($3::text[], $4::int[]))) AS shadows,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('key', key, 'at', extract(epoch FROM withheld_at) * 1000)), '[]')
    FROM withheld_notice WHERE workspace = $1 AND lead_id = $2) AS withheld`;

async function withhold(
  pool: pg.Pool,
  workspace: string,
  leadId: string,
  notices: readonly WithheldNotice[],
  at: number,
): Promise<void> {
  const columns = [
    notices.map(({ key }) => key),
    notices.map(({ seq }) => seq),
    notices.map(({ kind }) => kind),
    notices.map(({ recipient }) => recipient),
    notices.map(({ agreement }) => agreement.name),
    notices.map(({ agreement }) => agreement.version),
    notices.map(({ clock }) => clock),
    notices.map(({ point }) => point),
    notices.map((notice) => timestampOf(notice.at)),
  ];
  await pool.query(withholding, [workspace, leadId, timestampOf(at), ...columns]);
}

const withholding = `INSERT INTO withheld_notice
    (workspace, lead_id, withheld_at, key, seq, kind, recipient, agreement_name, agreement_version, clock, point, at)
  SELECT $1, $2, $3, * FROM unnest(
    $4::text[], $5::int[], $6::text[], $7::text[], $8::text[], $9::int[], $10::text[], $11::text[], $12::timestamptz[])
  ON CONFLICT DO NOTHING`;

/** The notices of one version, `$2` and `$3`. */
const ofVersion = 'workspace = $1 AND agreement_name = $2 AND agreement_version = $3';

async function readOverview(
  pool: pg.Pool,
  workspace: string,
  { name, version }: VersionRef,
): Promise<WithheldOverview> {
  const values = [workspace, name, version];
  const [counts, leads, moves] = await Promise.all([
    pool.query<WithheldCount>(
      `SELECT kind, clock, point, count(*)::int AS count FROM withheld_notice WHERE ${ofVersion}
        GROUP BY kind, clock, point ORDER BY kind, clock, point`,
      values,
    ),
    pool.query<CountRow>(
      `SELECT count(DISTINCT lead_id)::int AS count FROM withheld_notice WHERE ${ofVersion}`,
      values,
    ),
    pool.query<CountRow>(
      `SELECT count(*)::int AS count FROM escalation JOIN lead_event USING (workspace, lead_id, seq)
        WHERE ${ofVersion} AND shadow AND reassigned IS NOT NULL`,
      values,
    ),
  ]);
  return {
    count: counts.rows.reduce((total, { count }) => total + count, 0),
    leadCount: leads.rows[0]!.count,
    unmadeMoveCount: moves.rows[0]!.count,
    counts: counts.rows,
  };
}

interface CountRow {
  readonly count: number;
}

interface NoticeRow {
  readonly place: string;
  readonly key: string;
  readonly lead_id: string;
  readonly seq: number;
  readonly kind: string;
  readonly recipient: string;
  readonly clock: string | null;
  readonly point: string | null;
  readonly at: Date;
  readonly withheld_at: Date;
}

async function readList(
  pool: pg.Pool,
  workspace: string,
  agreement: VersionRef,
  before: number | undefined,
  limit: number,
): Promise<readonly PlacedNotice[]> {
  const { rows } = await pool.query<NoticeRow>(
    `SELECT place, key, lead_id, seq, kind, recipient, clock, point, at, withheld_at FROM withheld_notice
      WHERE ${ofVersion} AND ($4::bigint IS NULL OR place < $4) ORDER BY place DESC LIMIT $5`,
    [workspace, agreement.name, agreement.version, before ?? null, limit],
  );
  return rows.map(({ place, lead_id: leadId, at, withheld_at: withheldAt, ...said }) => ({
    ...said,
    place: Number(place),
    leadId,
    agreement,
    at: instantOf(at),
    withheldAt: instantOf(withheldAt),
  }));
}
