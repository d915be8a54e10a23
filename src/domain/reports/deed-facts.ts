import type { TouchChannel } from '../agreement/index.js';
import type { DurationMs, Instant } from '../business-time/index.js';
import type { ExplainPorts } from '../explain/explanation.js';
import { openPieces } from '../explain/open-pieces.js';
import type { Trace } from '../explain/traces.js';
import type { EventOf, LeadEvent } from '../lifecycle/events.js';
import { isOpenClock } from '../sla/clock.js';
import { isHumanTouch } from '../sla/touches.js';
import { heldBefore, type HeldBy, type HoldingFacts } from './holding-facts.js';

/** What people say and do about a lead, as far as it can flatter a figure (spec/reports.md, fair play). */
export const deedKinds = [
  'touched',
  'status',
  'accepted',
  'rejected',
  'disposed',
  'feedback',
  'acknowledged',
  'moved',
] as const;
export type DeedKind = (typeof deedKinds)[number];

/** What fair play asks about a deed: at most one answer for each kind. */
export const deedFlaws = [
  /** Accepted by the first touch, not by saying so. */
  'by-implication',
  /** Rejected without a touch by a person; the second one in the last tenth of `first-response`. */
  'untouched',
  'untouched-at-the-last',
  /** A status without a touch since the status before it, or since the cycle began. */
  'without-touch',
  /** Acknowledged, and what was promised has still not come. */
  'unanswered',
  /** Moved to another owner when more than three quarters of a clock's time were used. */
  'in-last-quarter',
] as const;
export type DeedFlaw = (typeof deedFlaws)[number];

export interface DeedFacts {
  readonly seq: number;
  readonly cycle: number;
  readonly kind: DeedKind;
  /** When it was said. */
  readonly at: Instant;
  /** Who said it. */
  readonly actor: string | null;
  /** Whoever held the lead just before: the deed counts for them. */
  readonly heldBy: HeldBy;
  readonly isByOther: boolean;
  /** Of a touch: on what channel, and how long after it happened it was logged. */
  readonly channel: TouchChannel | null;
  readonly lateMs: DurationMs | null;
  /** What was written, for finding it again: spaces and capitals do not matter. */
  readonly note: string | null;
  /** What it is about: the clock that was acknowledged, or whose time was nearly used up. */
  readonly clock: string | null;
  readonly flaw: DeedFlaw | null;
}

type Deed = EventOf<
  | 'touched'
  | 'status-updated'
  | 'accepted'
  | 'rejected'
  | 'disposed'
  | 'feedback-given'
  | 'tier-acknowledged'
  | 'owner-changed'
>;

const kindOf = {
  touched: 'touched',
  'status-updated': 'status',
  accepted: 'accepted',
  rejected: 'rejected',
  disposed: 'disposed',
  'feedback-given': 'feedback',
  'tier-acknowledged': 'acknowledged',
  'owner-changed': 'moved',
} as const satisfies Record<Deed['type'], DeedKind>;

/** What a story knows beside the deed itself. */
interface Context {
  readonly events: readonly LeadEvent[];
  readonly traces: readonly Trace[];
  readonly holdings: readonly HoldingFacts[];
  readonly ports: ExplainPorts;
}

/** Every deed of people in a lead's story; touches that were taken back, or came back, are none. */
export function deedFacts(
  events: readonly LeadEvent[],
  traces: readonly Trace[],
  holdings: readonly HoldingFacts[],
  ports: ExplainPorts,
): readonly DeedFacts[] {
  const gone = new Set(events.flatMap((event) => ('touch' in event ? [event.touch] : [])));
  const left = events.filter(({ seq }) => !gone.has(seq));
  return left.filter(isDeed).map((event) => factsOf(event, { events: left, traces, holdings, ports }));
}

function isDeed(event: LeadEvent): event is Deed {
  if (event.type === 'touched') return isHumanTouch(event);
  if (event.type === 'owner-changed') return event.cause === 'command';
  return event.type in kindOf;
}

