import type { ClockId } from '../lifecycle/events.js';
import { holderOf, type LeadState } from '../lifecycle/state.js';
import type { Directory } from '../routing/directory.js';
import type { NoticeEvent } from './causes.js';
import type { NoticeChannel } from './ports.js';
import { readerFor, type Reader } from './reader.js';

export const noticeKinds = [
  'hand-off',
  'woken',
  'warning',
  'out-of-reach',
  'escalation',
  'reassignment',
  'priority-raised',
  'intent',
  'dispute-resolved',
  'reopened',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** That one reader is to hear of one event. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly leadId: string;
  /** The cycle of the clock it speaks of, else the lead's. */
  readonly cycle: number;
  readonly clock?: string;
  /** The clock's number; for what has none, the event's sequence. */
  readonly n?: number;
  /** The warning point or the tier. */
  readonly point?: string | number;
  readonly reader: Reader;
  readonly event: NoticeEvent;
  /** Key of the agreement on whose behalf it is told: that of the clock it speaks of, else the lead's. */
  readonly agreementKey: string;
}

/** Lead, cycle, kind, clock, number, point or tier, recipient, channel: sent once, ever. */
export const noticeKey = (notice: Notice, channel: NoticeChannel): string =>
  JSON.stringify([
    notice.leadId,
    notice.cycle,
    notice.kind,
    notice.clock ?? null,
    notice.n ?? null,
    notice.point ?? null,
    notice.reader,
    channel,
  ]);

/**
 * Who is to hear of an event, in order.
 * @param state the lead just after the event
 */
export function noticesOf(event: NoticeEvent, state: LeadState, directory: Directory): readonly Notice[] {
  const holder = readerFor(holderOf(state), directory);
  switch (event.type) {
    case 'handed-off':
      return [ofLead('hand-off', event, readerFor(event.holder, directory), state)];
    case 'woken':
      return [ofLead('woken', event, readerFor(event.holder, directory), state)];
    case 'owner-changed':
      return [{ ...ofLead('reassignment', event, readerFor(event.holder, directory), state), n: event.seq }];
    case 'priority-raised':
      return [ofLead('priority-raised', event, holder, state)];
    case 'dispute-resolved':
      return event.decision === 'lead-closed'
        ? []
        : [{ ...ofLead('dispute-resolved', event, holder, state), n: event.seq }];
    case 'reopened':
      return [{ ...ofLead('reopened', event, holder, state), n: event.seq }];
    case 'clock-started':
      return [ofClock('intent', event, holder, state)];
    case 'warning-fired':
      return [{ ...ofClock('warning', event, holder, state), point: event.point }];
    case 'touches-out-of-reach':
      return [ofClock('out-of-reach', event, holder, state)];
    case 'tier-fired':
      return event.to.map((reader) => ({ ...ofClock('escalation', event, reader, state), point: event.tier }));
  }
}

const ofLead = (kind: NoticeKind, event: NoticeEvent, reader: Reader, { leadId, agreement }: LeadState): Notice => ({
  kind,
  leadId,
  cycle: event.cycle,
  reader,
  event,
  agreementKey: agreement.key,
});

const ofClock = (kind: NoticeKind, event: NoticeEvent & ClockId, reader: Reader, state: LeadState): Notice => ({
  ...ofLead(kind, event, reader, state),
  cycle: event.clockCycle,
  clock: event.clock,
  n: event.n,
  agreementKey: termsKeyOf(event, state) ?? state.agreement.key,
});

const termsKeyOf = ({ clock, n, clockCycle }: ClockId, { clocks }: LeadState): string | undefined =>
  clocks.find((known) => known.name === clock && known.n === n && known.cycle === clockCycle)?.terms.at(-1)?.agreement;
