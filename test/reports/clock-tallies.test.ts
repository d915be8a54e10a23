// What is counted from days is what is counted clock by clock, whatever was recorded when, and as of whichever instant.
import { areSidesTallied, areTallied } from '../../src/reports/clock-tallies.js';
import { queryComplianceCounts, queryParties } from '../../src/reports/compliance-query.js';
import type { Known, ReportQuery } from '../../src/reports/ports.js';
import { openFresh, type Opened } from '../db/opened.js';

const HOUR_MS = 3_600_000;
const begin = Date.parse('2026-10-01T00:00:00Z');
const end = Date.parse('2026-10-09T00:00:00Z');

/** Numbers from 0 to 1 that follow from a seed. */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}
const chance = chanceOf(7);
const oneOf = <T>(items: readonly T[]): T => items[Math.floor(chance() * items.length)]!;
/** Whole hours, so that many instants are alike and many lie on an edge. */
const someInstant = (from = begin, to = end): number => from + Math.floor((chance() * (to - from)) / HOUR_MS) * HOUR_MS;

interface Clock {
  readonly lead: string;
  readonly cycle: number;
  readonly clock: string;
  readonly party: string;
  readonly verdict: string;
  readonly startedAt: number;
  readonly decidedAt: number | null;
  readonly usedUntil: number;
  readonly cancelledBy: string | null;
  readonly isCorrected: boolean;
  readonly wasPaused: boolean;
  readonly team: string | null;
  readonly segment: string;
  readonly isTest: boolean;
  readonly recordedAt: number;
  readonly supersededAt: number;
}

/** A lead that was recorded up to three times, each time as another one. */
function leadOf(number: number): readonly Clock[] {
  const isTest = chance() < 0.1;
  const segment = oneOf(['enterprise', 'smb']);
  const recordings = [...new Set([someInstant(), someInstant(), someInstant()])].sort((a, b) => a - b);
  return recordings.flatMap((recordedAt, index) =>
    ['notification', 'first-response', 'disposition'].flatMap((clock) =>
      [1, 2].map((cycle): Clock => {
        const verdict = oneOf(['met', 'breached', 'cancelled', 'pending', 'paused']);
        const startedAt = someInstant();
        const isDecided = verdict === 'met' || verdict === 'breached';
        return {
          ...{ lead: `lead-${number}`, cycle, clock, verdict, startedAt, segment, isTest, recordedAt },
          party: clock === 'notification' ? 'marketing' : 'sales',
          decidedAt: isDecided ? someInstant(startedAt) : null,
          usedUntil: someInstant(startedAt),
          cancelledBy: verdict === 'cancelled' ? oneOf(['contact', 'rejected']) : null,
          isCorrected: verdict === 'met' && chance() < 0.3,
          wasPaused: chance() < 0.3,
          team: oneOf(['sdr-east', 'sdr-west', null]),
          supersededAt: recordings[index + 1] ?? Number.POSITIVE_INFINITY,
        };
      }),
    ),
  );
}

const clocks = Array.from({ length: 60 }, (_, number) => leadOf(number)).flat();

/** The last verdict, or miss, of the same side before a clock's own among what was recorded with it. */
function before(clock: Clock, verdicts: readonly string[]): number | null {
  if (clock.decidedAt === null || !verdicts.includes(clock.verdict)) return null;
  const others = clocks.filter(
    (other) =>
      ['lead', 'cycle', 'party', 'recordedAt'].every((key) => other[key as 'lead'] === clock[key as 'lead']) &&
      verdicts.includes(other.verdict) &&
      (other.decidedAt! < clock.decidedAt! || (other.decidedAt === clock.decidedAt && other.clock < clock.clock)),
  );
  return others.length === 0 ? null : Math.max(...others.map(({ decidedAt }) => decidedAt!));
}

const timestamp = (at: number | null): string | null =>
  at === null ? null : Number.isFinite(at) ? new Date(at).toISOString() : 'infinity';

const rowOf = (clock: Clock) => ({
  workspace: 'default',
  lead_id: clock.lead,
  cycle: clock.cycle,
  clock: clock.clock,
  n: 1,
  seq: clock.recordedAt / HOUR_MS,
  recorded_at: timestamp(clock.recordedAt),
  superseded_at: timestamp(clock.supersededAt),
  is_test: clock.isTest,
  agreement_name: 'inbound',
  agreement_version: 1,
  handed_off_at: timestamp(begin),
  segment: clock.segment,
  team: clock.team,
  party: clock.party,
  verdict: clock.verdict,
  started_at: timestamp(clock.startedAt),
  target_ms: 1,
  decided_at: timestamp(clock.decidedAt),
  verdict_before_at: timestamp(before(clock, ['met', 'breached'])),
  miss_before_at: timestamp(before(clock, ['breached'])),
  is_corrected: clock.isCorrected,
  used_until: timestamp(clock.usedUntil),
  was_paused: clock.wasPaused,
  cancelled_by: clock.cancelledBy,
});

let opened: Opened;
const query: ReportQuery = async <R>(text: string, values: readonly unknown[]) =>
  (await opened.sql.query(text, [...values])).rows as R[];

