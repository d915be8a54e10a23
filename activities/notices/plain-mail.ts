import { markup, type Mail, type Markup } from '../../src/domain/notices/index.js';

export type MailContent = Pick<Mail, 'subject' | 'html' | 'text'>;

/** A mail of a few paragraphs, and perhaps one thing to do. */
export interface PlainLetter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly link?: { readonly href: string; readonly words: string };
}

/** The letter as HTML and as text. */
export const contentOf = (letter: PlainLetter): MailContent => ({
  subject: letter.subject,
  html: htmlOf(letter),
  text: textOf(letter),
});

const textOf = ({ paragraphs, link }: PlainLetter): string =>
  `${[...paragraphs, ...(link === undefined ? [] : [`${link.words}: ${link.href}`])].join('\n\n')}\n`;

const STYLE = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:22px";

const htmlOf = ({ subject, paragraphs, link }: PlainLetter): string =>
  markup`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${subject}</title></head>
<body style="margin:0;padding:24px;${STYLE};color:#1d2733">
<div style="max-width:600px;margin:0 auto">
<h1 style="font-size:20px;line-height:26px">${subject}</h1>
${paragraphs.map(paragraph)}${link === undefined ? null : button(link)}</div>
</body>
</html>
`.html;

const paragraph = (text: string): Markup =>
  markup`<p style="margin:0 0 14px;white-space:pre-line;overflow-wrap:anywhere">${text}</p>\n`;

const button = ({ href, words }: NonNullable<PlainLetter['link']>): Markup =>
  markup`<p style="margin:20px 0"><a href="${href}" style="display:inline-block;padding:11px 22px;border-radius:6px;background:#0b6e6e;color:#ffffff;text-decoration:none">${words}</a></p>\n`;
