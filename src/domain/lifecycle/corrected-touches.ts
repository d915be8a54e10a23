import type { MovedTouch } from './commands.js';
import type { LeadEvent } from './events.js';

/** The story as it is by its end: touches at the instants that corrections have given them since. */
export function withCorrectedTouches(events: readonly LeadEvent[]): readonly LeadEvent[] {
  const moved = events.filter((event) => event.type === 'touch-corrected');
  return moved.reduce<readonly LeadEvent[]>(withMovedTouch, events);
}

/** The same with one touch at another instant. */
export const withMovedTouch = (events: readonly LeadEvent[], { touch, touchedAt }: MovedTouch): readonly LeadEvent[] =>
  events.map((event) => {
    if (event.type === 'touched' && event.seq === touch) return { ...event, touchedAt, occurredAt: touchedAt };
    return event.type === 'touch-corrected' && event.touch === touch ? { ...event, touchedAt } : event;
  });
