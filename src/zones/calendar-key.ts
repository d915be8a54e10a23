import { createHash } from 'node:crypto';
import type { CalendarDefinition, CalendarKey } from '../domain/business-time/index.js';
import { zoneTable } from './zone-data.js';

const knownKeys = new WeakMap<CalendarDefinition, CalendarKey>();

/**
 * The name of what a calendar means: the same for equal definitions, whatever the order of their keys, and another
 * under another release of the zone data. Computed once for each object: definitions never change.
 */
export function calendarKey(definition: CalendarDefinition): CalendarKey {
  const known = knownKeys.get(definition);
  if (known !== undefined) return known;
  const key = createHash('sha256')
    .update(`${zoneTable.release}\n${canonicalText(definition)}`)
    .digest('hex')
    .slice(0, 16);
  knownKeys.set(definition, key);
  return key;
}

function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (isRecord(part) ? withSortedKeys(part) : part));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withSortedKeys(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
