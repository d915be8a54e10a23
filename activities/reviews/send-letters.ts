import type { Instant } from '../../src/domain/business-time/index.js';
import { timeZoneOf, type Reader } from '../../src/domain/notices/index.js';
import type { Directory } from '../../src/domain/routing/directory.js';
import { lettersBy, type ReviewLetter, type ReviewState } from '../../src/domain/reviews/index.js';
import { sendOnce, type Tidings } from '../notices/send-once.js';
import type { ReviewPlace } from '../review-contract.js';
import type { ReviewDeps } from './review-deps.js';
import { letterContent } from './review-mails.js';

/**
 * Tries every letter that is owed, so that one that cannot leave now keeps none of the others.
 * @throws Error if any is worth another try
 */
export async function sendLetters(deps: ReviewDeps, { workspace, reviewId }: ReviewPlace, at: Instant): Promise<void> {
  const { reviews, directory } = deps.storesOf(workspace);
  const review = await reviews.find(reviewId);
  if (review === undefined) throw new Error(`there is no review ${reviewId} any more`);
  const people = await directory.read();
  const letters = lettersBy(review, at);
  const tried = await Promise.allSettled(letters.map((letter) => send(deps, workspace, { review, people, letter })));
  const failures = tried.flatMap((one) => {
    if (one.status === 'rejected') return [String(one.reason)];
    return one.value.kind === 'held' ? ['notices are held'] : [];
  });
  if (failures.length === 0) return;
  const reasons = [...new Set(failures)].join('; ');
  throw new Error(`${failures.length} of ${letters.length} mails about ${reviewId} wait: ${reasons}`);
}

interface Sending {
  readonly review: ReviewState;
  readonly people: Directory;
  readonly letter: ReviewLetter;
}

async function send(deps: ReviewDeps, workspace: string, { review, people, letter }: Sending) {
  const { notices, findInForce } = deps.storesOf(workspace);
  const inForce = await findInForce(review.agreement.name, review.openedAt);
  const sayFor = (reader: Reader) => (at: Instant) =>
    deps.formatLocal(inForce === undefined ? review.timeZone : timeZoneOf(reader, people, inForce.agreement), at);
  return sendOnce({
    workspace,
    tidings: tidingsOf(review, letter),
    directory: people,
    store: notices,
    mailer: deps.mailer,
    now: deps.now,
    mailFrom: deps.mailFrom,
    opsEmail: deps.opsEmail,
    contentFor: (reader, unreached) =>
      letterContent({ review, letter, unreached, say: sayFor(reader), publicUrl: deps.publicUrl }),
  });
}

function tidingsOf({ id }: ReviewState, { kind, reader, occasion }: ReviewLetter): Tidings {
  const subject = `review:${id}`;
  return {
    leadId: subject,
    kind,
    seq: 0,
    reader,
    // A manager may stand in for several of their people, and hears of each.
    keyFor: (instead) => JSON.stringify([subject, kind, occasion, reader, instead, 'email']),
    thread: ['review', id],
  };
}
