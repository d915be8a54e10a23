import type { Command } from '../lifecycle/commands.js';
import { withCorrectedTouches } from '../lifecycle/corrected-touches.js';
import type { EventOf, EventType, LeadEvent } from '../lifecycle/events.js';
import type { PastFact, PastStory } from './past-lead.js';

/** What follows from facts by an agreement; it is left out, for another agreement may see it differently. */
export const consequenceTypes = [
  'clock-started',
  'clock-replanned',
  'clock-met',
  'clock-breached',
  'clock-completed-late',
  'clock-cancelled',
  'clock-corrected',
  'clock-reopened',
  'clock-rejudged',
  'warning-fired',
  'touches-out-of-reach',
  'tier-fired',
  'number-planned',
  'number-dropped',
  'priority-raised',
  'wake-moved',
] as const satisfies readonly EventType[];

/**
 * The facts in a lead's ledger: its hand-off, and each command that was taken, made from the events it led to. What
 * fell due by itself is left out. A command that came late counts at the instant at which it took effect.
 * @param recorded from the first, in order; those of `consequenceTypes` may be missing
 */
export function storyOf(recorded: readonly LeadEvent[]): PastStory {
  const events = withCorrectedTouches(recorded);
  const begunAt = events.findLastIndex(({ type }) => type === 'handed-off');
  const begun = events[Math.max(begunAt, 0)];
  if (begun?.type !== 'handed-off' && begun?.type !== 'excluded') {
    throw new Error('a ledger begins with the hand-off; this one does not');
  }
  const later = events.slice(Math.max(begunAt, 0) + 1);
  return {
    handOff: handOffOf(begun),
    facts: factsIn(later),
    moves: later.filter((event) => event.type === 'owner-changed' || event.type === 'woken'),
    wasExcluded: begun.type === 'excluded',
    changedAgreement: later.some(({ type }) => type === 'agreement-applied'),
  };
}

function handOffOf(event: EventOf<'handed-off' | 'excluded'>): PastStory['handOff'] {
  const { leadId, at, by, fields, signals, qualifiedAt, source, externalId } = event;
  return {
    leadId,
    at,
    fields,
    signals,
    ...(by !== undefined && { by }),
    ...(qualifiedAt !== undefined && { qualifiedAt }),
    ...(source !== undefined && { source }),
    ...(externalId !== undefined && { externalId }),
    ...(event.type === 'handed-off' && { holder: event.holder }),
  };
}

/** A command's events stand together; the first that tells the command makes the fact. */
function factsIn(events: readonly LeadEvent[]): readonly PastFact[] {
  const facts: PastFact[] = [];
  let told: string | undefined;
  for (const [index, event] of events.entries()) {
    const { commandId } = event;
    if (commandId === undefined || commandId === told) continue;
    const fact = factFrom(event, { events, index });
    if (fact === undefined) continue;
    facts.push(fact);
    told = commandId;
  }
  return facts;
}

/** Where in its ledger an event stands. */
interface Place {
  readonly events: readonly LeadEvent[];
  readonly index: number;
}

type Body = Command extends infer C ? (C extends Command ? Omit<C, 'at' | 'by' | 'id'> : never) : never;

function factFrom(event: LeadEvent, place: Place): PastFact | undefined {
  const make = makers[event.type] as Maker<EventType> | undefined;
  const body = make?.(event, place);
  if (body === undefined) return undefined;
  const { at, by = '', commandId: id = '' } = event;
  const command = { ...body, at, by, id } as Command;
  if (event.type !== 'touch-retracted' && event.type !== 'touch-bounced') return { command };
  return { command, touchSaidBy: place.events.find(({ seq }) => seq === event.touch)?.commandId ?? '' };
}

type Maker<T extends EventType> = (event: EventOf<T>, place: Place) => Body | undefined;

