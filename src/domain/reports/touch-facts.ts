import type { Instant } from '../business-time/index.js';
import type { LeadEvent } from '../lifecycle/events.js';
import type { Signal } from '../lifecycle/signal.js';
import { isHumanTouch } from '../sla/touches.js';

/** `act`: something the lead did, or where it came from; `outreach`: a touch by a person of sales. */
export const touchKinds = ['act', 'outreach'] as const;

/** A touch of a lead's account; whether an act is one of marketing's, the agreement in force says by its name. */
export interface TouchFacts {
  /** The event that tells of it, and its place there, for a hand-off tells of several. */
  readonly seq: number;
  readonly place: number;
  readonly kind: (typeof touchKinds)[number];
  readonly at: Instant;
  /** The action, signal or source of an act; the channel of an outreach. */
  readonly name: string;
  /** Outreach that was taken back, or came back, counts no more. */
  readonly counts: boolean;
}

type Told = Pick<TouchFacts, 'kind' | 'at' | 'name'>;

/** Every act and every outreach that a lead's story tells of, in its order. */
export function touchFacts(events: readonly LeadEvent[]): readonly TouchFacts[] {
  const gone = new Set(
    events.flatMap((event) =>
      event.type === 'touch-retracted' || event.type === 'touch-bounced' ? [event.touch] : [],
    ),
  );
  return events.flatMap((event) =>
    toldBy(event).map((told, place) => ({ seq: event.seq, place, ...told, counts: !gone.has(event.seq) })),
  );
}

function toldBy(event: LeadEvent): readonly Told[] {
  if (event.type === 'handed-off' || event.type === 'excluded')
    return [...event.signals.flatMap(actsIn), ...sourcesOf(event)];
  if (event.type === 'signalled') return actsIn(event.signal);
  if (event.type !== 'touched' || !isHumanTouch(event)) return [];
  return [{ kind: 'outreach', at: event.touchedAt, name: event.channel }];
}

const actsIn = ({ at, action, signal }: Signal): readonly Told[] =>
  [action, signal].flatMap((name) => (name === undefined ? [] : [{ kind: 'act', at, name }]));

/** Where a lead came from is something it did, at the instant that its sender says it acted at. */
function sourcesOf(event: Extract<LeadEvent, { type: 'handed-off' | 'excluded' }>): readonly Told[] {
  const { source, fields, qualifiedAt, at } = event;
  const named = [source, fields['source']].filter((name) => typeof name === 'string' && name !== '');
  return [...new Set(named as string[])].map((name) => ({ kind: 'act', at: qualifiedAt ?? at, name }));
}
