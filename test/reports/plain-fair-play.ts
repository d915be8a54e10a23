// Here lives what could have flattered figures, said as plainly and slowly as possible, straight from the events of each
// lead. What needs open time is not said here: named instants in test/domain/reports/deed-facts.test.ts tell of it.
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import type { ToldLead } from './quarter.js';

type Events = readonly LeadEvent[];
type Of<T extends LeadEvent['type']> = Extract<LeadEvent, { readonly type: T }>;
type Counts = Record<string, Record<string, number>>;

const isTest = ([origin]: Events): boolean => (origin as Of<'handed-off' | 'excluded'>).fields['test'] === true;
const add = (counts: Counts, group: string, name: string, isCounted = true): void => {
  if (isCounted) (counts[group] ??= {})[name] = (counts[group]?.[name] ?? 0) + 1;
};

const isHuman = (event: LeadEvent): event is Of<'touched'> =>
  event.type === 'touched' &&
  event.origin === 'human' &&
  event.outcome !== 'bounced' &&
  event.outcome !== 'wrong-number';

function textOf(event: LeadEvent): string {
  const isNote = event.type === 'rejected' || event.type === 'disposed' || event.type === 'feedback-given';
  const text = event.type === 'status-updated' ? event.text : isNote ? event.notes : '';
  return (text ?? '').toLowerCase().split(/\s/).filter(Boolean).join(' ');
}

/** A touch that was logged by mistake, or came back, was none. */
function withoutTakenBack(events: Events): Events {
  const taken = events.flatMap((event) => ('touch' in event ? [event.touch] : []));
  return events.filter(({ seq }) => !taken.includes(seq));
}

/** What people did in `[from, to)`, by whoever held the lead just before. */
export function plainDeeds(leads: readonly ToldLead[], from: number, to: number): Counts {
  const counts: Counts = {};
  const isIn = ({ at }: LeadEvent) => at >= from && at < to;
  const stories = leads.map(({ events }) => withoutTakenBack(events)).filter((events) => !isTest(events));
  const written = stories.flatMap((events) => events.filter((event) => isIn(event) && textOf(event) !== ''));
  for (const events of stories) {
    let owner = 'none';
    for (const [index, event] of events.entries()) {
      if (isIn(event)) countDeed(counts, events.slice(0, index), event, owner, written);
      if (event.type === 'handed-off' || event.type === 'owner-changed' || event.type === 'woken')
        owner = event.holder.owner ?? 'none';
    }
  }
  return counts;
}

function countDeed(counts: Counts, past: Events, event: LeadEvent, owner: string, written: Events): void {
  if (isHuman(event)) {
    add(counts, owner, 'touches');
    add(counts, owner, 'logged-late', event.at - event.occurredAt > 900_000);
    add(counts, owner, 'by-others', owner !== 'none' && event.by !== owner);
  }
  if (event.type === 'accepted') {
    add(counts, owner, 'acceptances');
    add(counts, owner, 'by-implication', event.byImplication);
  }
  if (event.type === 'rejected') add(counts, owner, 'rejections');
  if (event.type === 'status-updated') {
    const cycle = past.filter((one) => one.cycle === event.cycle);
    const since = cycle.slice(cycle.findLastIndex(({ type }) => type === 'status-updated') + 1);
    add(counts, owner, 'statuses');
    add(counts, owner, 'without-touch', !since.some(isHuman));
  }
  if (event.type === 'owner-changed' && event.cause === 'command') add(counts, owner, 'moves');
  if (event.type === 'tier-acknowledged') add(counts, owner, 'acknowledgements');
  const text = textOf(event);
  if (text === '') return;
  add(counts, owner, 'notes');
  const same = written.filter((one) => one.by === event.by && textOf(one) === text);
  add(counts, owner, 'identical-notes', same.length > 1);
}

/** MQLs handed off in `[from, to)`, by source: how many, in high priority, and handed off in the last days of a month. */
export function plainSources(leads: readonly ToldLead[], from: number, to: number, lastDays: number): Counts {
  const counts: Counts = {};
  for (const { events } of leads) {
    const [origin] = events;
    if (origin?.type !== 'handed-off' || isTest(events) || origin.at < from || origin.at >= to) continue;
    const source = origin.source ?? 'none';
    add(counts, source, 'mqls');
    add(counts, source, 'high', origin.priority === 'high');
    add(counts, source, 'month-end', origin.at >= lastDays);
  }
  return counts;
}
