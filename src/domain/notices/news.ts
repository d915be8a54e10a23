import type { Instant } from '../business-time/index.js';
import type { ClockId, EventOf } from '../lifecycle/events.js';
import { holderOf, type LeadState } from '../lifecycle/state.js';
import { dueAtOf, type Clock } from '../sla/clock.js';
import type { Agreements } from './course.js';
import type { Notice } from './notice.js';
import { capitalised, engagementOf, isSaid, orderOf, personOf, spoken } from './words.js';

/** What a notice says before it shows the lead. */
export interface News {
  readonly subject: string;
  readonly headline: string;
  /** Sentences. */
  readonly opening: readonly string[];
}

interface Telling {
  readonly notice: Notice;
  readonly state: LeadState;
  readonly agreements: Agreements;
  /** An instant in the reader's zone. */
  readonly say: (at: Instant) => string;
}

/** @param telling with the state that the notice shows, at or after its event */
export function newsOf(telling: Telling): News {
  const { event } = telling.notice;
  switch (event.type) {
    case 'handed-off':
      return event.holder.owner === null ? queueNews(telling, event) : handOffNews(telling);
    case 'woken':
      return wokenNews(telling, event);
    case 'owner-changed':
      return reassignmentNews(telling, event);
    case 'priority-raised':
      return priorityNews(telling);
    case 'clock-started':
      return intentNews(telling, event);
    case 'warning-fired':
      return warningNews(telling, event);
    case 'touches-out-of-reach':
      return outOfReachNews(telling, event);
    case 'tier-fired':
      return escalationNews(telling, event);
    case 'dispute-resolved':
      return disputeNews(telling, event);
    case 'reopened':
      return reopenedNews(telling, event);
  }
}

function handOffNews({ state }: Telling): News {
  const kind = state.priority === 'high' ? 'hot' : 'new';
  return {
    subject: `${capitalised(kind)} lead: ${whoOf(state)}`,
    headline: `A ${kind} lead is yours`,
    opening: [`${whoOf(state)} qualified under ${agreementOf(state)} and has just been handed to you.`],
  };
}

const queueNews = ({ state }: Telling, { holder }: EventOf<'handed-off'>): News => ({
  subject: `Lead without an owner: ${whoOf(state)}`,
  headline: 'A lead waits without an owner',
  opening: [
    `Nobody was available for ${whoOf(state)}: the lead lies in the queue of ${holder.queue}, and its clocks run.`,
    'Please give it to somebody.',
  ],
});

const wokenNews = ({ state }: Telling, { cycle }: EventOf<'woken'>): News => ({
  subject: `Back again: ${whoOf(state)}`,
  headline: 'A lead is back',
  opening: [`${whoOf(state)} begins cycle ${cycle} under ${agreementOf(state)}; it is time to reach out again.`],
});

function reassignmentNews({ state }: Telling, { cause, by, holder }: EventOf<'owner-changed'>): News {
  const why =
    cause === 'ladder'
      ? 'A promise was missed before, so the agreement gave the lead to the next person of the team.'
      : `${by ?? 'Somebody'} gave the lead to you.`;
  return {
    subject: holder.owner === null ? `Moved to your queue: ${whoOf(state)}` : `Yours now: ${whoOf(state)}`,
    headline: holder.owner === null ? 'A lead moved to your queue' : 'A lead is yours now',
    opening: [why, 'What is due stands below; the clocks that ran before go on.'],
  };
}

const priorityNews = ({ state }: Telling): News => ({
  subject: `Hotter now: ${whoOf(state)}`,
  headline: 'This lead is hotter now',
  opening: [`${latestDeed(state)} raised the priority to high; the clocks that run follow the shorter targets now.`],
});

const intentNews = (telling: Telling, event: EventOf<'clock-started'>): News => ({
  subject: `New interest: ${whoOf(telling.state)}`,
  headline: 'New interest',
  opening: [`${latestDeed(telling.state)} is news of this lead.`, ...dueSentences(telling, event)],
});

