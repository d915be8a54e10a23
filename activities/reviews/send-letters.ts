import type { Instant } from '../../src/domain/business-time/index.js';
import { timeZoneOf, type Reader } from '../../src/domain/notices/index.js';
import type { Directory } from '../../src/domain/routing/directory.js';
import type { SealedReport } from '../../src/domain/reports/index.js';
import {
  lettersBy,
  type ReviewLetter,
  type ReviewPack,
  type ReviewState,
  type ReviewStore,
} from '../../src/domain/reviews/index.js';
import type { Unreached } from '../notices/letter.js';
import { contentOf } from '../notices/plain-mail.js';
import { sendOnce, type MailContent, type Tidings } from '../notices/send-once.js';
import type { ReviewPlace } from '../review-contract.js';
import type { ReviewDeps } from './review-deps.js';
import { letterTo } from './review-mails.js';

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
  const reports = letters.some(bringsReports) ? await packedReports(reviews, reviewId) : [];
  const tried = await Promise.allSettled(
    letters.map((letter) => send(deps, workspace, { review, people, letter, reports })),
  );
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
  /** The same for all readers, and as they were frozen. */
  readonly reports: readonly SealedReport[];
}

/** Who is invited gets the figures with the invitation; reminders are short. */
const bringsReports = ({ kind }: ReviewLetter): boolean => kind === 'invitation';

async function packedReports(reviews: ReviewStore, reviewId: string): Promise<readonly SealedReport[]> {
  const pack = await reviews.findPack(reviewId);
  if (pack === undefined) throw new Error(`the review ${reviewId} is stored without its pack`);
  const { reports } = JSON.parse(new TextDecoder().decode(pack.bytes)) as ReviewPack;
  return reports.map(({ document, sha256 }) => ({ document, dataHash: sha256 }));
}

async function send(deps: ReviewDeps, workspace: string, { review, people, letter, reports }: Sending) {
  const { notices, findInForce } = deps.storesOf(workspace);
  const inForce = await findInForce(review.agreement.name, review.openedAt);
  const contentFor = (reader: Reader, unreached: readonly Unreached[]): MailContent | Promise<MailContent> => {
    const timeZone = inForce === undefined ? review.timeZone : timeZoneOf(reader, people, inForce.agreement);
    const say = (at: Instant) => deps.formatLocal(timeZone, at);
    const said = letterTo({ review, letter, unreached, say, publicUrl: deps.publicUrl });
    return bringsReports(letter) ? deps.reportMail(said, reports, timeZone) : contentOf(said);
  };
  return sendOnce({
    workspace,
    tidings: tidingsOf(review, letter),
    directory: people,
    store: notices,
    mailer: deps.mailer,
    now: deps.now,
    mailFrom: deps.mailFrom,
    opsEmail: deps.opsEmail,
    contentFor,
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