/** The command that an event comes from; what only follows from one is not here, or makes nothing. */
const makers: { readonly [T in EventType]?: Maker<T> } = {
  notified: ({ recipient }) => ({ type: 'notified', recipient }),
  accepted: () => ({ type: 'accept' }),
  rejected: (event) => ({ type: 'reject', reason: event.reason, ...notesOf(event) }),
  touched: (event) => {
    const { channel, outcome, origin, occurredAt } = event;
    return { type: 'touch', channel, outcome, origin, occurredAt, ...nextStepOf(event) };
  },
  'status-updated': (event) => ({ type: 'status', text: event.text, ...nextStepOf(event) }),
  qualified: ({ bant, intent }) => ({
    type: 'qualify',
    ...(bant && { bant }),
    ...(intent !== undefined && { intent }),
  }),
  disposed: ({ route, reason, wakeOn, friction, contentGap, ...event }) => ({
    type: 'dispose',
    ...(route === 'sales-qualified' && { route }),
    ...(reason !== undefined && { reason }),
    ...(wakeOn !== undefined && { wakeOn }),
    ...(friction !== undefined && { friction }),
    ...(contentGap !== undefined && { contentGap }),
    ...notesOf(event),
  }),
  'feedback-given': ({ notes }) => ({ type: 'feedback', notes }),
  'owner-changed': ({ cause, holder }) =>
    cause === 'command' ? { type: 'reassign', to: holder.owner ?? '' } : undefined,
  // It may have been meant to last longer than the agreement of then let it; nobody knows.
  paused: ({ reason, endsAt }) => ({ type: 'pause', reason, ...(endsAt !== undefined && { until: endsAt }) }),
  'pause-ended': ({ cause }) => (cause === 'resumed' ? { type: 'resume' } : undefined),
  'tier-acknowledged': ({ clock }) => ({ type: 'acknowledge', clock }),
  'dispute-opened': (event) => ({ type: 'dispute', reason: event.reason, ...notesOf(event) }),
  'dispute-resolved': ({ decision, ...event }) =>
    decision === 'lead-closed' ? undefined : { type: 'resolve-dispute', decision, ...notesOf(event) },
  enriched: ({ fields }, place) => requalifyFrom(place) ?? { type: 'enrich', fields },
  signalled: ({ signal: { at: _at, ...signal } }, place) => requalifyFrom(place) ?? { type: 'signal', ...signal },
  woken: (_event, place) => requalifyFrom(place),
  'opportunity-updated': ({ status, amount, crmId }) => ({
    type: 'opportunity',
    status,
    ...(amount !== undefined && { amount }),
    ...(crmId !== undefined && { crmId }),
  }),
  reopened: ({ reason }) => ({ type: 'reopen', reason }),
  'touch-retracted': ({ touch, reason }) => ({ type: 'retract', touch, reason }),
  'touch-bounced': ({ touch, reason }) => ({ type: 'mark-bounced', touch, ...(reason !== undefined && { reason }) }),
};

const notesOf = ({ notes }: { readonly notes?: string }) => (notes === undefined ? {} : { notes });

const nextStepOf = ({ nextStepAt }: { readonly nextStepAt?: number }) =>
  nextStepAt === undefined ? {} : { nextStepAt };

/** Intake's word on a disqualified lead: it wakes the lead and says all that it brings in one command. */
function requalifyFrom({ events, index }: Place): Body | undefined {
  const { commandId } = events[index]!;
  const closed = events.findLast(({ type }, before) => type === 'closed' && before < index);
  if (closed?.type !== 'closed' || closed.stage !== 'disqualified') return undefined;
  const said = events.filter((event) => event.commandId === commandId);
  if (!said.some(({ type }) => type === 'woken')) return undefined;
  const fields = said.find((event) => event.type === 'enriched')?.fields;
  const signals = said.flatMap((event) => (event.type === 'signalled' ? [event.signal] : []));
  return { type: 'requalify', ...(fields && { fields }), signals };
}
