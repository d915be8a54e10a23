import { markup, sectionsOf, type Markup, type Section } from '../../src/domain/notices/index.js';
import { closingSentence, standInSentences, type Letter } from './letter.js';

// Mail programs drop style sheets and flex boxes: tables, and styles on the elements themselves.
const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const INK = '#1d2733';
const QUIET = '#5d6b7a';
const LINE = '#e3e8ee';
const CALM = '#0b6e6e';
const ALARM = '#b3261e';

/** The letter as HTML for mail programs: no image, no script, nothing from elsewhere. */
export function htmlOf(letter: Letter): string {
  const { news } = letter;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light">
<title>${news.subject}</title>
</head>
<body style="margin:0;padding:0;background:#f3f5f8;${FONT};color:${INK}">
<div style="display:none;max-height:0;overflow:hidden">${news.opening[0]}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f3f5f8">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border:1px solid ${LINE};border-radius:8px">
<tr><td style="height:4px;background:${isAlarm(letter) ? ALARM : CALM};border-radius:8px 8px 0 0;font-size:0">&nbsp;</td></tr>
${standIn(letter)}
${head(letter)}
${sectionsOf(letter.briefing, letter.say).map(section)}
${button(letter)}
</table>
<p style="max-width:600px;margin:16px auto 0;font-size:12px;line-height:18px;color:${QUIET}">${closingSentence(letter)}</p>
</td></tr>
</table>
</body>
</html>
`.html;
}

const isAlarm = ({ briefing }: Letter): boolean => briefing.promises.some(({ verdict }) => verdict === 'breached');

const standIn = (letter: Letter): readonly Markup[] =>
  standInSentences(letter).map(
    (text) =>
      markup`<tr><td style="padding:12px 28px;background:#fdf3e1;font-size:14px;line-height:20px">${text}</td></tr>`,
  );

const head = ({ news, briefing }: Letter): Markup => markup`<tr><td style="padding:24px 28px 4px">
<p style="margin:0;font-size:13px;line-height:18px;color:${QUIET}">${news.headline}</p>
<h1 style="margin:4px 0 0;font-size:22px;line-height:28px;font-weight:600">${briefing.person}</h1>
<p style="margin:2px 0 0;font-size:15px;line-height:22px;color:${QUIET}">${briefing.company}${hotBadge(briefing.isHot)}</p>
${news.opening.map((text) => markup`<p style="margin:14px 0 0;font-size:15px;line-height:22px">${text}</p>\n`)}</td></tr>`;

const hotBadge = (isHot: boolean): Markup | null =>
  isHot
    ? markup` <span style="display:inline-block;margin-left:6px;padding:0 8px;border-radius:10px;background:#fbe4e2;color:${ALARM};font-size:12px;line-height:20px">high priority</span>`
    : null;

const section = ({ title, lines }: Section): Markup => markup`<tr><td style="padding:20px 28px 0">
<h2 style="margin:0 0 6px;padding:0 0 4px;border-bottom:1px solid ${LINE};font-size:13px;line-height:20px;font-weight:600;color:${QUIET}">${title}</h2>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="font-size:14px;line-height:20px">
${lines.map(row)}</table>
</td></tr>
`;

const row = ({ lead, text, isUrgent }: Section['lines'][number]): Markup =>
  lead === undefined
    ? markup`<tr><td colspan="2" style="padding:3px 0;vertical-align:top">&bull; ${text}</td></tr>\n`
    : markup`<tr><td width="46%" style="padding:3px 12px 3px 0;vertical-align:top;color:${isUrgent ? ALARM : QUIET}">${lead}</td><td style="padding:3px 0;vertical-align:top;word-break:break-word">${text}</td></tr>\n`;

const button = ({ link, linkExpiresAt, say }: Letter): Markup => markup`<tr><td style="padding:24px 28px 28px">
<a href="${link}" style="display:inline-block;padding:11px 22px;border-radius:6px;background:${CALM};color:#ffffff;font-size:15px;line-height:20px;text-decoration:none">Open this lead</a>
<p style="margin:10px 0 0;font-size:12px;line-height:18px;color:${QUIET}">The link shows this lead to everybody who has it, until ${say(linkExpiresAt)}.</p>
</td></tr>`;
