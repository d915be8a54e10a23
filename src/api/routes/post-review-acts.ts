import type { z } from 'zod';
import { formatDate, parseDate } from '../../domain/business-time/civil-date.js';
import type { Instant } from '../../domain/business-time/index.js';
import type { ReviewAct } from '../../domain/reviews/index.js';
import type { ApiParts } from '../parts.js';
import { actorOf } from '../principal.js';
import { answerBody, decisionBody, deliverableBody, proposalBody, saidBody } from '../reviews/review-bodies.js';
import { routeWithBody, type Call, type Reply, type Route } from '../route.js';
import { replyOf, requireReview, REVIEW_PATH } from './review-of.js';

type Did = ReviewAct extends infer Act ? (Act extends ReviewAct ? Omit<Act, 'by' | 'at'> : never) : never;

/** What every act on a review has in common: leaders do it, and get the review after it. */
const outline = { method: 'post', access: 'key', roles: ['leader'] } as const;

async function act(call: Call<unknown>, { reviewDesk }: ApiParts, did: Did): Promise<Reply> {
  const id = call.params['id'] ?? '';
  const actor = actorOf(call);
  return replyOf(id, await reviewDesk.act(id, { ...did, by: actor.by, at: call.receivedAt }, actor));
}

const saying = <Schema extends z.ZodType>(
  path: string,
  summary: string,
  body: Schema,
  did: (said: z.output<Schema>, call: Call<unknown>) => Did,
): Route =>
  routeWithBody({
    ...outline,
    path: `${REVIEW_PATH}/${path}`,
    summary,
    body,
    handle: (call, parts) => act(call, parts, did(call.body, call)),
  });

const postDecision: Route = routeWithBody({
  ...outline,
  path: `${REVIEW_PATH}/decisions`,
  summary: 'Record a decision with its owner and the day by whose end it is done',
  body: decisionBody,
  async handle(call, parts) {
    const { timeZone } = await requireReview(call, parts);
    return act(call, parts, { type: 'decide', ...call.body, dueAt: dayAfter(parts, timeZone, call.body.dueDate) });
  },
});

const dayAfter = ({ dateStart }: ApiParts, timeZone: string, date: string): Instant =>
  dateStart(timeZone, formatDate(parseDate(date)! + 1));

/** Not a number: no decision has it. */
const decisionNumber = ({ params }: Call<unknown>): number => Number(params['n'] ?? 0);

export const postReviewActs: readonly Route[] = [
  saying('word', 'Record the word of sales on the quality of the leads', saidBody, ({ text }) => ({
    type: 'give-word',
    text,
  })),
  saying('lessons', 'Note a lesson; later reviews of the agreement find it in their packs', saidBody, ({ text }) => ({
    type: 'note-lesson',
    text,
  })),
  saying('answers', 'Answer for a commitment that was not kept', answerBody, (said) => ({ type: 'answer', ...said })),
  saying('deliverables', 'Say whether what is owed besides leads was delivered', deliverableBody, (said) => ({
    type: 'confirm-deliverable',
    ...said,
  })),
  saying('proposals', 'Accept a proposal for the next version, or decline it', proposalBody, (said) => ({
    type: 'answer-proposal',
    ...said,
  })),
  postDecision,
  saying('decisions/:n/done', 'Say that a decision is carried out', saidBody, ({ text }, call) => ({
    type: 'settle-decision',
    outcome: 'done',
    n: decisionNumber(call),
    text,
  })),
  saying('decisions/:n/dropped', 'Drop a decision, and say why', saidBody, ({ text }, call) => ({
    type: 'settle-decision',
    outcome: 'dropped',
    n: decisionNumber(call),
    text,
  })),
  {
    ...outline,
    path: `${REVIEW_PATH}/close`,
    summary: 'Close a review that lacks nothing',
    handle: (call, parts) => act(call, parts, { type: 'close' }),
  },
];
