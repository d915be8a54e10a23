import { conversationOf, type Mail } from './inbox-mails.js';
import { inboxStyle } from './inbox-style.js';

export const mailViews = ['html', 'text', 'headers'] as const;
export type MailView = (typeof mailViews)[number];

export interface InboxPage {
  /** In the order of their arrival. */
  readonly mails: readonly Mail[];
  /** Shows only the mails for this address. */
  readonly recipient: string | undefined;
  readonly open: Mail | undefined;
  readonly view: MailView;
  /** Allows the page's own script and no other. */
  readonly nonce: string;
}

const viewNames = { html: 'HTML', text: 'Text', headers: 'Headers' } as const satisfies Record<MailView, string>;

/** The whole page: people, mails and the open mail. */
export function renderInbox(page: InboxPage): string {
  const shown = page.mails.filter((mail) => isFor(mail, page.recipient));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(page.open?.subject ?? 'Inbox')} · Handoff</title><style>${inboxStyle}</style></head>
<body><header><h1>Development inbox</h1><p>${shown.length === 1 ? '1 mail' : `${shown.length} mails`}<span id="news"></span></p>
<a href="/mails.json">as JSON</a></header>
<nav aria-label="Mails">${renderPeople(page)}<ol>${shown
    .toReversed()
    .map((mail) => renderEntry(mail, page))
    .join('')}</ol></nav>
<main>${page.open ? renderMail(page.open, page) : renderNothingOpen(page.mails.length)}</main>
<script nonce="${page.nonce}">${script(page)}</script></body></html>`;
}

const isFor = (mail: Mail, recipient: string | undefined): boolean =>
  recipient === undefined || mail.envelope.to.includes(recipient);

function renderPeople({ mails, recipient }: InboxPage): string {
  const counts = new Map<string, number>();
  for (const address of mails.flatMap((mail) => mail.envelope.to)) counts.set(address, (counts.get(address) ?? 0) + 1);
  const all = `<a href="/"${current(recipient === undefined)}>everyone</a>`;
  const people = [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([address, count]) => {
      const isChosen = address === recipient;
      return `<a href="/?to=${encodeURIComponent(address)}"${current(isChosen)} title="${escape(address)}">${escape(nameOf(address))} ${count}</a>`;
    });
  return `<div class="people">${all}${people.join('')}</div>`;
}

const nameOf = (address: string): string => address.split('@')[0] ?? address;
const current = (isCurrent: boolean): string => (isCurrent ? ' aria-current="true"' : '');

function renderEntry(mail: Mail, { open, recipient }: InboxPage): string {
  return `<li><a href="${linkTo(mail, recipient)}"${current(mail.id === open?.id)}>
<strong>${escape(mail.subject || '(no subject)')}</strong>${renderTime(mail.receivedAt)}
<span>to ${escape(mail.envelope.to.join(', '))}</span></a></li>`;
}

function linkTo(mail: Mail, recipient: string | undefined, view?: MailView): string {
  const query = new URLSearchParams({ ...(recipient && { to: recipient }), ...(view && { view }) }).toString();
  return `/mails/${mail.id}${query && `?${escape(query)}`}`;
}

const renderTime = (instant: string): string =>
  `<time datetime="${escape(instant)}">${escape(instant.slice(0, 19).replace('T', ' '))} UTC</time>`;

/** What came along for the reader to keep; pictures of the mail are in it. */
function renderFiles({ id, attachments }: Mail): string {
  const files = attachments.flatMap(({ name, contentId }, index) =>
    contentId === '' ? [`<a href="/mails/${id}/files/${index + 1}">${escape(name)}</a>`] : [],
  );
  return files.length === 0 ? '' : `<dt>Files</dt><dd>${files.join('<br>')}</dd>`;
}

function renderMail(mail: Mail, page: InboxPage): string {
  const tabs = mailViews.map(
    (view) => `<a href="${linkTo(mail, page.recipient, view)}"${current(view === page.view)}>${viewNames[view]}</a>`,
  );
  return `<h2>${escape(mail.subject || '(no subject)')}</h2>
<dl><dt>From</dt><dd>${escape(mail.from)}</dd><dt>To</dt><dd>${escape(mail.to.join(', '))}</dd>
<dt>Received</dt><dd>${renderTime(mail.receivedAt)}</dd>${renderConversation(mail, page)}${renderFiles(mail)}</dl>
<div class="views">${tabs.join('')}</div>${renderBody(mail, page.view)}`;
}

function renderConversation(mail: Mail, { mails, recipient }: InboxPage): string {
  const others = conversationOf(mail, mails).filter((other) => other.id !== mail.id);
  if (others.length === 0) return '';
  const links = others.map((other) => `<a href="${linkTo(other, recipient)}">${escape(other.subject)}</a>`);
  return `<dt>Same thread</dt><dd>${links.join('<br>')}</dd>`;
}

function renderBody(mail: Mail, view: MailView): string {
  if (view === 'html' && mail.html !== '')
    return `<iframe title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mails/${mail.id}/html"></iframe>`;
  if (view === 'headers') return `<pre>${escape(headerLines(mail))}</pre>`;
  return `<pre>${linkified(mail.text)}</pre>`;
}

const headerLines = ({ headers }: Mail): string =>
  Object.entries(headers)
    .flatMap(([name, values]) => values.split('\n').map((value) => `${name}: ${value}`))
    .join('\n');

/** Text with its addresses of pages made into links. */
function linkified(text: string): string {
  const parts = text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/);
  return parts.map((part, i) => (i % 2 === 1 ? link(part) : escape(part))).join('');
}

const link = (url: string): string => `<a href="${escape(url)}" target="_blank" rel="noopener">${escape(url)}</a>`;

function renderNothingOpen(mailCount: number): string {
  return mailCount === 0
    ? '<p class="empty">No mail yet. Hand a lead over, and its notice to the owner appears here by itself.</p>'
    : '<p class="empty">Choose a mail to read it.</p>';
}

/** Shows times in the reader's own zone, and new mails as they come. */
function script({ mails, open }: InboxPage): string {
  return `
for (const time of document.querySelectorAll('time')) {
  const at = new Date(time.dateTime), isToday = at.toDateString() === new Date().toDateString();
  time.textContent = isToday ? at.toLocaleTimeString() : at.toLocaleString();
}
setInterval(async () => {
  const mails = await fetch('/mails.json?after=${mails.at(-1)?.id ?? 0}').then((r) => r.json()).catch(() => []);
  if (mails.length === 0) return;
  if (${open === undefined}) location.reload();
  document.getElementById('news').textContent = ', ' + mails.length + ' new';
}, 2000);`;
}

/** The mail's own HTML with the pictures it brought, its links opening outside the frame. */
export const renderMailHtml = ({ html, attachments }: Mail): string =>
  `<base target="_blank">${html.replaceAll(/(["'])cid:([^"']+)\1/g, (whole, quote: string, id: string) => {
    const picture = attachments.find(({ contentId }) => contentId === id);
    return picture === undefined ? whole : `${quote}data:${picture.mediaType};base64,${picture.base64}${quote}`;
  })}`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
