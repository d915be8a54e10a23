import type pg from 'pg';
import type { Instant } from '../domain/business-time/index.js';
import type { LeadEvent } from '../domain/lifecycle/events.js';
import type { LeadStart } from '../domain/ports.js';
import type { Directory, Workload } from '../domain/routing/directory.js';
import { withGift } from '../domain/routing/gifts.js';
import { inBatches, type Settled } from './batches.js';
import { commandRow } from './commands.js';
import { inOneGo, inRecording } from './connections.js';
import { lockOfRouting, revisionOf, type DirectoryKeeper } from './directory.js';
import { timestampOf } from './instants.js';
import { lookUpPosts, type Found } from './intake-lookup.js';
import type { Decide, IntakeDecision, IntakePost, IntakeResult, IntakeStore } from './intake-shapes.js';
import { findFresh, readStories } from './ledger.js';
import { rowsOf } from './projection.js';
import { joinRows, writeRows, type Row, type Rows } from './recording.js';
import { contextKeyOf, contextOf, contextText } from './start-contexts.js';
import { timestampOfGift } from './workload.js';

interface Place {
  readonly pool: pg.Pool;
  readonly workspace: string;
  readonly directory: DirectoryKeeper;
  /** Contexts that are stored already; a handful a day. */
  readonly storedContexts: Set<string>;
}

interface Posted {
  readonly post: IntakePost;
  readonly decide: Decide;
}

/** A transaction of so many takes some 20 ms, far below what a caller notices. */
const BATCH_SIZE_MAX = 25;

export function createIntake(pool: pg.Pool, workspace: string, directory: DirectoryKeeper): IntakeStore {
  const place: Place = { pool, workspace, directory, storedContexts: new Set() };
  const submit = inBatches<Posted, IntakeResult>({
    sizeMax: BATCH_SIZE_MAX,
    keysOf: ({ post }) => keysOf(post),
    run: (batch) => handOffAll(place, batch),
  });
  const markStarted = inBatches<string, void>({
    sizeMax: 1_000,
    keysOf: () => [],
    run: (leadIds) => markAllStarted(pool, workspace, leadIds),
  });
  return {
    handOff: (post, decide) => submit({ post, decide }),
    listUnstarted: (olderThanMs, limit) => listUnstarted(pool, workspace, olderThanMs, limit),
    markStarted,
  };
}

/** By what two posts can speak of the same lead. */
const keysOf = ({ request, agreementName, normalisedEmail }: IntakePost): readonly string[] => [
  JSON.stringify(['id', request.source, request.externalId]),
  ...(normalisedEmail === null ? [] : [JSON.stringify(['email', agreementName, normalisedEmail])]),
];

/**
 * All posts in one transaction. The routing lock makes every intake of the workspace follow the one before, in
 * whichever process, so that no two can make two leads of one or give two leads to the last free place.
 */
async function handOffAll(place: Place, batch: readonly Posted[]): Promise<readonly Settled<IntakeResult>[]> {
  const { pool, workspace } = place;
  const decided = await inOneGo(pool, lockOfRouting(workspace), async (client, opened) => {
    const posts = batch.map(({ post }) => post);
    const [lock, { workload, found }] = await Promise.all([opened, lookUpPosts(client, workspace, posts)]);
    const people = await place.directory.readBy(client, revisionOf(lock));
    const { settled, loads } = decideAll(place, batch, found, people, workload);
    const rows = joinRows(settled.map((one) => one.rows));
    return { done: settled, written: writeRows(client, workspace, { ...rows, routing_load: loads }) };
  });
  decided.forEach(({ contextKey }) => contextKey !== undefined && place.storedContexts.add(contextKey));
  return decided.map(({ outcome }) => outcome);
}

interface DecidedPost {
  readonly outcome: Settled<IntakeResult>;
  readonly rows: Rows;
  readonly contextKey?: string;
}

/** One after the other: each sees the workload that those before it leave. */
function decideAll(
  place: Place,
  batch: readonly Posted[],
  found: readonly Found[],
  directory: Directory,
  before: Workload,
) {
  let workload = before;
  const settled = batch.map((posted, index) => {
    const decided = decideOne(posted, found[index], { directory, workload }, place);
    for (const { person, at } of giftsOf(decided.outcome)) workload = withGift(workload, person, at);
    return decided;
  });
  return { settled, loads: loadRows(place.workspace, before, workload) };
}

/** Whoever holds the lead after its hand-off was given it then. */
function giftsOf(outcome: Settled<IntakeResult>): readonly { readonly person: string; readonly at: Instant }[] {
  if (outcome.kind === 'failed' || outcome.result.kind === 'redelivered') return [];
  const { decision } = outcome.result;
  if (decision.kind === 'joined') return [];
  return decision.events.flatMap((event) =>
    event.type === 'handed-off' && event.holder.owner !== null ? [{ person: event.holder.owner, at: event.at }] : [],
  );
}