function factsOf(event: Deed, context: Context): DeedFacts {
  const heldBy = heldBefore(context.holdings, event);
  const actor = event.by ?? null;
  return {
    seq: event.seq,
    cycle: event.cycle,
    kind: kindOf[event.type],
    at: event.at,
    actor,
    heldBy,
    isByOther: actor !== null && heldBy.owner !== null && actor !== heldBy.owner,
    channel: event.type === 'touched' ? event.channel : null,
    lateMs: event.type === 'touched' ? Math.max(0, event.at - event.occurredAt) : null,
    note: noteOf(event),
    ...questionable(event, context),
  };
}

function noteOf(event: Deed): string | null {
  const text = event.type === 'status-updated' ? event.text : 'notes' in event ? event.notes : undefined;
  const note = (text ?? '').trim().toLowerCase().replaceAll(/\s+/g, ' ');
  return note === '' ? null : note;
}

const SOUND = { clock: null, flaw: null };

function questionable(event: Deed, context: Context): Pick<DeedFacts, 'clock' | 'flaw'> {
  switch (event.type) {
    case 'accepted':
      return event.byImplication ? { clock: null, flaw: 'by-implication' } : SOUND;
    case 'rejected':
      return { clock: null, flaw: rejectionFlaw(event, context) };
    case 'status-updated':
      return isTouchedSince(event, lastStatusSeq(event, context), context)
        ? SOUND
        : { clock: null, flaw: 'without-touch' };
    case 'tier-acknowledged':
      return { clock: event.clock, flaw: isUnanswered(event, context) ? 'unanswered' : null };
    case 'owner-changed':
      return movedLate(event, context);
    case 'touched':
    case 'disposed':
    case 'feedback-given':
      return SOUND;
  }
}

function rejectionFlaw(event: Deed, context: Context): DeedFlaw | null {
  if (isTouchedSince(event, 0, context)) return null;
  const isLast = context.traces.some(
    (trace) =>
      trace.clock.name === 'first-response' && runsAt(trace, event) && isUsed(trace, event.at, 0.9, context.ports),
  );
  return isLast ? 'untouched-at-the-last' : 'untouched';
}

/** Whether a person touched the lead in this cycle, after one event and before the other. */
const isTouchedSince = ({ seq, cycle }: Deed, sinceSeq: number, { events }: Context): boolean =>
  events.some(
    (one) => one.type === 'touched' && isHumanTouch(one) && one.cycle === cycle && one.seq > sinceSeq && one.seq < seq,
  );

const lastStatusSeq = ({ seq, cycle }: Deed, { events }: Context): number =>
  events.findLast((one) => one.type === 'status-updated' && one.cycle === cycle && one.seq < seq)?.seq ?? 0;

const isUnanswered = ({ clock, n, clockCycle }: EventOf<'tier-acknowledged'>, { traces }: Context): boolean =>
  traces.some(
    (trace) =>
      trace.clock.name === clock &&
      trace.clock.n === n &&
      trace.clock.cycle === clockCycle &&
      trace.clock.verdict === 'breached' &&
      isOpenClock(trace.clock),
  );

function movedLate(event: Deed, { traces, ports }: Context): Pick<DeedFacts, 'clock' | 'flaw'> {
  const late = traces.find(
    (trace) => trace.clock.party === 'sales' && runsAt(trace, event) && isUsed(trace, event.at, 0.75, ports),
  );
  return late ? { clock: late.clock.name, flaw: 'in-last-quarter' } : SOUND;
}

/** Whether a clock waited for its milestone when a deed was done; one that the deed itself ended did. */
function runsAt({ clock, turns }: Trace, { at, seq, cycle }: Deed): boolean {
  if (clock.cycle !== cycle || clock.startedAt > at) return false;
  const ended = turns.find(({ event }) => endings.some((type) => type === event.type));
  return ended === undefined || ended.event.seq > seq;
}

const endings = ['clock-met', 'clock-breached', 'clock-cancelled'] as const;

/** Whether that share of a clock's time is used, and not yet all of it. */
function isUsed({ clock, course }: Trace, at: Instant, share: number, ports: ExplainPorts): boolean {
  if (!clock.terms.every(({ agreement }) => agreement in ports.agreements)) return false;
  const usedMs = (openPieces(ports, course, clock, at) ?? []).reduce((sum, { ms }) => sum + ms, 0);
  return usedMs >= share * clock.targetMs && usedMs <= clock.targetMs;
}
