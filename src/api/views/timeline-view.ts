/**
 * The story of a lead: each event in a plain sentence and as data, oldest first.
 */
import type { LeadEvent } from '../../domain/lifecycle/events.js';
import { iso } from './iso.js';
import { readable } from './readable.js';
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
