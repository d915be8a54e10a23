import type { Mail } from '../../src/domain/notices/index.js';
import { nameOf, type Letter } from './letter.js';
import { htmlOf } from './mail-html.js';
import { textOf } from './mail-text.js';

/** The mail's subject and its two forms, which say the same. */
export function composeMail(letter: Letter): Pick<Mail, 'subject' | 'html' | 'text'> {
  const [first] = letter.unreached;
  const { subject } = letter.news;
  return {
    subject: first ? `Not delivered to ${nameOf(first.reader)}: ${subject}` : subject,
    html: htmlOf(letter),
    text: textOf(letter),
  };
}
