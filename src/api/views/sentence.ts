/**
 * What an event says, as one plain sentence. People and codes stay as the ledger has them, so that what a reader sees
 * can be found again.
 */
import { formatDuration, type Instant } from '../../domain/business-time/index.js';
import type { ClockId, EventOf, EventType, LeadEvent } from '../../domain/lifecycle/events.js';
import { engagementOf, listed, spoken } from '../../domain/notices/words.js';
import type { HolderRef } from '../../domain/routing/directory.js';
import type { Judgement } from '../../domain/sla/judgement.js';
import { iso } from './iso.js';

/** How an instant is written for the reader. */
export type Say = (at: Instant) => string;

type Sentences = { readonly [T in EventType]: (event: EventOf<T>, say: Say) => string };

const sayUtc: Say = (at) => `${iso(at).slice(0, 19).replace('T', ' ')} UTC`;

/** The event in words; who said it and when stand beside it. Without `say`, instants are in UTC, to the second. */
export const sentenceOf = (event: LeadEvent, say: Say = sayUtc): string =>
  (sentences[event.type] as (event: LeadEvent, say: Say) => string)(event, say);

const clockName = ({ clock, n }: ClockId): string => `The clock ${spoken(clock)}${n === 1 ? '' : `, number ${n},`}`;
const quoted = (text: string): string => `“${text}”`;
const withNotes = (notes: string | undefined): string => (notes === undefined ? '' : `: ${quoted(notes)}`);
const alsoSaid = (of: string, text: string | undefined): string =>
  text === undefined ? '' : ` ${of}: ${quoted(text)}.`;
const becauseOf = (reason: string | undefined): string => (reason === undefined ? '' : ` as ${spoken(reason)}`);

function holderName({ owner, queue }: HolderRef): string {
  if (owner !== null) return owner;
  return queue === null ? 'nobody' : `the queue of ${queue}`;
}

const dueText = (event: EventOf<'clock-started' | 'clock-replanned' | 'clock-reopened'>, say: Say): string =>
  event.plan === null ? 'it rests while the lead is paused' : `due ${say(event.plan.dueAt)}`;

const replanWords: Readonly<Record<EventOf<'clock-replanned'>['cause'], string>> = {
  resumed: 'the lead runs again',
  reassigned: 'the owner changed',
  'priority-raised': 'the priority rose',
  'agreement-applied': 'the agreement changed',
  'agreement-reverted': 'the change of agreement was reverted',
  acknowledged: 'somebody acknowledged',
  touched: 'the touches changed',
};

const closingWords: Readonly<Record<EventOf<'closed'>['cause'], string>> = {
  rejected: 'it was rejected',
  disposed: 'it was decided',
  'dispute-upheld': 'the dispute was upheld',
  'opted-out': 'the prospect opted out',
  'aged-out': 'nothing woke it in time',
};

function restText({ rest }: EventOf<'closed'>, say: Say): string {
  if (rest?.wakeAt !== undefined) return `; it wakes ${say(rest.wakeAt)}`;
  return rest?.agesOutAt === undefined ? '' : `; it is given up ${say(rest.agesOutAt)} unless interest wakes it`;
}

function tierText(event: EventOf<'tier-fired'>): string {
  const { clock, tier, to, skipped, reassigned } = event;
  if (event.shadow === true) return shadowText(event);
  const heard = skipped ? 'reached nobody and was skipped' : `went to ${listed(to)}`;
  const moved = reassigned === true ? ' and the lead to the next person' : '';
  const stayed = reassigned === false ? '; the owner stays' : '';
  return `Escalation tier ${tier} of ${spoken(clock)} ${heard}${moved}${stayed}.`;
}

function shadowText({ clock, tier, to, skipped, reassigned }: EventOf<'tier-fired'>): string {
  const heard = skipped ? 'it would have reached nobody' : `nobody was told, live it would have gone to ${listed(to)}`;
  const stayed = reassigned === undefined ? '' : '; the lead was not moved';
  return `Escalation tier ${tier} of ${spoken(clock)} fired in shadow: ${heard}${stayed}.`;
}

function qualifiedText({ bant = {}, intent }: EventOf<'qualified'>): string {
  const answers = Object.entries(bant).map(([question, { confirmed }]) => `${question} ${confirmed ? 'yes' : 'no'}`);
  const intents = intent === undefined ? [] : [`intent ${spoken(intent)}`];
  return `Qualification was answered: ${listed([...answers, ...intents])}.`;
}

const disputeWords: Readonly<Record<EventOf<'dispute-resolved'>['decision'], string>> = {
  upheld: 'was upheld: the lead is not what was agreed',
  denied: 'was denied: the lead is worked on',
  'lead-closed': 'ended because the lead closed',
};

const judgementText = ({ verdict, dueAt }: Judgement, say: Say): string =>
  dueAt === null ? verdict : `${verdict}, due ${say(dueAt)}`;

