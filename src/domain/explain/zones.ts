import type { Instant } from '../business-time/index.js';
import type { LeadEvent } from '../lifecycle/events.js';
import type { ClockExplanation, Holding, LeadExplanation } from './explanation.js';

/** The zone in which a clock's instants are told: that of the calendar it is due by, else of whoever held it last. */
export const zoneOfClock = ({ due, owners }: Pick<ClockExplanation, 'due' | 'owners'>): string =>
  due?.timeZone ?? owners.at(-1)!.timeZone;

/** The zone of whoever held the lead at an instant; UTC where no clock has ever started. */
export function zoneOfHolder({ clocks }: LeadExplanation, at: Instant): string {
  const holdings: readonly Holding[] = clocks
    .filter(({ promise, party }) => promise.calendar === null || party === 'sales')
    .flatMap(({ owners }) => owners)
    .toSorted((a, b) => a.from - b.from);
  return (holdings.findLast(({ from }) => from <= at) ?? holdings[0])?.timeZone ?? 'UTC';
}

/** What an event says of a clock is told in that clock's zone, everything else in that of whoever held the lead then. */
export function zoneOfEvent(explanation: LeadExplanation, event: LeadEvent): string {
  const clock = explanation.clocks.find((one) => isOf(event, one));
  return clock === undefined ? zoneOfHolder(explanation, event.at) : zoneOfClock(clock);
}

const isOf = (event: LeadEvent, { clock, n, cycle }: ClockExplanation): boolean =>
  'clock' in event && 'n' in event && 'clockCycle' in event
    ? event.clock === clock && event.n === n && event.clockCycle === cycle
    : false;
