// Here lives what every figure means, said as plainly and slowly as possible, straight from the events of each lead. It
// shares nothing with the two ways in which the product counts: this is what they are measured against.
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import type { ToldLead } from './quarter.js';

const DAY_MS = 86_400_000;

export interface PlainShare {
  readonly numerator: number;
  readonly denominator: number;
}

type Events = readonly LeadEvent[];
type Of<T extends LeadEvent['type']> = Extract<LeadEvent, { readonly type: T }>;

const first = <T extends LeadEvent['type']>(events: Events, type: T, isOne: (event: Of<T>) => boolean = () => true) =>
  events.find((event): event is Of<T> => event.type === type && isOne(event as Of<T>));

const all = <T extends LeadEvent['type']>(events: Events, type: T): readonly Of<T>[] =>
  events.filter((event): event is Of<T> => event.type === type);

const closedInto = (events: Events, stage: string) => first(events, 'closed', (closed) => closed.stage === stage)?.at;
const isUpheld = (events: Events) => events.some((one) => one.type === 'dispute-resolved' && one.decision === 'upheld');
const ofCycle = (events: Events, cycle: number): Events => events.filter((event) => event.cycle === cycle);

/** Leads that count: taken as MQLs, and no tests. */
export const countable = (leads: readonly ToldLead[]): readonly ToldLead[] =>
  leads.filter(({ events }) => {
    const [origin] = events;
    return origin?.type === 'handed-off' && origin.fields['test'] !== true;
  });

const share = <T>(items: readonly T[], isCounted: (item: T) => boolean): PlainShare => ({
  numerator: items.filter(isCounted).length,
  denominator: items.length,
});

/** The shares of leads handed off, decided, woken or moved in `[from, to)`. */
export function plainShares(
  leads: readonly ToldLead[],
  from: number,
  to: number,
): Readonly<Record<string, PlainShare>> {
  const counted = countable(leads);
  const isIn = (at: number | undefined) => at !== undefined && at >= from && at < to;
  const cohort = counted.filter(({ events }) => isIn(events[0]!.at)).map(({ events }) => events);
  const net = cohort.filter((events) => !isUpheld(events));
  const cycles = counted.flatMap(({ events }) => cyclesOf(events));
  return {
    'mql-volume-net': share(cohort, (events) => !isUpheld(events)),
    'mql-to-sales-qualified': share(net, (events) => {
      const at = closedInto(events, 'sales-qualified');
      return at !== undefined && at - events[0]!.at <= 90 * DAY_MS;
    }),
    'decided-rate': share(
      cycles.filter(({ number, outcome }) => number === 1 && isIn(outcome?.at)),
      ({ outcome }) => outcome!.stage === 'sales-qualified',
    ),
    'acceptance-rate': acceptance(cohort),
    'data-completeness': share(cohort, (events) => isComplete(events)),
    'volume-worked': share(
      net.filter((events) => !isUndecided(events, 'first-response')),
      (events) => humanTouches(events).length > 0 || all(events, 'rejected').some(({ notes }) => (notes ?? '') !== ''),
    ),
    'sales-flagged-disqualified': share(cohort, (events) => {
      const last = events.findLast((event) =>
        ['closed', 'woken', 'reopened', 'opportunity-updated'].includes(event.type),
      );
      if (last?.type !== 'closed' || last.stage !== 'disqualified') return false;
      return last.cause === 'rejected' || last.cause === 'disposed' || last.cause === 'dispute-upheld';
    }),
    'recycle-to-sales-qualified': share(
      cycles.filter(({ rested, begun }) => rested === 'recycled' && isIn(begun)),
      ({ begun, qualifiedAt }) => qualifiedAt !== undefined && qualifiedAt - begun <= 90 * DAY_MS,
    ),
    'sales-qualified-to-opportunity': share(
      counted.filter(({ events }) => isIn(closedInto(events, 'sales-qualified'))),
      ({ events }) => {
        const opened = first(events, 'opportunity-updated', ({ status }) => status !== 'won')?.at;
        const qualified = closedInto(events, 'sales-qualified')!;
        return opened !== undefined && opened >= qualified && opened - qualified <= 30 * DAY_MS;
      },
    ),
  };
}

function acceptance(cohort: readonly Events[]): PlainShare {
  const decided = cohort.map((events) => {
    const cycle = ofCycle(events, 1);
    if (isUpheld(cycle)) return 'rejected';
    if (first(cycle, 'rejected')) return 'rejected';
    if (first(cycle, 'accepted')) return 'accepted';
    return first(cycle, 'clock-breached', ({ clock }) => clock === 'acceptance') ? 'breached' : 'undecided';
  });
  const counted = decided.filter((decision) => decision !== 'undecided');
  return share(counted, (decision) => decision === 'accepted');
}

function isComplete(events: Events): boolean {
  const [origin] = events as [Of<'handed-off'>];
  const required = [
    'email',
    'firstName',
    'lastName',
    'company',
    'jobTitle',
    'jobLevel',
    'country',
    'employees',
    'source',
  ];
  return required.every((field) => {
    const value = origin.fields[field];
    return (
      value !== undefined &&
      value !== null &&
      !['', 'n/a', 'unknown', 'test', '-'].includes(String(value).toLowerCase())
    );
  });
}

/** Those that were logged by mistake, or came back, were none. */
export function humanTouches(events: Events) {
  const takenBack = events.flatMap((event) => ('touch' in event ? [event.touch] : []));
  return all(events, 'touched').filter(
    ({ seq, origin, outcome }) =>
      origin === 'human' && outcome !== 'bounced' && outcome !== 'wrong-number' && !takenBack.includes(seq),
  );
}

const isUndecided = (events: Events, name: string): boolean =>
  !events.some(
    (event) =>
      (event.type === 'clock-met' || event.type === 'clock-breached' || event.type === 'clock-cancelled') &&
      event.clock === name &&
      event.clockCycle === 1,
  );

function cyclesOf(events: Events) {
  const count = Math.max(...events.map(({ cycle }) => cycle));
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const cycle = ofCycle(events, number);
    const before = events.findLast((event): event is Of<'closed'> => event.type === 'closed' && event.cycle === index);
    const outcome = first(cycle, 'closed');
    return {
      number,
      begun: cycle[0]!.at,
      rested: number === 1 ? undefined : before?.stage,
      outcome,
      qualifiedAt: closedInto(cycle, 'sales-qualified'),
    };
  });
}

/** Verdicts of one commitment decided in `[from, to)`, after all corrections. */
export function plainCompliance(leads: readonly ToldLead[], name: string, from: number, to: number) {
  let [met, breached] = [0, 0];
  for (const { events } of countable(leads)) {
    const last = new Map<string, LeadEvent>();
    for (const event of events) {
      if (event.type !== 'clock-met' && event.type !== 'clock-breached' && event.type !== 'clock-corrected') continue;
      if (event.clock === name) last.set(`${event.clockCycle}/${event.n}`, event);
    }
    for (const event of last.values()) {
      const at = event.type === 'clock-breached' ? event.dueAt : (event as Of<'clock-met'>).completedAt;
      if (at < from || at >= to) continue;
      if (event.type === 'clock-breached') breached += 1;
      else met += 1;
    }
  }
  return { met, breached };
}
