import type pg from 'pg';
import type { Instant } from '../domain/business-time/index.js';
import type { Answer, DirectoryQuestion, RecipientsQuestion, RouteAnswer } from '../domain/lifecycle/questions.js';
import type { QuestionStore } from '../domain/ports.js';
import { answerFromDirectory } from '../domain/routing/answer.js';
import type { HolderRef, Workload } from '../domain/routing/directory.js';
import { withGift } from '../domain/routing/gifts.js';
import { hearing, versionAskedFor } from '../domain/shadow/shadow.js';
import { inRecording, type Queries } from './connections.js';
import { lockOfRouting, revisionOf, type DirectoryKeeper } from './directory.js';
import { findShadow } from './shadows.js';
import { readWorkload, timestampOfGift } from './workload.js';

/** Answers from the directory, once per key: everything that asks again gets what was stored. */
export function createQuestions(pool: pg.Pool, workspace: string, directory: DirectoryKeeper): QuestionStore {
  const place = { pool, workspace, directory };
  return {
    answer: async (leadId, question) => {
      const stored = await findAnswer(pool, workspace, leadId, question.key);
      if (stored !== undefined) return stored;
      return givesLead(question) ? giveLead(place, leadId, question) : lookUp(place, leadId, question);
    },
  };
}

interface Place {
  readonly pool: pg.Pool;
  readonly workspace: string;
  readonly directory: DirectoryKeeper;
}

/** Whoever answers these gives somebody a lead; the others only ask who there is. */
const givesLead = ({ kind }: DirectoryQuestion): boolean => kind === 'route' || kind === 'next-owner';

function giveLead({ pool, workspace, directory }: Place, leadId: string, question: DirectoryQuestion): Promise<Answer> {
  return inRecording(pool, lockOfRouting(workspace), async (client, opened) => {
    const stored = await findAnswer(client, workspace, leadId, question.key);
    if (stored !== undefined) return stored;
    const people = await directory.readBy(client, revisionOf(opened));
    const workload = await readWorkload(client, workspace);
    const answer = answerFromDirectory(question, people, workload);
    await give(client, workspace, takerOf(question, answer), question.asOf, workload);
    return store(client, workspace, leadId, question, answer);
  });
}

/** From now on the lead counts as given, though the event that says so is still to come. */
async function give(client: Queries, workspace: string, person: string | null, at: Instant, before: Workload) {
  if (person === null) return;
  await client.query(
    `INSERT INTO routing_load AS old (workspace, person, open_lead_count, last_given_at) VALUES ($1, $2, 0, $3)
      ON CONFLICT (workspace, person) DO UPDATE SET last_given_at = greatest(old.last_given_at, excluded.last_given_at)`,
    [workspace, person, timestampOfGift(withGift(before, person, at).lastGivenAt[person] ?? at)],
  );
}

const nobodysWorkload: Workload = { openLeadCounts: {}, lastGivenAt: {} };

async function lookUp({ pool, workspace, directory }: Place, leadId: string, question: DirectoryQuestion) {
  const found = answerFromDirectory(question, await directory.read(), nobodysWorkload);
  const answer = question.kind === 'recipients' ? await inShadow(pool, workspace, question, found) : found;
  return store(pool, workspace, leadId, question, answer);
}

async function inShadow(pool: pg.Pool, workspace: string, question: RecipientsQuestion, found: Answer) {
  const version = versionAskedFor(question);
  const record = version && (await findShadow(pool, workspace, version));
  return hearing(question, found as readonly string[], record?.shadow);
}

/** The stored answer, which may be null; undefined without one. */
async function findAnswer(
  queries: Queries,
  workspace: string,
  leadId: string,
  key: string,
): Promise<Answer | undefined> {
  const { rows } = await queries.query<{ answer: Answer }>({
    name: 'find-answer',
    text: 'SELECT answer FROM answer WHERE workspace = $1 AND lead_id = $2 AND key = $3',
    values: [workspace, leadId, key],
  });
  return rows[0]?.answer;
}

/** Stores the answer, unless somebody was faster, and returns what is stored, in the form in which it is stored. */
async function store(
  client: Queries,
  workspace: string,
  leadId: string,
  question: DirectoryQuestion,
  answer: Answer,
): Promise<Answer> {
  const person = takerOf(question, answer);
  const { rows } = await client.query<{ answer: Answer }>({
    name: 'store-answer',
    text: `INSERT INTO answer (workspace, lead_id, key, kind, question, answer, gives_to, is_pending)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $7::text IS NOT NULL) ON CONFLICT DO NOTHING
      RETURNING answer`,
    values: [workspace, leadId, question.key, question.kind, JSON.stringify(question), JSON.stringify(answer), person],
  });
  if (rows[0] !== undefined) return rows[0].answer;
  const first = await findAnswer(client, workspace, leadId, question.key);
  if (first === undefined) throw new Error(`answer ${question.key} of lead ${leadId} was stored and is gone`);
  return first;
}

/** Who gets the lead by this answer; asking for a person or for recipients gives nobody anything. */
function takerOf(question: DirectoryQuestion, answer: Answer): string | null {
  if (question.kind === 'route') return (answer as RouteAnswer).holder.owner;
  if (question.kind === 'next-owner') return (answer as HolderRef | null)?.owner ?? null;
  return null;
}
