// Here lives how much everybody has to do, said as plainly and slowly as possible, straight from the events of each lead.
// It shares nothing with the two ways in which the product counts.
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import type { ToldLead } from './quarter.js';

type Events = readonly LeadEvent[];
type Of<T extends LeadEvent['type']> = Extract<LeadEvent, { readonly type: T }>;

const isTest = ([origin]: Events): boolean => (origin as Of<'handed-off' | 'excluded'>).fields['test'] === true;

const isGift = (event: LeadEvent): event is Of<'handed-off' | 'owner-changed' | 'woken'> =>
  event.type === 'handed-off' || event.type === 'owner-changed' || event.type === 'woken';

const ownerOf = (gift: Of<'handed-off' | 'owner-changed' | 'woken'> | undefined): string =>
  gift?.holder.owner ?? 'none';

/** In `mql` or `sal`: nothing has closed it since it began or was reopened. */
const isOpen = (events: Events): boolean => {
  const last = events.findLast(({ type }) =>
    ['handed-off', 'excluded', 'accepted', 'closed', 'woken', 'reopened', 'opportunity-updated'].includes(type),
  )!;
  return ['handed-off', 'accepted', 'woken', 'reopened'].includes(last.type);
};

/** Every clock of sales as its last word leaves it: when it is due, and what has been said of it. */
function salesClocks(events: Events) {
  return events
    .filter((event): event is Of<'clock-started'> => event.type === 'clock-started' && event.party === 'sales')
    .map((started) => {
      const words = events.filter(
        (event) =>
          'clockCycle' in event &&
          event.clock === started.clock &&
          event.n === started.n &&
          event.clockCycle === started.clockCycle,
      );
      const planned = words.filter((event) => 'plan' in event);
      const plan = (planned.at(-1) as Of<'clock-started'>).plan;
      const reopened = words.findLastIndex(({ type }) => type === 'clock-reopened');
      const since = words.slice(reopened + 1).map(({ type }) => type);
      const ended = ['clock-met', 'clock-completed-late', 'clock-cancelled', 'clock-corrected'];
      const isEnded = since.some((type) => ended.includes(type));
      const isBreached = words.some(({ type }) => type === 'clock-breached');
      return { dueAt: plan?.dueAt, isEnded, isBreached };
    });
}

/** Whether somebody or a dispute has stopped its clocks. */
function isResting(events: Events): boolean {
  const at = (type: LeadEvent['type']): number => events.findLast((event) => event.type === type)?.seq ?? 0;
  const isPaused = at('paused') > Math.max(at('pause-ended'), at('woken'));
  return isPaused || at('dispute-opened') > Math.max(at('dispute-resolved'), at('woken'));
}

/** `rep-east-1/open` → how many, by whoever has the lead, or had it when it happened. */
export function plainWorkload(
  leads: readonly ToldLead[],
  from: number,
  to: number,
  asOf: number,
): Record<string, number> {
  const counts: Record<string, number> = {};
  const add = (owner: string, what: string): void => {
    counts[`${owner}/${what}`] = (counts[`${owner}/${what}`] ?? 0) + 1;
  };
  const isIn = ({ at }: LeadEvent): boolean => at >= from && at < to;
  for (const { events } of leads) {
    if (isTest(events)) continue;
    const holder = ownerOf(events.findLast(isGift));
    const clocks = salesClocks(events);
    if (isOpen(events)) {
      add(holder, 'open');
      if (isResting(events)) add(holder, 'resting');
      if (clocks.some(({ isBreached, isEnded }) => isBreached && !isEnded)) add(holder, 'overdue');
    }
    for (const { dueAt, isBreached, isEnded } of clocks) {
      // While a lead rests, its clocks have no due instant.
      if (isBreached || isEnded || dueAt === undefined || isResting(events)) continue;
      if (dueAt >= asOf && dueAt < asOf + 24 * 3_600_000) add(holder, 'dueSoon');
    }
    for (const gift of events.filter(isGift).filter(isIn)) add(ownerOf(gift), 'given');
    for (const event of events.filter(isIn)) {
      const heldBy = ownerOf(events.findLast((gift) => isGift(gift) && gift.seq < event.seq) as Of<'handed-off'>);
      if (event.type === 'touched') {
        const isHuman = event.origin === 'human' && !['bounced', 'wrong-number'].includes(event.outcome);
        const isGone = events.some((other) => 'touch' in other && other.touch === event.seq);
        if (isHuman && !isGone) add(heldBy, 'touches');
      }
      if (event.type === 'rejected' || event.type === 'disposed') {
        const isSlip = events.some(
          (other) => other.type === 'reopened' && other.cycle === event.cycle && other.seq > event.seq,
        );
        if (!isSlip) add(heldBy, 'decided');
      }
    }
  }
  return counts;
}
