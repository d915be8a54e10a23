/**
 * Here live the steps of delivering one notice: claiming it, composing its mail, sending it, turning to somebody else.
 * Who hears of what is decided in the domain; the way to a mail server lies behind the port `Mailer`.
 */
import { createHash } from 'node:crypto';
import type { Instant } from '../../src/domain/business-time/index.js';
import {
  addressOf,
  OPS,
  readersInTurn,
  type Mail,
  type Mailer,
  type NoticeClaim,
  type NoticeStore,
  type Reader,
} from '../../src/domain/notices/index.js';
import type { Directory } from '../../src/domain/routing/directory.js';
import type { Unreached } from './letter.js';

export type Delivery =
  /** Who got the notice in the end, and when their mail server took it. */
  | { readonly kind: 'sent'; readonly reader: Reader; readonly acceptedAt: Instant }
  /** Notices are held: nobody got it, it is still owed. */
  | { readonly kind: 'held' };

/** What is to be told to one reader, as far as sending it has to know. */
export interface Tidings {
  /** Whom it is about: a lead's id, or `agreement:` and a version. */
  readonly leadId: string;
  readonly kind: string;
  /** Of the event that causes it. */
  readonly seq: number;
  readonly reader: Reader;
  /** Which one it is for a reader, once ever. */
  readonly keyFor: (reader: Reader) => string;
  /** Mails with the same words form one thread. */
  readonly thread: readonly string[];
}

export interface Errand {
  readonly workspace: string;
  readonly tidings: Tidings;
  readonly directory: Directory;
  readonly store: NoticeStore;
  readonly mailer: Mailer;
  readonly now: () => Instant;
  readonly mailFrom: string;
  readonly opsEmail: string;
  /** The mail's text for a reader; `unreached` are those who should have had it. */
  readonly contentFor: (reader: Reader, unreached: readonly Unreached[]) => MailContent | Promise<MailContent>;
}

export type MailContent = Pick<Mail, 'subject' | 'html' | 'text' | 'attachments'>;

/**
 * Sends the notice to its reader, or, where a mailbox refuses it for good, to the next in turn.
 * @throws Error if nobody could say yes or no now, or if even the operators' mailbox refuses: try again later
 */
export async function sendOnce(errand: Errand): Promise<Delivery> {
  const unreached: Unreached[] = [];
  for (const reader of readersInTurn(errand.tidings.reader, errand.directory)) {
    const outcome = await sendTo(errand, reader, unreached);
    if (outcome.kind === 'sent') return { kind: 'sent', reader, acceptedAt: outcome.acceptedAt };
    if (outcome.kind === 'held') return outcome;
    unreached.push({ reader, reason: outcome.reason });
  }
  const reasons = unreached.map(({ reader, reason }) => `${reader}: ${reason}`).join('; ');
  throw new Error(`nobody can be reached (${reasons}); mend HANDOFF_OPS_EMAIL or the addresses of these people`);
}

type Outcome =
  | { readonly kind: 'sent'; readonly acceptedAt: Instant }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'held' };

async function sendTo(errand: Errand, reader: Reader, unreached: readonly Unreached[]): Promise<Outcome> {
  const address = addressOf(reader, errand.directory, errand.opsEmail);
  if (address === undefined) return { kind: 'failed', reason: 'the directory has no mail address of this person' };
  const claim = claimOf(errand, reader, address);
  const standing = await errand.store.claim(claim);
  switch (standing.standing) {
    case 'sent':
      return { kind: 'sent', acceptedAt: standing.acceptedAt };
    case 'failed':
      return { kind: 'failed', reason: standing.reason };
    case 'held':
      return { kind: 'held' };
    // Whoever claimed it earlier never said how it went: better twice under one message id than never.
    case 'claimed-earlier':
      return sendClaimed(errand, { ...claim, messageId: standing.messageId }, unreached);
    case 'claimed':
      return sendClaimed(errand, claim, unreached);
  }
}

async function sendClaimed(errand: Errand, claim: NoticeClaim, unreached: readonly Unreached[]): Promise<Outcome> {
  const outcome = await errand.mailer.send(await mailOf(errand, claim, unreached));
  if (outcome.kind === 'accepted') {
    const acceptedAt = errand.now();
    await errand.store.markSent(claim.key, acceptedAt);
    return { kind: 'sent', acceptedAt };
  }
  // The last in turn stays claimed, never failed: nobody gives up on a notice.
  if (claim.recipient !== OPS) await errand.store.markFailed(claim.key, outcome.reason);
  return { kind: 'failed', reason: outcome.reason };
}

const mailOf = async (errand: Errand, claim: NoticeClaim, unreached: readonly Unreached[]): Promise<Mail> => ({
  ...(await errand.contentFor(claim.recipient, unreached)),
  to: claim.address,
  messageId: claim.messageId,
  threadId: messageIdOf(errand, errand.tidings.thread),
});

function claimOf(errand: Errand, reader: Reader, address: string): NoticeClaim {
  const { leadId, kind, seq, keyFor } = errand.tidings;
  const key = keyFor(reader);
  return {
    key,
    leadId,
    kind,
    seq,
    recipient: reader,
    channel: 'email',
    address,
    messageId: messageIdOf(errand, ['notice', key]),
  };
}

/** The same words give the same id for ever; in another workspace, another one. */
function messageIdOf({ workspace, mailFrom }: Errand, words: readonly string[]): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([workspace, ...words]))
    .digest('hex');
  const domain = /@([^\s<>@]+)>?\s*$/.exec(mailFrom)?.[1] ?? 'handoff.invalid';
  return `<${words[0]}.${digest.slice(0, 32)}@${domain}>`;
}
