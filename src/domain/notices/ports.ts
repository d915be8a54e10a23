/**
 * What delivering notices needs of the outside: a store that remembers each notice for ever, and a mailer.
 * Interfaces only, implemented by `src/db` and `src/channels` and handed in by `src/bin`.
 */
import type { Instant } from '../business-time/index.js';

export const noticeChannels = ['email'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];

/** One notice about to leave. The key says which one it is, once ever in its workspace. */
export interface NoticeClaim {
  readonly key: string;
  readonly leadId: string;
  /** One of `noticeKinds`. */
  readonly kind: string;
  /** Sequence of the event that causes it. */
  readonly seq: number;
  /** A person's id, or `(ops)`. */
  readonly recipient: string;
  readonly channel: NoticeChannel;
  readonly address: string;
  /** The same for every attempt, so that a mailbox that got it twice can tell. */
  readonly messageId: string;
}

/** How a notice stands when somebody is about to send it. */
export type NoticeStanding =
  /** Nobody has tried: the row was written just now. */
  | { readonly standing: 'claimed' }
  /** Somebody began and never reported: a crash before, during or after sending. Send it again under its old id. */
  | { readonly standing: 'claimed-earlier'; readonly messageId: string }
  | { readonly standing: 'sent'; readonly acceptedAt: Instant }
  /** The mail server refused it for good. */
  | { readonly standing: 'failed'; readonly reason: string }
  /** All notices are held: it was not claimed, and must not be sent. */
  | { readonly standing: 'held' };

/** Remembers notices; every method works on one committed row, so two workers never both get `claimed`. */
export interface NoticeStore {
  /** Writes the row if there is none and notices are not held, and says how the notice stands. */
  claim(claim: NoticeClaim): Promise<NoticeStanding>;
  markSent(key: string, acceptedAt: Instant): Promise<void>;
  markFailed(key: string, reason: string): Promise<void>;
}

/** A file that a mail brings along. */
export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** A picture of the mail's HTML, which shows it as `cid:` and this; absent: a file for the reader to keep. */
  readonly contentId?: string;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments?: readonly Attachment[];
  readonly messageId: string;
  /** The root of the lead's thread, for `In-Reply-To` and `References`. */
  readonly threadId: string;
}

export type MailOutcome =
  | { readonly kind: 'accepted' }
  /** Refused for good by the server: this mailbox will never take it. */
  | { readonly kind: 'refused'; readonly reason: string };

export interface Mailer {
  /** @throws Error if the server cannot say yes or no now: try again later */
  send(mail: Mail): Promise<MailOutcome>;
}
