import type { Fields } from '../domain/agreement/index.js';

/** The address by which duplicates are found: trimmed and in lower case; null without one. */
export function normalisedEmailOf({ email }: Fields): string | null {
  const text = typeof email === 'string' ? email.trim().toLowerCase() : '';
  return text === '' ? null : text;
}
