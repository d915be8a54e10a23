import type { Milestone } from '../../domain/agreement/index.js';
import { isUnbroken } from '../../domain/business-time/index.js';
import { capitalised, listed, spoken } from '../../domain/notices/words.js';
import { amountText, conditionsText, durationText, nameText } from '../agreement-words.js';
import type { AgreementDocument, WrittenUntil } from '../agreement-schema.js';
import type { Commitment } from './page.js';

type Clock = AgreementDocument['clocks'][string];
type Target = NonNullable<AgreementDocument['targets']>[string];
type Deliverable = NonNullable<AgreementDocument['deliverables']>[number];

const sinceWords: Readonly<Record<Milestone, string>> = {
  'handed-off': 'the hand-off',
  notified: 'the notice',
  enriched: 'its enrichment',
  accepted: 'acceptance',
  decided: 'the decision on it',
  touched: 'the first touch',
  'status-updated': 'the status update',
  disposed: 'its outcome',
  disqualified: 'its disqualification',
  'feedback-given': 'the feedback',
  reassigned: 'a change of owner',
  woken: 'its return',
  'intent-raised': 'new interest',
  closed: 'its closing',
  'dispute-opened': 'the opening of a dispute',
  'dispute-resolved': 'the decision on a dispute',
};

const promiseWords: Readonly<Record<Milestone, string>> = {
  'handed-off': 'hand the lead over',
  notified: 'tell the owner of the lead',
  enriched: 'complete the enriched fields',
  accepted: 'accept the lead',
  decided: 'accept or reject the lead',
  touched: 'reach out in person',
  'status-updated': 'post a status or make a touch',
  disposed: 'decide the outcome',
  disqualified: 'disqualify the lead',
  'feedback-given': 'tell marketing why',
  reassigned: 'give the lead to somebody else',
  woken: 'bring the lead back',
  'intent-raised': 'see new interest',
  closed: 'bring the lead to an end',
  'dispute-opened': 'open a dispute',
  'dispute-resolved': 'decide on the lead',
};

/** `Reach out in person within 4 working hours of the hand-off (enterprise: 2 h).` */
export function clockSentence(name: string, clock: Clock, document: AgreementDocument): Commitment {
  const { from, until, repeats = false, within, overrides = [], goal } = clock;
  const since = orOf([from].flat().map((milestone) => sinceWords[milestone]));
  const time = clock.calendar === undefined ? workingText(within) : durationText(within);
  const span = repeats ? `at least every ${time}, from ${since} on` : `within ${time} of ${since}`;
  const exceptions = overrides.map(({ when, within: other }) => `${conditionsText(when)}: ${durationText(other)}`);
  const others = exceptions.length === 0 ? '' : ` (${exceptions.join(', ')})`;
  const sentence = `${promiseText(until, document)} ${span}${others}${calendarText(clock, document)}.`;
  return { name, lead: titleOf(name), text: capitalised(sentence), goal: goal ?? null };
}

const orOf = (words: readonly string[]): string => words.join(' or ');

function promiseText(until: WrittenUntil, { qualification = {} }: AgreementDocument): string {
  if (until === 'enriched')
    return `complete ${listed((qualification.enrichedFields ?? []).map(spoken)) || 'the fields'}`;
  if (typeof until === 'string') return promiseWords[until];
  const channels = until.channels === undefined ? '' : ` on at least ${until.channels} channels`;
  const spacing = until.spacing === undefined ? '' : `, ${durationText(until.spacing)} apart on each`;
  return `make at least ${until.touches} touches${channels}${spacing}, unless the prospect answers,`;
}

/** Said only of a calendar with a name of its own: not of the owner's, nor of one that is always open. */
function calendarText({ calendar }: Clock, { calendars }: AgreementDocument): string {
  const definition = calendar === undefined ? undefined : calendars[calendar];
  if (calendar === undefined || definition === undefined || isUnbroken(definition)) return '';
  return `, by the calendar “${nameText(calendar)}”`;
}

/** `4h` → `4 working hours`, `1h30m` → `1 h 30 min of working time`. */
function workingText(within: string): string {
  const [, count, unit] = /^(\d+)([hm])$/.exec(within) ?? [];
  if (count === undefined) return `${durationText(within)} of working time`;
  return `${count} working ${unit === 'h' ? 'hour' : 'minute'}${count === '1' ? '' : 's'}`;
}

/** What the figures of the product's own reports mean; a name of the agreement's own is said as it is. */
const figures: Readonly<Record<string, (amount: string) => string>> = {
  'mql-volume': (amount) => `deliver ${amount} MQLs a month`,
  'mql-to-sales-qualified': (amount) => `${amount} of MQLs become sales-qualified`,
  'data-completeness': (amount) => `${amount} of leads arrive with every required field`,
  enriched: (amount) => `${amount} of leads are enriched`,
  'marketing-sourced-pipeline': (amount) => `bring ${amount} of pipeline a month`,
  'acceptance-rate': (amount) => `${amount} of leads are accepted by sales`,
  'volume-worked': (amount) => `work ${amount} of the volume delivered`,
  'average-first-response': (amount) => `first response takes ${amount} of working time on average`,
  'weekly-feedback': (amount) => `${amount} of weeks have feedback on lead quality`,
  'disqualification-reason': (amount) => `${amount} of disqualified leads have a reason`,
  'sales-qualified-to-opportunity': (amount) => `${amount} of sales-qualified leads become opportunities`,
};

/** `Deliver at least 500 MQLs a month (enterprise 50, smb 300).` */
export function targetSentence(name: string, { atLeast, atMost, bySegment = {} }: Target): Commitment {
  const bounds = [
    ...(atLeast === undefined ? [] : [atLeast === '100%' ? '100%' : `at least ${amountText(atLeast)}`]),
    ...(atMost === undefined ? [] : [`at most ${amountText(atMost)}`]),
  ];
  const say = figures[name] ?? ((amount: string) => `${amount} a month`);
  const segments = Object.entries(bySegment).map(([segment, amount]) => `${nameText(segment)} ${amountText(amount)}`);
  const shares = segments.length === 0 ? '' : ` (${segments.join(', ')})`;
  return { name, lead: titleOf(name), text: `${capitalised(say(listed(bounds)))}${shares}.`, goal: null };
}

const titleOf = (name: string): string => capitalised(nameText(name));

/** `Customer stories for outbound, every month, by marketing ops.` */
export function deliverableSentence({ name, owner, every }: Deliverable): Commitment {
  return {
    name,
    lead: 'Deliverable',
    text: `${capitalised(name)}, every ${every}, by ${nameText(owner)}.`,
    goal: null,
  };
}