/** One row for each person whom the batch gave something, by person. */
const loadRows = (workspace: string, before: Workload, after: Workload): readonly Row[] =>
  Object.keys(after.openLeadCounts)
    .toSorted()
    .map((person) => ({
      workspace,
      person,
      open_lead_count: (after.openLeadCounts[person] ?? 0) - (before.openLeadCounts[person] ?? 0),
      last_given_at: timestampOfGift(after.lastGivenAt[person] ?? 0),
    }))
    .filter((row) => row.open_lead_count > 0);

/** A post that cannot be decided fails alone; it has written nothing. */
function decideOne(
  { post, decide }: Posted,
  found: Found | undefined,
  snapshot: { readonly directory: Directory; readonly workload: Workload },
  place: Place,
): DecidedPost {
  if (found?.answer) return done({ kind: 'redelivered', answer: found.answer }, {});
  try {
    const decision = decide(snapshot, found?.existing);
    const rows = rowsOfDecision(place, post, decision, found?.existing?.events ?? []);
    const contextKey = rows.start_context?.[0]?.['key'] as string | undefined;
    return { ...done({ kind: 'decided', decision }, rows), ...(contextKey !== undefined && { contextKey }) };
  } catch (error) {
    return { outcome: { kind: 'failed', error }, rows: {} };
  }
}

const done = (result: IntakeResult, rows: Rows): DecidedPost => ({ outcome: { kind: 'done', result }, rows });

function rowsOfDecision(
  place: Place,
  post: IntakePost,
  decision: IntakeDecision,
  existing: readonly LeadEvent[],
): Rows {
  const { workspace } = place;
  if (decision.kind === 'joined') {
    const commands = decision.commands.map((command) => commandRow(workspace, command, 'intake'));
    return { command: commands, intake: [intakeRow(workspace, post, decision, undefined)] };
  }
  const { leadId, events, start } = decision;
  const continued = existing[0] && 'leadId' in existing[0] && existing[0].leadId === leadId ? existing : [];
  const keyed = start && { start, contextKey: contextKeyOf(start.context) };
  return {
    ...rowsOf(workspace, continued, findFresh(leadId, continued, events)),
    intake: [intakeRow(workspace, post, decision, keyed)],
    start_context: keyed && !place.storedContexts.has(keyed.contextKey) ? [contextRow(workspace, keyed)] : [],
  };
}

interface KeyedStart {
  readonly start: LeadStart;
  readonly contextKey: string;
}

const contextRow = (workspace: string, { start, contextKey }: KeyedStart): Row => ({
  workspace,
  key: contextKey,
  context: contextText(start.context),
});

function intakeRow(
  workspace: string,
  { request, bodyHash, body, receivedAt }: IntakePost,
  { kind, leadId, answer }: IntakeDecision,
  started: KeyedStart | undefined,
) {
  return {
    workspace,
    source: request.source,
    external_id: request.externalId,
    body_hash: bodyHash,
    body,
    received_at: timestampOf(receivedAt),
    lead_id: leadId,
    kind,
    answer_status: answer.status,
    answer: answer.bytes,
    context_key: started?.contextKey ?? null,
    start_from_seq: started?.start.events[0]?.seq ?? null,
    start_to_seq: started?.start.events.at(-1)?.seq ?? null,
  };
}

async function listUnstarted(
  pool: pg.Pool,
  workspace: string,
  olderThanMs: number,
  limit: number,
): Promise<readonly LeadStart[]> {
  const { rows } = await pool.query<{ lead_id: string; first: number; last: number; context: string }>(
    `SELECT lead_id, start_from_seq AS first, start_to_seq AS last, context
      FROM intake JOIN start_context AS c ON c.workspace = intake.workspace AND c.key = context_key
      WHERE intake.workspace = $1 AND context_key IS NOT NULL AND started_at IS NULL
        AND stored_at <= clock_timestamp() - $2 * interval '1 millisecond'
      ORDER BY stored_at LIMIT $3`,
    [workspace, olderThanMs, limit],
  );
  const leadIds = rows.map(({ lead_id: leadId }) => leadId);
  const stories = await readStories(pool, workspace, leadIds);
  return rows.map(({ lead_id: leadId, first, last, context }) => ({
    workspace,
    leadId,
    events: stories.get(leadId)?.slice(first - 1, last) ?? [],
    context: contextOf(context),
  }));
}

/** Not worth waiting for the disk: a start that was forgotten is only tried again, which changes nothing. */
async function markAllStarted(
  pool: pg.Pool,
  workspace: string,
  leadIds: readonly string[],
): Promise<readonly Settled<void>[]> {
  await inRecording(pool, 'SET LOCAL synchronous_commit = off', (client) =>
    client.query(
      `UPDATE intake SET started_at = clock_timestamp()
        WHERE workspace = $1 AND lead_id = ANY ($2) AND context_key IS NOT NULL AND started_at IS NULL`,
      [workspace, leadIds],
    ),
  );
  return leadIds.map(() => ({ kind: 'done', result: undefined }));
}