const sentences: Sentences = {
  'handed-off': ({ segment, priority, holder, routedBy }) =>
    `Handed off to ${holderName(holder)} by the rule ${spoken(routedBy)}: priority ${priority}` +
    `${segment === null ? '' : `, segment ${spoken(segment)}`}.`,
  excluded: ({ criteria }) => `Excluded: it did not meet ${listed(criteria)}.`,
  notified: ({ recipient, shadow }) =>
    shadow === true
      ? `The hand-off notice was withheld in shadow: live it would have gone to ${recipient}.`
      : `The hand-off notice was sent to ${recipient}.`,
  'clock-started': (event, say) => `${clockName(event)} started at ${say(event.startedAt)}, ${dueText(event, say)}.`,
  'clock-replanned': (event, say) =>
    `${clockName(event)} was planned anew because ${replanWords[event.cause]}: ${dueText(event, say)}.`,
  'clock-met': (event, say) => `${clockName(event)} was met at ${say(event.completedAt)}.`,
  'clock-breached': (event, say) =>
    `${clockName(event)} was breached: it was due ${say(event.dueAt)}` +
    `${event.heldBy === null ? '' : ` while ${event.heldBy} held the lead`}.`,
  'clock-completed-late': (event, say) =>
    `${clockName(event)} was completed late at ${say(event.completedAt)}, over by ${formatDuration(event.overshootMs)}.`,
  'clock-cancelled': (event) => `${clockName(event)} was cancelled (${spoken(event.cause)}).`,
  'clock-corrected': (event, say) =>
    `${clockName(event)} was corrected to met: the fact happened at ${say(event.completedAt)} and was logged late.`,
  'clock-rejudged': ({ was, is, reason, ...event }, say) =>
    `${clockName(event)} was judged anew, for ${quoted(reason)}: it was ${judgementText(was, say)}, ` +
    `it is ${judgementText(is, say)}.`,
  'warning-fired': (event, say) => `${clockName(event)} reached ${event.point}; it is due ${say(event.dueAt)}.`,
  'touches-out-of-reach': (event, say) =>
    `${clockName(event)} cannot be met any more: the touches still missing do not fit before ${say(event.dueAt)}.`,
  'clock-reopened': (event, say) => `${clockName(event)} waits again (${spoken(event.cause)}): ${dueText(event, say)}.`,
  'tier-fired': tierText,
  'tier-acknowledged': ({ clock, tier }) => `Escalation tier ${tier} of ${spoken(clock)} was acknowledged.`,
  'number-planned': ({ clock, startsAt }, say) => `The next ${spoken(clock)} is planned to start ${say(startsAt)}.`,
  'number-dropped': ({ clock }) => `The planned start of ${spoken(clock)} was dropped.`,
  accepted: ({ byImplication }) => `Accepted${byImplication ? ' by the first touch' : ''}.`,
  rejected: ({ reason, route, notes }) => `Rejected${becauseOf(reason)}, on to ${spoken(route)}${withNotes(notes)}.`,
  disposed: ({ reason, route, notes, friction, contentGap }) =>
    `Disposed${becauseOf(reason)}, on to ${spoken(route)}${withNotes(notes)}.${alsoSaid('Friction', friction)}${alsoSaid('Content gap', contentGap)}`,
  closed: (event, say) =>
    `Closed as ${spoken(event.stage)} because ${closingWords[event.cause]}${restText(event, say)}.`,
  touched: ({ channel, outcome, origin, touchedAt }, say) =>
    `Touched by ${channel} at ${say(touchedAt)}: ${spoken(outcome)}${origin === 'human' ? '' : ` (${origin})`}.`,
  'touch-retracted': ({ touch, reason }) => `The touch of entry ${touch} was taken back: ${quoted(reason)}.`,
  'touch-corrected': ({ touch, touchedAt, reason }, say) =>
    `The touch of entry ${touch} happened at ${say(touchedAt)}: corrected, for ${quoted(reason)}.`,
  'touch-bounced': ({ touch, reason }) => `The touch of entry ${touch} bounced${withNotes(reason)}.`,
  reopened: ({ reason }) => `Reopened: ${quoted(reason)}.`,
  'status-updated': ({ text }) => `Status: ${quoted(text)}.`,
  qualified: qualifiedText,
  'feedback-given': ({ notes }) => `Feedback for marketing: ${quoted(notes)}.`,
  'owner-changed': ({ holder, cause }) =>
    `The lead went to ${holderName(holder)}${cause === 'ladder' ? ' by escalation' : ''}.`,
  paused: ({ reason, endsAt }, say) =>
    `Paused: ${quoted(reason)}${endsAt === undefined ? '' : `, until ${say(endsAt)} at the latest`}.`,
  'pause-ended': ({ cause }) => `The pause ended (${spoken(cause)}).`,
  'dispute-opened': ({ reason, notes }) => `Disputed: ${quoted(reason)}${withNotes(notes)}.`,
  'dispute-resolved': ({ decision, notes }) => `The dispute ${disputeWords[decision]}${withNotes(notes)}.`,
  enriched: ({ fields, complete }) => {
    const names = Object.keys(fields).map(spoken);
    return `${names.length === 0 ? 'Key fields came with it' : `Learned ${listed(names)}`}${complete ? ': nothing is missing' : ''}.`;
  },
  signalled: ({ signal }) => `Signal: ${engagementOf(signal)}.`,
  'priority-raised': () => 'The priority rose to high.',
  'wake-moved': ({ wakeAt }, say) => `New interest: it wakes ${say(wakeAt)}.`,
  woken: ({ holder, priority }) => `Woken for another cycle with ${holderName(holder)}, priority ${priority}.`,
  'opportunity-updated': ({ status, amount }) =>
    `Opportunity ${status}${amount === undefined ? '' : ` with ${amount}`}.`,
  'agreement-applied': ({ agreement, running }) =>
    `The agreement is now ${agreement.name}@${agreement.version}; for running clocks: ${spoken(running)}.`,
  'agreement-reverted': ({ agreement, reverted }) =>
    `The change to ${reverted.name}@${reverted.version} was reverted: the agreement is ${agreement.name}@${agreement.version} again.`,
};
