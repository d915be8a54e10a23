/**
 * How the core's words are said to readers of mails and pages. Codes stay as they are written in the agreement,
 * with spaces for hyphens, so that what a reader sees can be found in the document.
 */
import type { Condition, Fields, FieldValue, Milestone, Until, ValueTest } from '../agreement/index.js';
import { formatDuration } from '../business-time/index.js';
import type { Signal } from '../lifecycle/events.js';

/** `first-response` → `first response`, `jobTitle` → `job title`. */
export const spoken = (code: string): string =>
  code
    .replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replaceAll('-', ' ');

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `one`, `one and two`, `one, two and three`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** What fulfils a promise, as an order to its reader. */
const orders: Readonly<Record<Milestone, string>> = {
  'handed-off': 'hand the lead over',
  notified: 'send the lead to its owner',
  enriched: 'fill in the missing fields',
  accepted: 'accept the lead',
  decided: 'accept or reject the lead',
  touched: 'reach out in person: call, write or message',
  'status-updated': 'post a status update or log a touch',
  disposed: 'decide the outcome and dispose of the lead',
  disqualified: 'disqualify the lead',
  'feedback-given': 'give marketing your feedback notes',
  reassigned: 'give the lead to somebody else',
  woken: 'wake the lead',
  'intent-raised': 'wait for new interest',
  closed: 'bring the lead to a decision',
  'dispute-opened': 'open a dispute',
  'dispute-resolved': 'resolve the dispute',
};

export function orderOf(until: Until): string {
  if (typeof until === 'string') return orders[until];
  const channels = until.channels > 1 ? ` on at least ${until.channels} channels` : '';
  return `make ${until.touches} touches${channels}`;
}

/** The name a reader knows the lead by: first and last name, else the address, else none. */
export function personOf(fields: Fields): string {
  const name = [fields['firstName'], fields['lastName']].filter(isSaid).join(' ').trim();
  return name || (isSaid(fields['email']) ? String(fields['email']) : 'somebody without a name');
}

export const isSaid = (value: FieldValue | undefined): value is string | number | boolean =>
  value !== undefined && value !== null && String(value).trim() !== '';

/** A field's value; long whole numbers with commas, 14,000,000. */
export const valueText = (value: string | number | boolean): string =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) >= 10_000
    ? String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',')
    : String(value);

/** Why a condition that holds matters, with what was seen. */
export function reasonOf(condition: Condition, fields: Fields, signals: readonly Signal[]): string {
  if ('field' in condition) return fieldReason(condition.field, condition, fields);
  if ('action' in condition) {
    const count = condition.count ?? 1;
    return capitalised(`${spoken(condition.action)}${count > 1 ? `, at least ${count} times` : ''}${span(condition)}`);
  }
  if ('signal' in condition) {
    const highest = Math.max(...signals.filter(isOf(condition.signal)).map((signal) => signal.value!));
    const seen = Number.isFinite(highest) ? ` at ${highest}` : '';
    return capitalised(`${spoken(condition.signal)}${seen}${asked(condition)}${span(condition)}`);
  }
  return 'priority' in condition ? `Priority is ${condition.priority}` : `Segment is ${spoken(condition.segment)}`;
}

const fieldReason = (name: string, test: ValueTest, fields: Fields): string =>
  capitalised(
    isSaid(fields[name])
      ? `${spoken(name)} is ${valueText(fields[name])}${asked(test)}`
      : `${spoken(name)} is not given`,
  );

const isOf = (name: string) => (signal: Signal) => signal.signal === name && signal.value !== undefined;

const asked = ({ gte }: ValueTest): string => (gte === undefined ? '' : ` (${gte} or more asked)`);

const span = ({ withinMs }: { readonly withinMs?: number }): string =>
  withinMs === undefined ? '' : ` in the last ${daysOrDuration(withinMs)}`;

const DAY_MS = 86_400_000;
const daysOrDuration = (ms: number): string =>
  ms % DAY_MS === 0 ? `${ms / DAY_MS} ${ms === DAY_MS ? 'day' : 'days'}` : formatDuration(ms);

/** What a lead did: an action, a score, or a signal with its value. */
export function engagementOf(signal: Signal): string {
  const said = [
    signal.action === undefined ? undefined : spoken(signal.action),
    signal.score === undefined ? undefined : `score ${signal.score}`,
    signal.signal === undefined
      ? undefined
      : `${spoken(signal.signal)}${signal.value === undefined ? '' : ` at ${signal.value}`}`,
  ];
  return capitalised(listed(said.filter((part) => part !== undefined)) || 'Something without a name');
}
