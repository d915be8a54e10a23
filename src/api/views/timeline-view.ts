/**
 * The story of a lead: each event in a plain sentence and as data, oldest first.
 */
import type { LeadEvent } from '../../domain/lifecycle/events.js';
import { iso } from './iso.js';
import { sentenceOf } from './sentence.js';

export const timelineView = (leadId: string, events: readonly LeadEvent[]) => ({
  leadId,
  events: events.map(eventView),
});

function eventView(event: LeadEvent) {
  const { seq, at, cycle, type, by, commandId, ...data } = event;
  return {
    seq,
    at: iso(at),
    cycle,
    type,
    text: sentenceOf(event),
    by: by ?? null,
    ...(commandId === undefined ? {} : { commandId }),
    data: readable(data),
  };
}

/** Instants as people and machines read them elsewhere in the API: by the names that all of them have. */
function readable(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((element) => readable(element, name));
  if (typeof value === 'number') return isInstantName(name) ? iso(value) : value;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, element]) => [key, keptAsSaid.has(key) ? element : readable(element, key)]),
  );
}

/** What people and systems sent, whose names are theirs. */
const keptAsSaid: ReadonlySet<string> = new Set(['fields']);

const isInstantName = (name: string): boolean =>
  /[a-z]At$/.test(name) || name === 'at' || name === 'from' || name.endsWith('Until');
