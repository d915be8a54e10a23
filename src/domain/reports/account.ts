import type { FieldValue, Fields } from '../agreement/index.js';
import { accountNamed } from '../attribution/index.js';
import { emailDomainOf, fieldOf } from '../qualification/condition.js';
import { placeholders } from './lead-facts.js';

/** Mail providers whose domain says nothing of where somebody works. */
const publicMailDomains: ReadonlySet<string> = new Set([
  'aol.com',
  'gmail.com',
  'gmx.com',
  'gmx.de',
  'gmx.net',
  'googlemail.com',
  'hotmail.com',
  'icloud.com',
  'live.com',
  'mail.com',
  'me.com',
  'msn.com',
  'outlook.com',
  'proton.me',
  'protonmail.com',
  'qq.com',
  'web.de',
  'yahoo.com',
]);

/**
 * The account that a lead belongs to: the one its field `account` names, else its e-mail domain, unless that is a public
 * provider's, else its company. Null: it belongs to none that others could belong to, too.
 */
export function accountOf(fields: Fields): string | null {
  const domain = emailDomainOf(fields);
  const ofMail = domain === null || publicMailDomains.has(domain.trim()) ? null : accountNamed(domain);
  return namedBy(fieldOf(fields, 'account')) ?? ofMail ?? namedBy(fieldOf(fields, 'company'));
}

function namedBy(value: FieldValue): string | null {
  if (typeof value !== 'string' || placeholders.includes(value.trim().toLowerCase())) return null;
  return accountNamed(value);
}
