import type { EventOf, EventType, LeadEvent } from '../lifecycle/events.js';

/** Events that somebody hears of; a clock's start only if a signal caused it. */
export const noticeEventTypes = [
  'handed-off',
  'woken',
  'warning-fired',
  'touches-out-of-reach',
  'tier-fired',
  'owner-changed',
  'priority-raised',
  'dispute-resolved',
  'reopened',
  'clock-started',
] as const satisfies readonly EventType[];
export type NoticeEvent = EventOf<(typeof noticeEventTypes)[number]>;

/**
 * Those of the events that somebody hears of. The start of a clock is one if a signal caused it (spec C1,
 * `intent-raised`), unless the same signal raised the priority or woke the lead, which is told already.
 * @param events whole steps: all events of a command, or none
 */
export function eventsCausingNotices(events: readonly LeadEvent[]): readonly NoticeEvent[] {
  const signals = commandsWith(events, 'signalled');
  const told = new Set([...commandsWith(events, 'priority-raised'), ...commandsWith(events, 'woken')]);
  return events
    .filter(isNoticeEvent)
    .filter((event) => event.type !== 'clock-started' || (isOneOf(signals, event) && !isOneOf(told, event)));
}

const isNoticeEvent = (event: LeadEvent): event is NoticeEvent =>
  (noticeEventTypes as readonly EventType[]).includes(event.type);

const commandsWith = (events: readonly LeadEvent[], type: EventType): ReadonlySet<string | undefined> =>
  new Set(events.filter((event) => event.type === type).map((event) => event.commandId));

const isOneOf = (commands: ReadonlySet<string | undefined>, { commandId }: LeadEvent): boolean =>
  commandId !== undefined && commands.has(commandId);
