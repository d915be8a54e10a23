import type { Milestone } from '../domain/agreement/index.js';
import { capitalised, listed, spoken } from '../domain/notices/words.js';
import type { AgreementDocument, WrittenCondition, WrittenTier, WrittenUntil } from './agreement-schema.js';
import { parseWrittenDuration } from './scalars.js';

/** Words that are names by their letters, and words that keep their hyphen. */
const acronyms = new Set([
  'bant',
  'ceo',
  'cfo',
  'cmo',
  'coo',
  'cro',
  'crm',
  'icp',
  'mql',
  'sdr',
  'sla',
  'smb',
  'uk',
  'us',
  'vp',
]);
const hyphenated =
  /\b(sales qualified|marketing sourced|sales sourced|marketing influenced|re engagement|mid market)\b/g;

/**
 * A name of the document as people write it: `vp-sales` → `VP sales`, `re-engagement` as it is. Nothing but spaces and
 * capitals changes, so that whatever a page says can be found in the document.
 */
export function nameText(name: string): string {
  return spoken(name)
    .replaceAll(/[a-z]+/g, (word) => (acronyms.has(word) ? word.toUpperCase() : word))
    .replaceAll(hyphenated, (words) => words.replace(' ', '-'));
}

/** Who is meant by a word of a ladder or a review. */
export function recipientText(word: string): string {
  if (word === 'owner') return 'the owner';
  if (word === 'owner-manager') return 'the owner’s manager';
  return word === 'owner-managers' ? 'the owners’ managers' : nameText(word);
}

const dayNames: Readonly<Record<string, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** `second tue 14:00` → `second Tuesday 14:00`; `mon-fri` → `Mon–Fri`. */
export function daysText(text: string): string {
  return text
    .replaceAll(
      /\b([a-z]{3})-([a-z]{3})\b/g,
      (_, from: string, until: string) => `${capitalised(from)}–${capitalised(until)}`,
    )
    .replaceAll(/\b[a-z]{3}\b/g, (word) => dayNames[word] ?? word);
}

const unitWords = {
  s: ['s', 's'],
  m: ['min', 'min'],
  h: ['h', 'h'],
  d: ['day', 'days'],
  w: ['week', 'weeks'],
} as const;

/** `4h` → `4 h`, `1h30m` → `1 h 30 min`, `14d` → `14 days`. */
export function durationText(duration: string): string {
  return duration
    .replace(/(\d+)([smhdw])/g, (_, count: string, unit: keyof typeof unitWords) => {
      return `${count} ${unitWords[unit][count === '1' ? 0 : 1]} `;
    })
    .trimEnd();
}

/** `750000 USD` → `750,000 USD`, `2h` → `2 h`, `25%` as it is. */
export function amountText(amount: string | number): string {
  if (typeof amount === 'string' && parseWrittenDuration(amount) !== undefined) return durationText(amount);
  return String(amount).replace(/\d{4,}/, (digits) => digits.replaceAll(/\B(?=(\d{3})+$)/g, ','));
}

/** `employees at least 1000`, `demo request within 7 days`: a condition as a clause. */
export function conditionText(condition: WrittenCondition): string {
  if ('segment' in condition) return spoken(condition.segment);
  if ('priority' in condition) return `${condition.priority} priority`;
  return [subjectText(condition), ...testTexts(condition), ...lookBackTexts(condition)].join(' ');
}

export const conditionsText = (conditions: readonly WrittenCondition[]): string =>
  listed(conditions.map(conditionText)) || 'any lead';

/** What a condition is about: the field, the action, the signal. */
export function subjectText(condition: WrittenCondition): string {
  if ('field' in condition) return spoken(condition.field);
  if ('action' in condition) return spoken(condition.action);
  if ('signal' in condition) return spoken(condition.signal);
  return 'segment' in condition ? 'segment' : 'priority';
}

/** What is asked of a subject: `at least 1,000`, `US / CA`; the subject itself where it only has to be. */
export function testText(condition: WrittenCondition): string {
  const texts = [...testTexts(condition), ...lookBackTexts(condition)];
  return texts.length === 0 ? conditionText(condition) : texts.join(' ');
}

function testTexts(condition: WrittenCondition): readonly string[] {
  if (!('field' in condition) && !('signal' in condition)) return [];
  const { in: values, gte, exists } = condition;
  return [
    ...(values === undefined ? [] : [choiceText(values)]),
    ...(gte === undefined ? [] : [`at least ${amountText(gte)}`]),
    ...(exists === undefined ? [] : [exists ? 'given' : 'not given']),
  ];
}

const choiceText = (values: readonly unknown[]): string => values.map(String).join(' / ');

function lookBackTexts(condition: WrittenCondition): readonly string[] {
  if (!('action' in condition) && !('signal' in condition)) return [];
  const { count = 1, within } = condition;
  return [...(count > 1 ? [`× ${count}`] : []), ...(within === undefined ? [] : [`within ${durationText(within)}`])];
}

const milestoneWords: Readonly<Record<Milestone, string>> = {
  'handed-off': 'handed off',
  notified: 'the owner notified',
  enriched: 'enriched',
  accepted: 'accepted',
  decided: 'accepted or rejected',
  touched: 'a first touch',
  'status-updated': 'a status update',
  disposed: 'an outcome',
  disqualified: 'disqualified',
  'feedback-given': 'feedback given',
  reassigned: 'reassigned',
  woken: 'woken',
  'intent-raised': 'new intent',
  closed: 'closed',
  'dispute-opened': 'disputed',
  'dispute-resolved': 'the dispute resolved',
};

export const milestoneText = (milestone: Milestone): string => milestoneWords[milestone];

export function untilText(until: WrittenUntil): string {
  if (typeof until === 'string') return milestoneText(until);
  const channels = until.channels === undefined ? '' : ` on at least ${until.channels} channels`;
  const spacing = until.spacing === undefined ? '' : `, ${durationText(until.spacing)} apart on each`;
  return `${until.touches} touches${channels}${spacing}`;
}

/** `4 h after the breach to vp sales, who moves the lead on`. */
export function tierText({ on, after, to, reassign, holdOnAcknowledge, urgent }: WrittenTier): string {
  const base = on === 'start' ? 'the start' : 'the breach';
  const isAtOnce = after === undefined || parseWrittenDuration(after) === 0;
  return [
    `${isAtOnce ? `at ${base}` : `${durationText(after)} after ${base}`}: ${listed(to.map(recipientText)) || 'nobody'}`,
    ...(reassign ? ['the lead goes to somebody else'] : []),
    ...(holdOnAcknowledge === undefined ? [] : [`${durationText(holdOnAcknowledge)} more if acknowledged`]),
    ...(urgent ? ['at any hour'] : []),
  ].join(', ');
}

type Review = NonNullable<AgreementDocument['reviews']>[string];

/** `second tue 14:00, 60 min, with vp sales and cmo`. */
export function reviewText({ on, within, to, minutes }: Review): string {
  const time = on !== undefined ? daysText(on) : within === undefined ? 'some day' : `within ${durationText(within)}`;
  return `${time}${minutes === undefined ? '' : `, ${minutes} min`}, with ${listed(to.map(recipientText)) || 'nobody'}`;
}
