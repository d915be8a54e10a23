import type { EventType, LeadEvent } from '../lifecycle/events.js';
import type { Fact } from './explanation.js';

/** What the core concludes; everything else was said by somebody, or moved the lead. */
const isConclusion = ({ type }: LeadEvent): boolean =>
  type.startsWith('clock-') || type.startsWith('number-') || conclusions.has(type);

const conclusions: ReadonlySet<EventType> = new Set<EventType>(['warning-fired']);

/**
 * What brought an event about: of a command its own fact, else the nearest before it of that instant (a hand-off, a
 * waking, a tier). Undefined where time alone did.
 */
export function factBehind(events: readonly LeadEvent[], index: number): LeadEvent | undefined {
  const { commandId, at } = events[index]!;
  if (commandId === undefined) return nearestBefore(events, index, at);
  const first = events.slice(0, index).findLastIndex((event) => event.commandId !== commandId) + 1;
  const step = events.slice(first).filter((event) => event.commandId === commandId);
  return step.find((event) => !isConclusion(event));
}

function nearestBefore(events: readonly LeadEvent[], index: number, at: number): LeadEvent | undefined {
  for (let before = index - 1; before >= 0; before -= 1) {
    const event = events[before]!;
    if (event.at !== at || event.commandId !== undefined) return undefined;
    if (!isConclusion(event)) return event;
  }
  return undefined;
}

export const factOf = (event: LeadEvent | undefined): Fact | null =>
  event === undefined
    ? null
    : {
        seq: event.seq,
        what: event.type,
        by: event.by ?? null,
        happenedAt: happenedAt(event),
        loggedAt: event.at,
        ...(event.type === 'touched' && { channel: event.channel, outcome: event.outcome }),
        ...(event.type === 'notified' && event.shadow && { shadow: event.shadow }),
      };

function happenedAt(event: LeadEvent): number {
  if (event.type === 'touched') return event.touchedAt;
  return event.type === 'accepted' ? event.acceptedAt : event.at;
}
