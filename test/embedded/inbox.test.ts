import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { startInbox, type Inbox, type InboxOptions } from '../../src/embedded/inbox.js';

let inbox: Inbox;
const opened: Inbox[] = [];

async function open(options: Partial<InboxOptions> = {}): Promise<Inbox> {
  const started = await startInbox({ smtpPort: 0, webPort: 0, ...options });
  opened.push(started);
  return started;
}

beforeEach(async () => {
  inbox = await open();
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((started) => started.stop()));
});

async function send(mail: SendMailOptions, to: Inbox = inbox): Promise<void> {
  const sender = createTransport(to.smtpUrl);
  try {
    await sender.sendMail({ from: 'handoff@example.com', to: 'rep@example.com', text: 'text', ...mail });
  } finally {
    sender.close();
  }
}

const get = async (path: string) => {
  const response = await fetch(`${inbox.webUrl}${path}`);
  return { status: response.status, headers: response.headers, body: await response.text() };
};

describe('the inbox', () => {
  test('lists mails as JSON in the order of their arrival, also only the newer ones or those for one person', async () => {
    await send({ subject: 'one' });
    await send({ subject: 'two', to: 'manager@example.com' });
    const subjects = async (path: string) =>
      (JSON.parse((await get(path)).body) as { subject: string }[]).map(({ subject }) => subject);
    expect(await subjects('/mails.json')).toEqual(['one', 'two']);
    expect(await subjects('/mails.json?after=1')).toEqual(['two']);
    expect(await subjects('/mails.json?to=rep@example.com')).toEqual(['one']);
  });

  test('shows the list, a mail, its text and its headers, newest first', async () => {
    await send({ subject: 'older' });
    await send({ subject: 'newer', text: 'see https://example.com/lead/1.', headers: { 'X-Lead': 'l1' } });
    const list = (await get('/')).body;
    expect(list.indexOf('newer')).toBeLessThan(list.indexOf('older'));
    expect((await get('/mails/2?view=text')).body).toContain('<a href="https://example.com/lead/1"');
    expect((await get('/mails/2?view=headers')).body).toContain('x-lead: l1');
  });

  test('shows the HTML of a mail in a frame without scripts, with links that open outside it', async () => {
    await send({ subject: 'rich', html: '<a href="https://example.com/lead/1">the lead</a><script>alert(1)</script>' });
    expect((await get('/mails/1')).body).toMatch(/<iframe [^>]*sandbox="allow-popups [^"]*" src="\/mails\/1\/html">/);
    const { headers, body } = await get('/mails/1/html');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(body).toContain('<base target="_blank">');
    expect(body).toContain('href="https://example.com/lead/1"');
  });

  test('asks nobody else for anything, and takes no markup from a subject', async () => {
    await send({ subject: '<img src=https://example.com/x>' });
    const { headers, body } = await get('/mails/1');
    expect(body).toContain('&lt;img src=');
    expect(body).not.toMatch(/(src|href)="https?:/);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  });

  test('links the mails of one conversation', async () => {
    await send({ subject: 'the hand-off', messageId: '<1@example.com>' });
    await send({ subject: 'the warning', references: '<1@example.com>', inReplyTo: '<1@example.com>' });
    await send({ subject: 'another lead' });
    const { body } = await get('/mails/2');
    const [, conversation = ''] = /Same thread<\/dt><dd>(.*?)<\/dd>/s.exec(body) ?? [];
    expect(conversation).toContain('the hand-off');
    expect(conversation).not.toContain('another lead');
  });

  test('answers 404 for a mail that there is not, and 405 to a change', async () => {
    expect((await get('/mails/7')).status).toBe(404);
    expect((await fetch(inbox.webUrl, { method: 'POST' })).status).toBe(405);
  });

  test('refuses a recipient for good or for now, as told', async () => {
    const refusing = await open({
      refuseRecipient: (address) => (address.startsWith('gone') ? { code: 550, message: 'no such person' } : undefined),
    });
    await expect(send({ to: 'gone@example.com' }, refusing)).rejects.toMatchObject({ responseCode: 550 });
    await send({ to: 'rep@example.com' }, refusing);
    expect(refusing.mails()).toHaveLength(1);
  });

  test('shows the mails of earlier starts, and numbers on from there', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'handoff-inbox-'));
    const first = await open({ dataDir });
    await send({ subject: 'kept' }, first);
    await first.stop();
    const second = await open({ dataDir });
    await send({ subject: 'added' }, second);
    expect(second.mails().map(({ id, subject }) => [id, subject])).toEqual([
      [1, 'kept'],
      [2, 'added'],
    ]);
    rmSync(dataDir, { recursive: true });
  });
});
