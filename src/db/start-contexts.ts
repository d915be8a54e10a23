import { createHash } from 'node:crypto';
import type { LeadStart } from '../domain/ports.js';

type Context = LeadStart['context'];

/**
 * Names what a start's context holds: its parts bear the hashes of their contents already, so equal names mean equal
 * contexts, and leads of one day share one row.
 */
export function contextKeyOf({ agreements, windows }: Context): string {
  const terms = Object.values(agreements).map(({ key, name, version }) => JSON.stringify([key, name, version]));
  const spans = Object.values(windows).map(({ key, from, until }) => JSON.stringify([key, from, until]));
  return createHash('sha256')
    .update([...terms.toSorted(), '', ...spans.toSorted()].join('\n'))
    .digest('hex')
    .slice(0, 32);
}

export const contextText = (context: Context): string => JSON.stringify(context);

export const contextOf = (text: string): Context => JSON.parse(text) as Context;
