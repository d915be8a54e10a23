// Here lives what lateness cost, said as plainly and slowly as possible, straight from the events of each lead; leads are
// drawn again one by one. It shares nothing with the two ways in which the product counts.
import type { PostedOpportunity } from '../../src/domain/attribution/index.js';
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import { leadRecord } from '../../src/domain/lifecycle/record.js';
import { groupsOf, plainOpportunities } from './plain-pipeline.js';
import { chanceOf, type ToldLead } from './quarter.js';

const DAY_MS = 86_400_000;

type Origin = Extract<LeadEvent, { readonly type: 'handed-off' }>;

export interface PlainLead {
  readonly stratum: string;
  readonly side: 'in-time' | 'late';
  readonly isQualified: boolean;
  /** Of all its opportunities, in hundredths. */
  readonly minor: number;
}

/** Leads of `[from, to)` with a verdict on their first response and no upheld dispute. */
export function plainLateLeads(
  leads: readonly ToldLead[],
  posted: readonly PostedOpportunity[],
  { from, to, currency }: { readonly from: number; readonly to: number; readonly currency: string },
): readonly PlainLead[] {
  const known = plainOpportunities(leads, posted).filter((one) => one.currency === currency);
  const opportunities = groupsOf(known, ({ lead }) => lead);
  return leads.flatMap((lead) => {
    const { events } = lead;
    const origin = events[0]! as Origin;
    if ((origin.type as string) !== 'handed-off' || origin.fields['test'] === true) return [];
    if (origin.at < from || origin.at >= to) return [];
    if (events.some((event) => event.type === 'dispute-resolved' && event.decision === 'upheld')) return [];
    const answer = leadRecord(events).clocks.find(
      ({ clock, cycle, n }) => clock === 'first-response' && cycle === 1 && n === 1,
    );
    if (answer?.verdict !== 'met' && answer?.verdict !== 'breached') return [];
    const qualified = events.find((event) => event.type === 'closed' && event.stage === 'sales-qualified');
    const mine = opportunities.get(lead) ?? [];
    return [
      {
        stratum: [origin.segment ?? 'none', origin.priority, origin.source ?? 'none'].join('/'),
        side: answer.verdict === 'met' ? ('in-time' as const) : ('late' as const),
        isQualified: qualified !== undefined && qualified.at <= origin.at + 90 * DAY_MS,
        minor: mine.reduce((sum, { minor }) => sum + minor!, 0),
      },
    ];
  });
}

const rate = (leads: readonly PlainLead[]): number =>
  leads.filter(({ isQualified }) => isQualified).length / leads.length;

const sidesOf = (leads: readonly PlainLead[]) => ({
  inTime: leads.filter(({ side }) => side === 'in-time'),
  late: leads.filter(({ side }) => side === 'late'),
});

function costOf(leads: readonly PlainLead[]): number {
  const { inTime, late } = sidesOf(leads);
  const qualified = leads.filter(({ isQualified }) => isQualified);
  if (qualified.length === 0) return 0;
  const worth = qualified.reduce((sum, { minor }) => sum + minor, 0) / qualified.length;
  return late.length * (rate(inTime) - rate(late)) * worth;
}

/** The strata with enough leads on both sides, by name. */
function strataIn(leads: readonly PlainLead[]): readonly (readonly PlainLead[])[] {
  const names = [...new Set(leads.map(({ stratum }) => stratum))].toSorted();
  return names
    .map((name) => leads.filter(({ stratum }) => stratum === name))
    .filter((members) => Object.values(sidesOf(members)).every(({ length }) => length >= 30));
}

/** `enterprise/high/webinar` → what lateness cost there. */
export const plainCosts = (leads: readonly PlainLead[]): Readonly<Record<string, number>> =>
  Object.fromEntries(strataIn(leads).map((members) => [members[0]!.stratum, costOf(members)]));

/** Between which sums 95 % lie of those that leads drawn one by one give, by a chance of its own. */
export function plainInterval(leads: readonly PlainLead[], drawCount: number): readonly [low: number, high: number] {
  const chance = chanceOf(77);
  const again = (members: readonly PlainLead[]) => members.map(() => members[Math.floor(chance() * members.length)]!);
  const sums = Array.from({ length: drawCount }, () => {
    const costs = strataIn(leads).map((members) => {
      const { inTime, late } = sidesOf(members);
      return costOf([...again(inTime), ...again(late)]);
    });
    return costs.reduce((sum, cost) => sum + cost, 0);
  }).toSorted((a, b) => a - b);
  return [sums[Math.ceil(drawCount * 0.025) - 1]!, sums[Math.ceil(drawCount * 0.975) - 1]!];
}
