/**
 * Here live the rests of a closed lead: how long nurture and recycling last, and how the next cycle begins.
 * Which signal is news is judged in `qualification`; that a lead closes at all is decided in `lifecycle`.
 */
import type { Reason } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { Draft } from '../lifecycle/draft.js';
import type { Rest } from '../lifecycle/events.js';
import { reach, subjectOf } from '../lifecycle/milestones.js';
import { holderOf } from '../lifecycle/state.js';
import { anyHolds, emailDomainOf } from '../qualification/index.js';
import { holderCalendar, openingOn } from '../sla/clock-time.js';

/** How long a nurtured lead may rest (spec §5). */
export const nurtured = (draft: Draft, closedAt: Instant): Rest => ({
  kind: 'nurture',
  agesOutAt: closedAt + draft.terms.nurture.limitMs,
});

/** When a recycled lead wakes: on its date, not before the cool-off, in an open hour of its owner (spec §5). */
export function recycled(draft: Draft, reason: Reason, wakeOn: string | undefined, closedAt: Instant): Rest {
  const { terms } = draft;
  const coolOffUntil = closedAt + terms.recycle.coolOffMs;
  const calendar = holderCalendar(terms, holderOf(draft.state).calendar);
  const wantedAt = wakeOn === undefined ? closedAt + (reason.wakeAfterMs ?? 0) : dateStart(draft, calendar, wakeOn);
  const wakeAt = openingOn(draft, terms, calendar, Math.max(wantedAt, coolOffUntil));
  return { kind: 'recycled', wakeAt, coolOffUntil };
}

function dateStart(draft: Draft, calendar: string, date: string): Instant {
  const { timeZone } = draft.terms.calendars[calendar]!;
  return draft.ask({ kind: 'date-start', key: `date-start:${timeZone}:${date}`, asOf: draft.at, timeZone, date });
}

/** The lead starts its next cycle: priority may rise, the same owner if available, else routing, clocks (spec §5). */
export function wake(draft: Draft): void {
  const { state, terms, at } = draft;
  const isUrgent = state.priority === 'high' || anyHolds(terms.qualification.highPriority, subjectOf(state, at));
  const priority = isUrgent ? 'high' : 'normal';
  const { holder, routedBy } = draft.ask({
    kind: 'route',
    key: `${state.leadId}/${state.cycle + 1}/woken/route`,
    asOf: at,
    rules: terms.routing,
    fields: state.fields,
    signals: state.signals,
    emailDomain: emailDomainOf(state.fields),
    segment: state.segment,
    priority,
    lastOwner: holderOf(state).owner,
  });
  draft.emit({ type: 'woken', holder, routedBy, priority });
  reach(draft, 'woken', at);
}
