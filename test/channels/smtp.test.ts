import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createSmtpMailer, type SmtpMailer } from '../../src/channels/index.js';
import type { Mail } from '../../src/domain/notices/index.js';
import type { Inbox, SmtpRefusal } from '../../src/embedded/inbox.js';
import { startInbox } from '../support/servers.js';

const from = 'Handoff <handoff@sales.example>';
const mail: Mail = {
  to: 'rep-east-1@sales.example',
  subject: 'New lead: Ada Łovelace, Acme & Co',
  html: '<p>Call <b>Ada</b></p>',
  text: 'Call Ada',
  messageId: '<notice.1@sales.example>',
  threadId: '<lead.1@sales.example>',
};

let inbox: Inbox;
let mailer: SmtpMailer;
let refusals: Readonly<Record<string, SmtpRefusal>> = {};

beforeAll(async () => {
  inbox = await startInbox({ refuseRecipient: (address) => refusals[address] });
  mailer = createSmtpMailer({ url: inbox.smtpUrl, from });
});

afterAll(async () => {
  mailer.close();
  await inbox.stop();
});

beforeEach(() => {
  refusals = {};
  inbox.clear();
});

test('a mail arrives with both forms, its own id and the root of its thread', async () => {
  await expect(mailer.send(mail)).resolves.toEqual({ kind: 'accepted' });
  expect(inbox.mails()).toHaveLength(1);
  const [arrived] = inbox.mails();
  expect(arrived).toMatchObject({
    messageId: mail.messageId,
    subject: mail.subject,
    headers: { 'in-reply-to': mail.threadId, references: mail.threadId, 'auto-submitted': 'auto-generated' },
  });
  expect(arrived!.text).toContain('Call Ada');
  expect(arrived!.html).toContain('<b>Ada</b>');
});

test('words of a lead add no header and no recipient', async () => {
  await mailer.send({ ...mail, subject: 'New lead: Ada\r\nBcc: eve@evil.example\r\n\r\nbody' });
  expect(inbox.mails()).toHaveLength(1);
  expect(inbox.mails()[0]).toMatchObject({ subject: 'New lead: Ada Bcc: eve@evil.example body' });
  expect(inbox.mails()[0]!.headers).not.toHaveProperty('bcc');
});

test.each([
  { label: 'no such mailbox', refusal: { code: 550, message: 'No such user here' } },
  { label: 'a mailbox that is full for good', refusal: { code: 552, message: 'Mailbox full' } },
])('$label is a refusal, with what the server said', async ({ refusal }) => {
  refusals = { [mail.to]: refusal };
  await expect(mailer.send(mail)).resolves.toEqual({
    kind: 'refused',
    reason: expect.stringContaining(refusal.message),
  });
});

test.each([
  { label: 'greylisting', refusal: { code: 451, message: 'Try again later' } },
  { label: 'a busy mailbox', refusal: { code: 450, message: 'Mailbox busy' } },
])('$label is worth another try', async ({ refusal }) => {
  refusals = { [mail.to]: refusal };
  await expect(mailer.send(mail)).rejects.toThrow(refusal.message);
  refusals = {};
  await expect(mailer.send(mail)).resolves.toEqual({ kind: 'accepted' });
});

test('a mail server that is away is worth another try', async () => {
  const away = createSmtpMailer({ url: 'smtp://127.0.0.1:1', from });
  await expect(away.send(mail)).rejects.toThrow(/ECONNREFUSED/);
  away.close();
});

describe('with a server that speaks a line of its own', () => {
  let server: Server;
  const speaking = async (answers: Readonly<Record<string, string>>): Promise<SmtpMailer> => {
    server = createServer((socket) => {
      socket.write('220 test\r\n');
      socket.on('data', (data) => {
        const command = data.toString().slice(0, 4).toUpperCase();
        socket.write(`${answers[command] ?? '250 ok'}\r\n`);
      });
      socket.on('error', () => socket.destroy());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return createSmtpMailer({ url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, from, withinMs: 300 });
  };

  afterEach(() => server.close());

  test('a refused sender hits every mail alike and is worth another try', async () => {
    const strict = await speaking({ MAIL: '553 sender not allowed' });
    await expect(strict.send(mail)).rejects.toThrow('sender not allowed');
    strict.close();
  });

  test('a content that is refused for good is a refusal', async () => {
    const strict = await speaking({ DATA: '554 looks like spam' });
    await expect(strict.send(mail)).resolves.toMatchObject({ kind: 'refused' });
    strict.close();
  });

  test('a server that never answers is given up in time', async () => {
    const mute = await speaking({ DATA: '' });
    await expect(mute.send(mail)).rejects.toThrow(/abort/i);
    mute.close();
  });
});
