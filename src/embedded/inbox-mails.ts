import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';

/** A mail as the inbox took it; also a line of its file and an entry of `/mails.json`. */
export interface Mail {
  /** Counts up from 1 in the order of arrival. */
  readonly id: number;
  /** When the inbox accepted it, ISO 8601. */
  readonly receivedAt: string;
  readonly messageId: string;
  /** Name and address of the sender, as a reader sees it. */
  readonly from: string;
  /** The addresses of the `To` header. */
  readonly to: readonly string[];
  readonly subject: string;
  /** The `Date` header, ISO 8601 where it could be read. */
  readonly date: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly MailAttachment[];
  /** All headers by lower-case name; repeated ones are joined by a line break. */
  readonly headers: Readonly<Record<string, string>>;
  /** Who it was really from and for, by SMTP. */
  readonly envelope: Envelope;
}

/** A file that came with a mail. */
export interface MailAttachment {
  readonly name: string;
  readonly mediaType: string;
  /** By which the mail's HTML shows it as `cid:`; empty: it is for the reader to keep. */
  readonly contentId: string;
  readonly base64: string;
}

export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

/** The mails of the inbox, in the order of their arrival. */
export interface MailStore {
  readonly all: () => readonly Mail[];
  readonly find: (id: number) => Mail | undefined;
  /** Returns after the mail is on file. */
  readonly add: (source: Buffer, envelope: Envelope) => Promise<Mail>;
  readonly clear: () => void;
}

/** Opens the store with the mails of earlier starts; without a file it forgets all at the end. */
export function openMailStore(file: string | undefined): MailStore {
  const mails = file === undefined ? [] : readMails(file);
  let lastId = mails.at(-1)?.id ?? 0;
  return {
    all: () => mails,
    find: (id) => mails.find((mail) => mail.id === id),
    add: async (source, envelope) => {
      const content = contentOf(await PostalMime.parse(source), envelope);
      const mail = { id: (lastId += 1), receivedAt: new Date().toISOString(), ...content };
      if (file !== undefined) append(file, mail);
      mails.push(mail);
      return mail;
    },
    clear: () => mails.splice(0),
  };
}

/** A line cut short by a crash is left out: its mail was never accepted. */
function readMails(file: string): Mail[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).flatMap(readLine);
}

function readLine(line: string): Mail[] {
  try {
    // Lines of earlier releases know no attachments.
    return [{ attachments: [], ...(JSON.parse(line) as Omit<Mail, 'attachments'>) }];
  } catch {
    return [];
  }
}

/** Begins with a line break where a crash left half a line. */
function append(file: string, mail: Mail): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `\n${JSON.stringify(mail)}`, { mode: 0o600 });
}

function contentOf(email: Email, envelope: Envelope): Omit<Mail, 'id' | 'receivedAt'> {
  return {
    messageId: email.messageId ?? '',
    from: email.from ? inWords(email.from) : envelope.from,
    to: (email.to ?? []).flatMap(addressesOf),
    subject: email.subject ?? '',
    date: email.date ?? '',
    text: email.text ?? '',
    html: email.html ?? '',
    attachments: email.attachments.map(attachmentOf),
    headers: headersOf(email),
    envelope,
  };
}

const attachmentOf = ({ filename, mimeType, contentId, content }: Attachment): MailAttachment => ({
  name: filename ?? 'unnamed',
  mediaType: mimeType,
  contentId: (contentId ?? '').replace(/^<|>$/g, ''),
  base64: Buffer.from(content as ArrayBuffer).toString('base64'),
});

const inWords = ({ name, address }: Address): string => (name && address ? `${name} <${address}>` : (address ?? name));

const addressesOf = (address: Address): string[] =>
  address.group ? address.group.map((member) => member.address) : [address.address];

function headersOf(email: Email): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { key, value } of email.headers) {
    headers[key] = headers[key] === undefined ? value : `${headers[key]}\n${value}`;
  }
  return headers;
}

/** The mails of one conversation, which all carry the first one's Message-ID as their first reference. */
export function conversationOf(mail: Mail, mails: readonly Mail[]): readonly Mail[] {
  const root = rootOf(mail);
  return root === '' ? [mail] : mails.filter((other) => rootOf(other) === root);
}

const rootOf = ({ headers, messageId }: Mail): string =>
  headers.references?.trim().split(/\s+/)[0] ?? headers['in-reply-to'] ?? messageId;
