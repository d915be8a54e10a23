import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { openMailStore, type Envelope, type Mail, type MailAttachment, type MailStore } from './inbox-mails.js';
import { mailViews, renderInbox, renderMailHtml, type MailView } from './inbox-page.js';

export type { Mail } from './inbox-mails.js';

/** What a mail server answers when it does not take a mail: 5xx for good, 4xx for now. */
export interface SmtpRefusal {
  readonly code: number;
  readonly message: string;
}

export interface InboxOptions {
  /** 0 takes any free port. */
  readonly smtpPort: number;
  /** 0 takes any free port. */
  readonly webPort: number;
  /** The data folder; mails are kept below it between starts. Without it they are in memory only. */
  readonly dataDir?: string;
  /** Lets a recipient be refused, to see how a sender takes it. */
  readonly refuseRecipient?: (address: string) => SmtpRefusal | undefined;
}

/** A real mail server that delivers to a web page instead of to people. */
export interface Inbox {
  readonly smtpUrl: string;
  readonly webUrl: string;
  /** All mails in the order of their arrival. */
  readonly mails: () => readonly Mail[];
  readonly clear: () => void;
  readonly stop: () => Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts the mail server and its page; mails are accepted once they are on file. */
export async function startInbox(options: InboxOptions): Promise<Inbox> {
  const store = openMailStore(options.dataDir === undefined ? undefined : join(options.dataDir, 'inbox.jsonl'));
  const smtp = smtpServer(store, options);
  const web = createServer((request, response) => answer(store, request, response));
  const smtpPort = await listen(smtp.server, options.smtpPort);
  const webPort = await listen(web, options.webPort);
  return {
    smtpUrl: `smtp://${HOST}:${smtpPort}`,
    webUrl: `http://${HOST}:${webPort}`,
    mails: store.all,
    clear: store.clear,
    stop: async () => {
      web.closeAllConnections();
      await Promise.all([closeSmtp(smtp), new Promise((done) => web.close(done))]);
    },
  };
}

const closeSmtp = (smtp: SMTPServer): Promise<void> => new Promise((done) => smtp.close(() => done()));

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, HOST);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function smtpServer(store: MailStore, { refuseRecipient }: InboxOptions): SMTPServer {
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    closeTimeout: 1_000,
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
    onRcptTo: ({ address }, _session, done) => done(asError(refuseRecipient?.(address))),
    onData: (stream, session, done) => {
      const taken = buffer(stream).then((source) => store.add(source, envelopeOf(session)));
      taken.then(
        () => done(),
        (error: unknown) => done(asError({ code: 451, message: String(error) })),
      );
    },
  });
  smtp.on('error', () => undefined); // a sender that hangs up ends its own session only
  return smtp;
}

const asError = (refusal: SmtpRefusal | undefined): Error | undefined =>
  refusal && Object.assign(new Error(refusal.message), { responseCode: refusal.code });

const envelopeOf = ({ envelope }: SMTPServerSession): Envelope => ({
  from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
  to: envelope.rcptTo.map(({ address }) => address),
});

function answer(store: MailStore, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://inbox');
  const [, id, part, file] = /^\/mails\/(\d+)(?:\/(html|files\/(\d+)))?$/.exec(url.pathname) ?? [];
  const mail = id === undefined ? undefined : store.find(Number(id));
  if (request.method !== 'GET') return send(response, 405, 'text/plain', 'Only reading is possible here.\n');
  if (url.pathname === '/mails.json') return sendList(store, url, response);
  if (mail && part === 'html') return sendMailHtml(mail, response);
  if (mail && file !== undefined) return sendFile(mail.attachments[Number(file) - 1], response);
  if (mail || url.pathname === '/') return sendPage(store, url, mail, response);
  return send(response, 404, 'text/plain', 'There is no such page or mail; the list is at /.\n');
}

/** The mails as JSON, in the order of their arrival; `after` leaves out those up to an id, `to` those for others. */
function sendList(store: MailStore, url: URL, response: ServerResponse): void {
  const after = Number(url.searchParams.get('after') ?? 0);
  const to = url.searchParams.get('to');
  const mails = store.all().filter((mail) => mail.id > after && (to === null || mail.envelope.to.includes(to)));
  const listed = mails.map(({ attachments, ...mail }) => ({ ...mail, attachments: attachments.map(withoutContent) }));
  send(response, 200, 'application/json', JSON.stringify(listed));
}

const withoutContent = ({ base64: _base64, ...attachment }: MailAttachment) => attachment;

/** Always kept as a file: a browser runs nothing that came by mail. */
function sendFile(file: MailAttachment | undefined, response: ServerResponse): void {
  if (file === undefined) return send(response, 404, 'text/plain', 'The mail has no such file.\n');
  const name = encodeURIComponent(file.name);
  response
    .writeHead(200, {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename*=UTF-8''${name}`,
      'Cache-Control': 'no-store',
    })
    .end(Buffer.from(file.base64, 'base64'));
}

/** A mail may bring its own style and embedded images, but no script, and fetches nothing from elsewhere. */
function sendMailHtml(mail: Mail, response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:");
  send(response, 200, 'text/html', renderMailHtml(mail));
}

function sendPage(store: MailStore, url: URL, open: Mail | undefined, response: ServerResponse): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "frame-src 'self'",
  ];
  response.setHeader('Content-Security-Policy', policy.join('; '));
  const recipient = url.searchParams.get('to') ?? undefined;
  const view = viewOf(url.searchParams.get('view'));
  send(response, 200, 'text/html', renderInbox({ mails: store.all(), recipient, open, view, nonce }));
}

const viewOf = (name: string | null): MailView => mailViews.find((view) => view === name) ?? 'html';

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store' }).end(body);
}
