/**
 * Identities that intake gives: of leads, of addresses, of bodies.
 */
import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from '../../documents/index.js';
import type { Fields } from '../../domain/agreement/index.js';
import type { Instant } from '../../domain/business-time/index.js';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_DIGITS = 9;
const CHANCE_BYTES = 12;

/**
 * A new lead's id: `ld_`, 9 digits of base 32 for the millisecond, 12 of chance. Safe in paths, workflow ids and file
 * names, sorts by time, and holds no colon, so that it is never taken for `source:externalId`.
 */
export const newLeadId = (at: Instant): string => `ld_${timeDigits(at)}${chanceDigits()}`;

const timeDigits = (at: Instant): string =>
  Array.from({ length: TIME_DIGITS }, (_, place) => digitAt(Math.floor(at / 32 ** (TIME_DIGITS - 1 - place)))).join('');

const chanceDigits = (): string => Array.from(randomBytes(CHANCE_BYTES), digitAt).join('');

const digitAt = (value: number): string => alphabet.charAt(value % 32);

/**
 * The address by which leads are the same person: trimmed, in lower case. Dots, plus parts and other spellings stay,
 * because whether they mean the same mailbox is the provider's business. Null without an address.
 */
export function normalisedEmail(fields: Fields): string | null {
  const email = fields['email'];
  const normalised = typeof email === 'string' ? email.trim().toLowerCase() : '';
  return normalised === '' ? null : normalised;
}

/** SHA-256 of a value's canonical JSON: the same for bodies that differ only in white space or order of keys. */
export const hashOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');
