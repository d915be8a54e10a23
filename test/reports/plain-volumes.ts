// Here lives what volumes, sales cycles and times per stage mean, said as plainly and slowly as possible, straight from
// the events of each lead; as in plain-figures.ts, nothing of how the product counts is shared.
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import { humanTouches } from './plain-figures.js';
import type { ToldLead } from './quarter.js';

const DAY_MS = 86_400_000;

type Events = readonly LeadEvent[];

/** Handed over and no test, below the criteria or not. */
const inquiriesIn = (leads: readonly ToldLead[]): readonly Events[] =>
  leads
    .map(({ events }) => events)
    .filter(([first]) => 'fields' in first! && (first as { fields: Record<string, unknown> }).fields['test'] !== true);

const isTaken = ([first]: Events): boolean => first!.type === 'handed-off';
const isUpheld = (events: Events): boolean =>
  events.some((event) => event.type === 'dispute-resolved' && event.decision === 'upheld');
const isAnsweredOrOver = (events: Events): boolean =>
  events.some(
    (event) =>
      ['clock-met', 'clock-breached', 'clock-cancelled'].includes(event.type) &&
      'clock' in event &&
      event.clock === 'first-response',
  );
const isWorked = (events: Events): boolean =>
  humanTouches(events).length > 0 || events.some((event) => event.type === 'rejected' && (event.notes ?? '') !== '');

export function plainVolume(leads: readonly ToldLead[], from: number, to: number) {
  const isIn = (at: number): boolean => at >= from && at < to;
  const inquiries = inquiriesIn(leads).filter((events) => isIn(events[0]!.at));
  const gross = inquiries.filter(isTaken);
  const net = gross.filter((events) => !isUpheld(events));
  const workable = net.filter(isAnsweredOrOver);
  return {
    inquiries: inquiries.length,
    gross: gross.length,
    net: net.length,
    reEntered: inquiriesIn(leads)
      .flat()
      .filter((event) => event.type === 'woken' && isIn(event.at)).length,
    worked: workable.filter(isWorked).length,
    workable: workable.length,
  };
}

/** The instants of a lead's firsts. */
function firstsOf(events: Events) {
  const at = (isOne: (event: LeadEvent) => boolean): number | undefined => events.find(isOne)?.at;
  const accepted = events.find((event) => event.type === 'accepted');
  const opportunities = events.filter((event) => event.type === 'opportunity-updated');
  const last = opportunities.at(-1);
  return {
    mql: isTaken(events) ? events[0]!.at : undefined,
    sal: accepted?.type === 'accepted' ? accepted.acceptedAt : undefined,
    qualified: at((event) => event.type === 'closed' && event.stage === 'sales-qualified'),
    opportunity: opportunities.find((event) => event.type === 'opportunity-updated' && event.status !== 'won')?.at,
    won: opportunities.find((event) => event.type === 'opportunity-updated' && event.status === 'won')?.at,
    lost: last?.type === 'opportunity-updated' && last.status === 'lost' ? last.at : undefined,
  };
}

/** All times, ascending. */
const between = (
  firsts: readonly ReturnType<typeof firstsOf>[],
  begun: keyof ReturnType<typeof firstsOf>,
  ended: keyof ReturnType<typeof firstsOf>,
): number[] =>
  firsts
    .filter((first) => first[begun] !== undefined && first[ended] !== undefined)
    .map((first) => first[ended]! - first[begun]!)
    .sort((a, b) => a - b);

/** Count, sum, and the values at the half and at nine tenths. */
export const plainSpread = (ascending: readonly number[]) => ({
  count: ascending.length,
  sumMs: ascending.reduce((sum, ms) => sum + ms, 0),
  medianMs: ascending[Math.ceil(ascending.length * 0.5) - 1] ?? null,
  p90Ms: ascending[Math.ceil(ascending.length * 0.9) - 1] ?? null,
});

export function plainSalesCycle(leads: readonly ToldLead[], from: number, to: number) {
  const isIn = (at: number | undefined): boolean => at !== undefined && at >= from && at < to;
  const firsts = inquiriesIn(leads).map(firstsOf);
  const won = firsts.filter((first) => isIn(first.won));
  const lost = firsts.filter((first) => isIn(first.lost));
  return {
    won: plainSpread(between(won, 'qualified', 'won')),
    leadToWin: plainSpread(between(won, 'mql', 'won')),
    lost: plainSpread(between(lost, 'qualified', 'lost')),
  };
}

const steps = {
  'mql-to-sal': ['mql', 'sal', 14],
  'sal-to-sales-qualified': ['sal', 'qualified', 90],
  'sales-qualified-to-opportunity': ['qualified', 'opportunity', 30],
  'opportunity-to-customer': ['opportunity', 'won', 180],
} as const;

export function plainStageTimes(leads: readonly ToldLead[], from: number, to: number) {
  const firsts = inquiriesIn(leads).map(firstsOf);
  return Object.fromEntries(
    Object.entries(steps).map(([step, [begun, ended, days]]) => {
      const begunThen = firsts.filter(
        (first) => first[begun] !== undefined && first[begun] >= from && first[begun] < to,
      );
      const times = between(begunThen, begun, ended).filter((ms) => ms >= 0 && ms <= days * DAY_MS);
      return [step, plainSpread(times)];
    }),
  );
}
