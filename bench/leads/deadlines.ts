import pg from 'pg';
import type { Instant } from '../../src/domain/business-time/index.js';
import { HOUR_MS, until, type LeadWorld } from '../../test/workflows/lead-world.js';

/** First responses of so many leads run out one after the other, evenly. */
export interface Deadlines {
  readonly count: number;
  readonly perSecond: number;
  readonly firstAt: Instant;
}

export const endOf = ({ count, perSecond, firstAt }: Deadlines): Instant => firstAt + (count / perSecond) * 1_000;

const RESPONSE_WITHIN_MS = 4 * HOUR_MS;
const HANDED_OVER_AT_ONCE_COUNT = 20;
const HALF_DAY_MS = 12 * HOUR_MS;

/**
 * The example agreement with all its promises, of which only the first response falls due while the benchmark runs.
 * Its calendars are open at all hours but for one minute a day, half a day away from `now`: so they are as large as
 * those of business hours, and yet a deadline can be laid to the second.
 */
export function agreementChanges(now: Instant): Readonly<Record<string, unknown>> {
  const hours = { 'mon-sun': hoursWithoutMinuteAt(now + HALF_DAY_MS) };
  const calendars = ['sales-us-east', 'sales-us-west', 'marketing-us', 'weekdays'];
  return {
    ...Object.fromEntries(calendars.map((name) => [`calendars.${name}`, { timeZone: 'UTC', hours }])),
    'clocks.notification.within': '24h',
    'clocks.acceptance.within': '24h',
    'clocks.acceptance.warn': [],
    'clocks.first-response.within': `${RESPONSE_WITHIN_MS / HOUR_MS}h`,
    'clocks.first-response.overrides': [],
    'clocks.first-response.warn': [],
  };
}

function hoursWithoutMinuteAt(at: Instant): string[] {
  const hour = new Date(at).toISOString().slice(11, 13);
  return [`00:00-${hour}:30`, `${hour}:31-24:00`];
}

/** Hands leads over whose first response falls due after the benchmark; they are open, and that is all. */
export const handOverOpen = (world: LeadWorld, count: number): Promise<void> =>
  handOver(world, count, () => Date.now());

/** Hands over the leads of these deadlines: each was handed over, by its own date, as long ago as its clock allows. */
export const handOverDue = (world: LeadWorld, { count, perSecond, firstAt }: Deadlines): Promise<void> =>
  handOver(world, count, (index) => Math.round(firstAt + (index / perSecond) * 1_000) - RESPONSE_WITHIN_MS);

/** Returns once every owner has been told. */
async function handOver(world: LeadWorld, count: number, handedOffAt: (index: number) => Instant): Promise<void> {
  const database = await connect(world);
  const told = () => countOf(database, `SELECT count(*) FROM lead_event WHERE type = 'notified'`);
  const before = await told();
  let next = 0;
  const caller = async () => {
    for (let index = next++; index < count; index = next++) await world.handOff({ at: handedOffAt(index) });
  };
  await Promise.all(Array.from({ length: HANDED_OVER_AT_ONCE_COUNT }, caller));
  await until('every owner has been told', async () => (await told()) - before >= count || undefined, HOUR_MS);
  await database.end();
}

/** How long after its due instant each escalation was accepted by the mail server, shortest first. */
export async function readLatenesses(world: LeadWorld, deadlines: Deadlines): Promise<readonly number[]> {
  const database = await connect(world);
  const { rows } = await database.query<{ ms: number }>(
    `SELECT 1000 * extract(epoch FROM sent_at - at)::float AS ms
      FROM notice JOIN lead_event USING (workspace, lead_id, seq)
      WHERE type = 'tier-fired' AND sent_at IS NOT NULL AND at >= $1 AND at < $2 ORDER BY 1`,
    [new Date(deadlines.firstAt), new Date(endOf(deadlines))],
  );
  await database.end();
  return rows.map(({ ms }) => ms);
}

/** Workflow tasks that the server has counted in the histories of the leads of these deadlines, a second. */
export async function workflowTasksPerSecond(world: LeadWorld, deadlines: Deadlines): Promise<number> {
  const database = await connect(world);
  const { rows } = await database.query<{ lead_id: string }>(
    `SELECT DISTINCT lead_id FROM lead_event WHERE type = 'tier-fired' AND at >= $1 AND at < $2`,
    [new Date(deadlines.firstAt), new Date(endOf(deadlines))],
  );
  await database.end();
  let taskCount = 0;
  for (const { lead_id: leadId } of rows) taskCount += await countTasksSince(world, leadId, deadlines.firstAt);
  return (taskCount * 1_000) / (endOf(deadlines) - deadlines.firstAt);
}

async function countTasksSince({ client }: LeadWorld, leadId: string, since: Instant): Promise<number> {
  const { events } = await client.workflow.getHandle(`lead:${leadId}`).fetchHistory();
  const isTaskSince = ({ eventTime, workflowTaskCompletedEventAttributes: completed }: HistoryEvent) =>
    completed != null && Number(eventTime?.seconds) * 1_000 >= since;
  return (events ?? []).filter(isTaskSince).length;
}

type HistoryEvent = NonNullable<
  Awaited<ReturnType<ReturnType<LeadWorld['client']['workflow']['getHandle']>['fetchHistory']>>['events']
>[number];

async function connect({ environment }: LeadWorld): Promise<pg.Client> {
  const database = new pg.Client({ connectionString: environment['DATABASE_URL'] });
  await database.connect();
  return database;
}

async function countOf(database: pg.Client, query: string): Promise<number> {
  const { rows } = await database.query<{ count: string }>(query);
  return Number(rows[0]?.count);
}