function warningNews(telling: Telling, event: EventOf<'warning-fired'>): News {
  const point = event.point.endsWith('%') ? `${event.point} of the time used` : event.point;
  return {
    subject: `${point}, ${spoken(event.clock)}: ${whoOf(telling.state)}`,
    headline: `${capitalised(spoken(event.clock))}: ${point}`,
    opening: dueSentences(telling, event),
  };
}

const outOfReachNews = ({ state, say }: Telling, { clock, dueAt }: EventOf<'touches-out-of-reach'>): News => ({
  subject: `Out of reach, ${spoken(clock)}: ${whoOf(state)}`,
  headline: `${capitalised(spoken(clock))} cannot be met any more`,
  opening: [
    `The touches still missing no longer fit before ${say(dueAt)}, however fast they are made.`,
    'Go on as well as you can: what is made late still counts for the decision about this lead.',
  ],
});

function escalationNews(telling: Telling, event: EventOf<'tier-fired'>): News {
  const { state } = telling;
  const clock = findClock(state, event);
  const isMissed = clock?.verdict === 'breached';
  const what = `${spoken(event.clock)}${isMissed ? ' missed' : ''}`;
  return {
    subject: `Escalation ${event.tier}: ${what}, ${whoOf(state)}`,
    headline: isMissed ? `Missed: ${spoken(event.clock)}` : `${capitalised(spoken(event.clock))} waits for an answer`,
    opening: [
      ...(isMissed ? missedSentences(telling, clock.dueAt, clock.heldBy) : dueSentences(telling, event)),
      ...reassignedSentences(state, event),
    ],
  };
}

const missedSentences = ({ state, say }: Telling, dueAt: Instant, heldBy: string | null): readonly string[] => [
  `It was due ${say(dueAt)}; ${heldBy === null ? 'nobody' : heldBy} held the lead then.`,
  `You hear of it as the ladder of ${agreementOf(state)} says.`,
];

function reassignedSentences(state: LeadState, { reassigned }: EventOf<'tier-fired'>): readonly string[] {
  const { owner } = holderOf(state);
  if (reassigned === undefined || owner === null) return [];
  return [reassigned ? `The lead was given to ${owner}.` : `Nobody else could take the lead: it stays with ${owner}.`];
}

const disputeNews = ({ state }: Telling, { decision, notes }: EventOf<'dispute-resolved'>): News => ({
  subject: `Dispute ${decision}: ${whoOf(state)}`,
  headline: `The dispute was ${decision}`,
  opening: [
    decision === 'upheld'
      ? 'This lead is not what was agreed: it is closed, and sales owes nothing more on it.'
      : 'This lead is what was agreed: its clocks run again.',
    ...(notes ? [`Notes: ${notes}`] : []),
  ],
});

const reopenedNews = ({ state }: Telling, { by, reason }: EventOf<'reopened'>): News => ({
  subject: `Open again: ${whoOf(state)}`,
  headline: 'A lead is open again',
  opening: [
    `${by ?? 'Somebody'} reopened this lead, for it was closed by mistake: ${reason}`,
    'It is accepted, and what acceptance promises counts from now on.',
  ],
});

function dueSentences({ state, agreements, say }: Telling, id: ClockId): readonly string[] {
  const clock = findClock(state, id);
  const dueAt = clock ? dueAtOf(clock) : null;
  const promise = agreements[clock?.terms.at(-1)?.agreement ?? '']?.clocks[id.clock];
  const order = promise ? `Please ${orderOf(promise.until)}` : `Please see to ${spoken(id.clock)}`;
  return [dueAt === null ? `${order}.` : `${order} by ${say(dueAt)}.`];
}

const findClock = (state: LeadState, { clock, n, clockCycle }: ClockId): Clock | undefined =>
  state.clocks.find((one) => one.name === clock && one.n === n && one.cycle === clockCycle);

const whoOf = ({ fields }: LeadState): string =>
  [personOf(fields), ...(isSaid(fields['company']) ? [String(fields['company'])] : [])].join(', ');

const agreementOf = ({ agreement }: LeadState): string => `${agreement.name}@${agreement.version}`;

function latestDeed({ signals }: LeadState): string {
  const latest = [...signals].sort((one, other) => other.at - one.at)[0];
  return latest ? engagementOf(latest) : 'Something new';
}
