/** Promise: what stands in a workspace is counted as it is now, its own only, without reading all that ever was. */
import { until } from '../workflows/lead-world.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
  await opened.sql.query(pastClocks);
  await opened.sql.query(openClocks);
  await opened.sql.query('ANALYZE sla_clock');
});
afterAll(() => opened.close());

const writeClocks = (
  rows: string,
): string => `INSERT INTO sla_clock (workspace, lead_id, clock, seq, superseded_at, party,
    verdict, started_at, ended, cycle, n, recorded_at, target_ms, corrected, tier, terms_key, agreement_name, agreement_version)
  SELECT rows.*, 1, 1, now(), 60000, false, 0, 'inbound-saas@1', 'inbound-saas', 1 FROM (${rows}) AS rows`;

/** What a year leaves behind: each revised until it was breached, and completed late. */
const pastClocks = writeClocks(`SELECT 'default', 'ld_' || i, 'first-response', seq, superseded_at, 'sales', verdict,
    now() - interval '1 year', ended
  FROM generate_series(1, 10000) AS i, (VALUES (1, now(), 'pending', NULL), (2, now(), 'breached', NULL),
    (3, NULL, 'breached', 'completed')) AS revision (seq, superseded_at, verdict, ended)`);

/** One of another workspace among them. */
const openClocks = writeClocks(`SELECT workspace, 'ld_open', clock, 1, NULL::timestamptz, party, verdict,
    now() - hours * interval '1 hour', NULL
  FROM (VALUES ('default', 'notify', 'marketing', 'pending', 1), ('default', 'first-response', 'sales', 'breached', 3),
    ('default', 'disposition', 'sales', 'breached', 2), ('other', 'notify', 'marketing', 'pending', 9))
    AS clock (workspace, clock, party, verdict, hours)`);

const HOUR_MS = 3_600_000;

test('open clocks are those that wait for their milestone now, with the age of the oldest', async () => {
  const { openClocks: queues } = await opened.database.backlog.read();
  const told = queues.map(({ party, verdict, count, oldestAgeMs }) => [
    `${party} ${verdict}`,
    count,
    oldestAgeMs === null ? null : Math.floor(oldestAgeMs / HOUR_MS),
  ]);
  expect(told).toEqual([
    ['marketing pending', 1, 1],
    ['marketing paused', 0, null],
    ['marketing breached', 0, null],
    ['sales pending', 0, null],
    ['sales paused', 0, null],
    ['sales breached', 2, 3],
  ]);
});

test('open clocks are found by an index of their own', async () => {
  await opened.database.backlog.read();
  const isScanned = async () => {
    await opened.database.backlog.read();
    const { rows } = await opened.sql.query<{ count: string }>(
      `SELECT idx_scan AS count FROM pg_stat_user_indexes WHERE indexrelname = 'sla_clock_open_idx'`,
    );
    return Number(rows[0]?.count) > 0 || undefined;
  };
  await until('the index has been read', isScanned);
});

test('where nothing waits, nothing has an age', async () => {
  const { leadsByStage, waiting } = await opened.database.backlog.read();
  expect([...leadsByStage]).toEqual([]);
  expect(waiting).toEqual(
    ['unstarted-intake', 'undelivered-command', 'held-notice'].map((what) => ({ what, count: 0, oldestAgeMs: null })),
  );
});