beforeAll(async () => {
  opened = await openFresh();
  const rows = clocks.map(rowOf);
  // Some are written as they end, some end by a later change, as the projector does it.
  await opened.sql.query(`INSERT INTO report_clock SELECT * FROM json_populate_recordset(NULL::report_clock, $1)`, [
    JSON.stringify(rows.map((row, index) => (index % 2 === 0 ? row : { ...row, superseded_at: 'infinity' }))),
  ]);
  await opened.sql.query(
    `UPDATE report_clock AS old SET superseded_at = given.superseded_at
      FROM json_populate_recordset(NULL::report_clock, $1) AS given
      WHERE (old.lead_id, old.cycle, old.clock, old.seq) = (given.lead_id, given.cycle, given.clock, given.seq)
        AND old.superseded_at <> given.superseded_at`,
    [JSON.stringify(rows)],
  );
  await opened.sql.query(`DELETE FROM report_clock WHERE lead_id = 'lead-59'`);
}, 60_000);
afterAll(() => opened.close());

interface Question {
  readonly from: number;
  readonly to: number;
  readonly asOf: number;
  readonly filter: Readonly<Record<string, string>>;
  readonly by?: 'party' | 'team' | 'segment';
}

const questions = Array.from({ length: 40 }, (): Question => {
  const from = someInstant();
  const by = oneOf(['party', 'team', 'segment', undefined] as const);
  return {
    from,
    to: someInstant(from + HOUR_MS, end + 48 * HOUR_MS),
    asOf: someInstant(begin, end + 24 * HOUR_MS) + Math.floor(chance() * HOUR_MS),
    filter: chance() < 0.3 ? { segment: 'smb' } : {},
    ...(by !== undefined && { by }),
  };
});

const knownAsOf = ({ asOf, filter }: Question): readonly Clock[] =>
  clocks.filter(
    (clock) =>
      clock.lead !== 'lead-59' &&
      !clock.isTest &&
      clock.recordedAt <= asOf &&
      clock.supersededAt > asOf &&
      (filter['segment'] === undefined || clock.segment === filter['segment']),
  );

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

const counts = (rows: readonly Clock[], holds: (clock: Clock) => boolean): number => rows.filter(holds).length;

/** Counted one by one, as the words say. */
function plainCounts(question: Question): Record<string, Record<string, object>> {
  const { from, to, by } = question;
  const isIn = (at: number | null): boolean => at !== null && at >= from && at < to;
  const groups = grouped(knownAsOf(question), (clock) =>
    JSON.stringify([clock.clock, by === undefined ? 'all' : (clock[by] ?? 'none')]),
  );
  const plain: Record<string, Record<string, object>> = {};
  for (const [key, rows] of groups) {
    const [commitment, group] = JSON.parse(key) as [string, string];
    const causes = grouped(
      rows.filter((one) => one.cancelledBy !== null && isIn(one.usedUntil)),
      ({ cancelledBy }) => cancelledBy!,
    );
    (plain[commitment] ??= {})[group] = {
      met: counts(rows, (one) => one.verdict === 'met' && isIn(one.decidedAt)),
      breached: counts(rows, (one) => one.verdict === 'breached' && isIn(one.decidedAt)),
      corrected: counts(rows, (one) => one.isCorrected && isIn(one.decidedAt)),
      metThoughPaused: counts(rows, (one) => one.verdict === 'met' && one.wasPaused && isIn(one.decidedAt)),
      cancelled: Object.fromEntries([...causes].map(([cause, cancelled]) => [cause, cancelled.length])),
      pending: counts(rows, (one) => one.verdict === 'pending' && one.startedAt < to),
      paused: counts(rows, (one) => one.verdict === 'paused' && one.startedAt < to),
      started: counts(rows, (one) => isIn(one.startedAt)),
      startedAndDecided: counts(rows, (one) => isIn(one.startedAt) && one.decidedAt !== null),
    };
  }
  return plain;
}

test.each(questions)('counts of $from to $to as of $asOf are those of each clock', async (question) => {
  const known: Known = { workspace: 'default', agreement: 'inbound', asOf: question.asOf };
  const counted = await queryComplianceCounts(query, known, question);
  expect(counted).toMatchObject(plainCounts(question));
  expect(Object.keys(counted).toSorted()).toEqual(Object.keys(plainCounts(question)).toSorted());
});

test.each(questions)('cycles kept from $from to $to as of $asOf are those of each cycle', async (question) => {
  const known: Known = { workspace: 'default', agreement: 'inbound', asOf: question.asOf };
  const cycles = grouped(
    knownAsOf(question).filter(
      ({ decidedAt }) => decidedAt !== null && decidedAt >= question.from && decidedAt < question.to,
    ),
    ({ party, lead, cycle }) => JSON.stringify([party, lead, cycle]),
  );
  const plain: Record<string, { numerator: number; denominator: number; leftOut: object }> = {};
  for (const [key, rows] of cycles) {
    const [party] = JSON.parse(key) as [string];
    const { numerator, denominator } = plain[party] ?? { numerator: 0, denominator: 0 };
    const isKept = rows.every(({ verdict }) => verdict === 'met');
    plain[party] = { numerator: numerator + Number(isKept), denominator: denominator + 1, leftOut: {} };
  }
  expect(await queryParties(query, known, question)).toEqual(plain);
});

test('the questions are answered from days, and some periods begin and end within one', () => {
  expect(questions.every(({ filter, by }) => areTallied(filter, by) && areSidesTallied(filter))).toBe(true);
  expect(questions.some(({ from, to }) => from % (24 * HOUR_MS) !== 0 && to - from > 48 * HOUR_MS)).toBe(true);
  expect(areTallied({ owner: 'rep-east-1' })).toBe(false);
  expect(areTallied({}, 'owner')).toBe(false);
  expect(areSidesTallied({ team: 'sdr-east' })).toBe(false);
});
