import { Connection } from '@temporalio/client';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { freshDatabase, startInbox, temporalAddress } from '../support/servers.js';

test('a fresh database is the caller’s own', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
  const client = new pg.Client({ connectionString: one.url });
  await client.connect();
  const { rows } = await client.query('SELECT current_database() AS name');
  await client.end();
  expect(new URL(one.url).pathname).toBe(`/${rows[0].name}`);
  expect(one.url).not.toBe(other.url);
  await Promise.all([one.drop(), other.drop()]);
});

test('Temporal answers and keeps closed workflows for seven days', async () => {
  const connection = await Connection.connect({ address: temporalAddress() });
  const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
  expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(7 * 24 * 60 * 60);
  await connection.close();
});

test('an inbox takes a mail and shows it with its headers', async () => {
  const inbox = await startInbox();
  const sender = createTransport(inbox.smtpUrl);
  await sender.sendMail({
    from: 'Handoff <handoff@example.com>',
    to: 'rep@example.com',
    subject: 'Grüße',
    text: 'plain',
    html: '<p>rich</p>',
    messageId: '<2@example.com>',
    references: '<1@example.com>',
    inReplyTo: '<1@example.com>',
  });
  expect(inbox.mails()).toMatchObject([
    {
      messageId: '<2@example.com>',
      from: 'Handoff <handoff@example.com>',
      to: ['rep@example.com'],
      subject: 'Grüße',
      text: expect.stringContaining('plain'),
      html: expect.stringContaining('<p>rich</p>'),
      headers: { references: '<1@example.com>', 'in-reply-to': '<1@example.com>' },
    },
  ]);
  sender.close();
  await inbox.stop();
});
