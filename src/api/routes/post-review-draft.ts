import { changedText } from '../../documents/index.js';
import type { AgreementVersion } from '../../domain/agreement/index.js';
import type { VersionReader } from '../../domain/agreement/ports.js';
import { acceptedIn, findDraftObstacle, type ProposedLines, type ReviewState } from '../../domain/reviews/index.js';
import { readDraft } from '../agreements/draft-bodies.js';
import { ProblemError } from '../problems.js';
import { actorOf } from '../principal.js';
import type { Route } from '../route.js';
import { replyOf, requireReview, REVIEW_PATH } from './review-of.js';

/** Closing comes after all that could be in the way, so that a review is not closed in vain. */
export const postReviewDraft: Route = {
  method: 'post',
  access: 'key',
  roles: ['leader'],
  path: `${REVIEW_PATH}/draft`,
  summary: 'Close a review, unless it is closed, and open the next version in draft with the proposals it accepted',
  async handle(call, parts) {
    const review = await requireReview(call, parts);
    const obstacle = findDraftObstacle({ ...review, status: 'closed' });
    if (obstacle !== undefined) return replyOf(review.id, { kind: 'refused', refusal: obstacle });
    const actor = actorOf(call);
    const at = call.receivedAt;
    const { name } = review.agreement;
    const text = changedText((await requireActive(parts.versions, name)).text, linesOf(review));
    const document = readDraft({ text }, { calendars: parts.calendars, at, name });
    if (review.status === 'open') {
      const closed = await parts.reviewDesk.act(review.id, { type: 'close', by: actor.by, at }, actor);
      if (closed.kind !== 'done') return replyOf(review.id, closed);
    }
    const { version } = await parts.agreementDesk.ensureDraft(document, { actor, at });
    const act = { type: 'open-draft', by: actor.by, at, version } as const;
    return replyOf(review.id, await parts.reviewDesk.act(review.id, act, actor));
  },
};

/** The next version begins from the one in force, also where that is not the one that was reviewed. */
async function requireActive(versions: VersionReader, name: string): Promise<AgreementVersion> {
  const active = (await versions.listVersions(name)).find(({ status }) => status === 'active');
  const version = active && (await versions.findVersion(name, active.version));
  if (version !== undefined) return version;
  throw new ProblemError('unknown-version', { detail: `No version of ${JSON.stringify(name)} is in force` });
}

const linesOf = (review: ReviewState): ProposedLines =>
  Object.assign({}, ...acceptedIn(review).map(({ lines }) => lines)) as ProposedLines;
