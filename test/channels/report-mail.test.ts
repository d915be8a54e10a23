// A mail with reports on its way: what was put in is what arrives, and the inbox shows it as a reader's program would.
import { reportPress } from '../../src/bin/report-press.js';
import { createSmtpMailer } from '../../src/channels/index.js';
import type { Chart } from '../../src/domain/reports/index.js';
import { aReport, aSection, DATA_HASH } from '../print/sample-report.js';
import { startInbox } from '../support/servers.js';

const chart: Chart = { shape: 'bars', kind: 'share', title: 'Kept', points: [{ label: 'touches', value: 0.5 }] };
const letter = { subject: 'Weekly review of inbound-saas, 2026-W48, is open', paragraphs: ['It looks at 2026-W48.'] };

test('it arrives whole: both forms, pictures with the HTML that shows them, and the PDF to keep', async () => {
  const inbox = await startInbox();
  const mailer = createSmtpMailer({ url: inbox.smtpUrl, from: 'Handoff <handoff@sales.example>' });
  const report = { document: aReport([aSection({ charts: [chart] })]), dataHash: DATA_HASH };
  const content = await reportPress.mail(letter, [report], 'Europe/Berlin');
  try {
    await mailer.send({
      ...content,
      to: 'cmo@sales.example',
      messageId: '<review.1@sales.example>',
      threadId: '<review@sales.example>',
    });
    const [mail] = inbox.mails();
    expect(mail).toMatchObject({ subject: letter.subject });
    expect(mail!.attachments.map(({ name, mediaType, contentId }) => [name, mediaType, contentId])).toEqual([
      ['chart-1.png', 'image/png', 'chart-1@handoff'],
      ['inbound-saas-2026-11.pdf', 'application/pdf', ''],
    ]);
    const pdf = content.attachments!.at(-1)!;
    expect(Buffer.compare(Buffer.from(mail!.attachments[1]!.base64, 'base64'), pdf.bytes)).toBe(0);
    const shown = await (await fetch(`${inbox.webUrl}/mails/1/html`)).text();
    expect(shown).toContain('<img src="data:image/png;base64,iVBOR');
    expect(shown).not.toContain('cid:');
    const file = await fetch(`${inbox.webUrl}/mails/1/files/2`);
    expect([file.status, file.headers.get('content-disposition')]).toEqual([
      200,
      "attachment; filename*=UTF-8''inbound-saas-2026-11.pdf",
    ]);
    expect(Buffer.compare(Buffer.from(await file.arrayBuffer()), pdf.bytes)).toBe(0);
  } finally {
    mailer.close();
    await inbox.stop();
  }
});
