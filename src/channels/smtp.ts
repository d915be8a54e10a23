import { createTransport, type NodemailerError } from 'nodemailer';
import type { Attachment, Mail, Mailer, MailOutcome } from '../domain/notices/ports.js';

export interface SmtpMailer extends Mailer {
  /** Lets mails that are on their way finish, then closes the connections. */
  close(): void;
}

interface SmtpOptions {
  /** `smtp://user:password@host:port`, or `smtps:` for TLS from the start. */
  readonly url: string;
  readonly from: string;
  /** The longest that one mail may take; whoever calls tries again only after that. */
  readonly withinMs?: number;
}

const CONNECTION_COUNT_MAX = 5;
const WITHIN_MS = 45_000;

/** Mail by SMTP over a few connections that are kept open. */
export function createSmtpMailer({ url, from, withinMs = WITHIN_MS }: SmtpOptions): SmtpMailer {
  const transport = createTransport({ url, pool: true, maxConnections: CONNECTION_COUNT_MAX }, { from });
  return {
    send: async (mail) => {
      try {
        await transport.sendMail({ ...messageOf(mail), signal: AbortSignal.timeout(withinMs) });
        return { kind: 'accepted' };
      } catch (error) {
        return refusalOf(error as NodemailerError);
      }
    },
    close: () => transport.close(),
  };
}

const messageOf = ({ to, subject, html, text, attachments = [], messageId, threadId }: Mail) => ({
  // As an object, an address is never read as a list of several.
  to: { name: '', address: to },
  subject: subject.replaceAll(/\s+/g, ' '),
  html,
  text,
  attachments: attachments.map(attachmentOf),
  messageId,
  inReplyTo: threadId,
  references: [threadId],
  // Robots that answer mails by themselves leave those alone that say this (RFC 3834).
  headers: { 'Auto-Submitted': 'auto-generated' },
  disableFileAccess: true,
  disableUrlAccess: true,
});

/** Pictures stand with the HTML that shows them, so that no program lists them as files. */
const attachmentOf = ({ name, mediaType, bytes, contentId }: Attachment) => ({
  filename: name,
  contentType: mediaType,
  content: Buffer.from(bytes),
  ...(contentId !== undefined && { cid: contentId, contentDisposition: 'inline' as const }),
});

/**
 * A refusal for good is about this recipient or this mail. Refused logins and senders are the operator's to mend and
 * would hit every mail alike: they count as "not now", as do all answers of the 4xx kind and lost connections.
 * @throws the error itself if the mail may go through later
 */
function refusalOf(error: NodemailerError): MailOutcome {
  const isAboutThisMail = error.command === 'RCPT TO' || error.command === 'DATA';
  if (error.permanent === true && isAboutThisMail) {
    return { kind: 'refused', reason: error.response ?? error.message };
  }
  throw error;
}
