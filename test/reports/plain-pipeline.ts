// Here lives what pipeline credit means, said as plainly and slowly as possible, straight from the events of each lead and
// from what the CRM said. It shares nothing with the two ways in which the product counts.
import type { PostedOpportunity } from '../../src/domain/attribution/index.js';
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import { agreement } from '../db/journeys.js';
import { humanTouches } from './plain-figures.js';
import type { ToldLead } from './quarter.js';

const DAY_MS = 86_400_000;
const MARKETING = ['webinar', 'content-download', 'pricing-page-visit', 'demo-request', 'event', 'advertising'];

type Origin = Extract<LeadEvent, { readonly type: 'handed-off' | 'excluded' }>;

export interface PlainOpportunity {
  readonly id: string;
  readonly lead: ToldLead | undefined;
  readonly agreement: string;
  readonly account: string;
  readonly opened: number;
  readonly closed: number | null;
  readonly status: string;
  readonly minor: number | null;
  readonly currency: string | null;
}

const originOf = ({ events }: ToldLead): Origin => events[0] as Origin;
const isTest = (lead: ToldLead): boolean => originOf(lead).fields['test'] === true;

/** The domain of the mail, the company for public ones, the named account before both. */
function accountOf(lead: ToldLead): string {
  const { account, email, company } = originOf(lead).fields as Record<string, string>;
  if (account) return account.toLowerCase();
  const domain = email!.trim().toLowerCase().split('@')[1]!;
  if (domain !== 'gmail.com') return domain;
  const isNamed = company !== undefined && !['', 'n/a', 'unknown', 'test', '-'].includes(company.toLowerCase());
  return isNamed ? company.toLowerCase() : `lead:${lead.leadId}`;
}

export function groupsOf<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, groups.get(key) ?? []);
    groups.get(key)!.push(item);
  }
  return groups;
}

interface Word {
  readonly id: string;
  readonly lead: ToldLead | undefined;
  readonly opened: number;
  readonly closed: number | null;
  readonly status: string;
  readonly minor: number | null;
  readonly currency: string | null;
  readonly said: number;
  readonly posted?: PostedOpportunity;
}

/** Each lead of the quarter speaks of one opportunity at most. */
function wordOf(lead: ToldLead): Word[] {
  const updates = lead.events.filter((event) => event.type === 'opportunity-updated');
  const last = updates.at(-1);
  if (isTest(lead) || last === undefined) return [];
  const id = updates.find(({ crmId }) => crmId !== undefined)?.crmId ?? `lead:${lead.leadId}`;
  const closing = updates.find((_, index) => updates.slice(index).every(({ status }) => status === last.status));
  const isClosed = last.status !== 'open';
  const known = isClosed ? updates.filter(({ at }) => at <= closing!.at) : updates;
  const amount = known.findLast((one) => one.amount !== undefined)?.amount?.split(' ');
  return [
    {
      id,
      lead,
      opened: (updates.find(({ status }) => status === 'open') ?? updates[0]!).at,
      closed: isClosed ? closing!.at : null,
      status: last.status,
      minor: amount ? Number(amount[0]) * 100 : null,
      currency: amount?.[1] ?? null,
      said: last.at,
    },
  ];
}

export function plainOpportunities(
  leads: readonly ToldLead[],
  posted: readonly PostedOpportunity[],
): readonly PlainOpportunity[] {
  const words: Word[] = leads.flatMap(wordOf);
  const byId = new Map(leads.map((lead) => [lead.leadId, lead]));
  for (const one of posted) {
    words.push({
      id: one.crmId,
      lead: one.leadId === null ? undefined : byId.get(one.leadId),
      opened: one.openedAt,
      closed: one.closedAt,
      status: one.status,
      minor: one.amount?.minor ?? null,
      currency: one.amount?.currency ?? null,
      said: one.saidAt,
      posted: one,
    });
  }
  return [...groupsOf(words, ({ id }) => id)].flatMap(([id, mine]) => {
    const crm = mine.find((word) => word.posted !== undefined);
    const lastFirst = [...mine].sort(
      (a, b) => b.said - a.said || Number(b === crm) - Number(a === crm) || (a.lead!.leadId < b.lead!.leadId ? -1 : 1),
    );
    const firstOpened = mine
      .filter((word) => word !== crm)
      .sort((a, b) => a.opened - b.opened || (a.lead!.leadId < b.lead!.leadId ? -1 : 1))[0];
    const lead = crm?.lead ?? firstOpened?.lead;
    if (lead !== undefined && isTest(lead)) return [];
    const paid = lastFirst.find(({ minor }) => minor !== null);
    return [
      {
        id,
        lead,
        agreement: lead === undefined ? crm!.posted!.agreement : agreement.name,
        account: crm?.posted?.account ?? accountOf(lead!),
        opened: Math.min(...mine.map(({ opened }) => opened)),
        closed: lastFirst[0]!.closed,
        status: lastFirst[0]!.status,
        minor: paid?.minor ?? null,
        currency: paid?.currency ?? null,
      },
    ];
  });
}

interface Touch {
  readonly at: number;
  readonly isMarketing: boolean;
}

function touchesOfLead(lead: ToldLead): Touch[] {
  const origin = originOf(lead);
  const sources = [origin.source, origin.fields['source']].filter((name) => MARKETING.includes(String(name)));
  const signals = lead.events.flatMap((event) => (event.type === 'signalled' ? [event.signal] : []));
  const acts = [...origin.signals, ...signals].filter(({ action }) => MARKETING.includes(String(action)));
  return [
    ...sources.map(() => ({ at: origin.qualifiedAt ?? origin.at, isMarketing: true })),
    ...acts.map(({ at }) => ({ at, isMarketing: true })),
    ...humanTouches(lead.events).map(({ touchedAt }) => ({ at: touchedAt, isMarketing: false })),
  ];
}

export type PlainCredit = 'marketing-sourced' | 'sales-sourced' | 'sales-first';
export type Credited = PlainOpportunity & { readonly credit: PlainCredit; readonly isInfluenced: boolean };

/** Every opportunity with its credit: all contacts of its account, half a year back. */
export function plainCredits(
  leads: readonly ToldLead[],
  posted: readonly PostedOpportunity[],
  asOf: number,
): readonly Credited[] {
  const opportunities = plainOpportunities(leads, posted);
  const accounts = new Map(opportunities.map(({ id, account }) => [id, account]));
  const contacts = groupsOf(
    leads.filter((lead) => !isTest(lead)),
    accountOf,
  );
  const touchesOf = new Map(leads.map((lead) => [lead, touchesOfLead(lead)]));
  const deals = groupsOf(posted, ({ crmId }) => accounts.get(crmId));
  return opportunities.map((opportunity) => {
    const { account, lead } = opportunity;
    const touches = [
      ...[...new Set([...(contacts.get(account) ?? []), ...(lead ? [lead] : [])])].flatMap((one) =>
        touchesOf.get(one)!,
      ),
      ...(deals.get(account) ?? [])
        .flatMap((one) => one.touches)
        .filter(({ side, name }) => side === 'sales' || MARKETING.includes(name))
        .map(({ at, side }) => ({ at, isMarketing: side === 'marketing' })),
    ].filter(({ at }) => at >= opportunity.opened - 180 * DAY_MS);
    const before = touches.filter(({ at }) => at < opportunity.opened);
    const marketing = Math.min(...before.filter(({ isMarketing }) => isMarketing).map(({ at }) => at));
    const sales = Math.min(...before.filter(({ isMarketing }) => !isMarketing).map(({ at }) => at));
    const credit = marketing === Infinity ? 'sales-sourced' : marketing <= sales ? 'marketing-sourced' : 'sales-first';
    const isInfluenced = touches.some(({ at, isMarketing }) => isMarketing && at < (opportunity.closed ?? asOf));
    return { ...opportunity, credit, isInfluenced };
  });
}

export interface PlainCost {
  readonly month: string;
  readonly source: string;
  readonly marketingMinor: number | null;
  readonly salesMinor: number | null;
}

/** What a period cost and what came of it, of one source or of all. */
export function plainCosts(
  leads: readonly ToldLead[],
  opportunities: readonly PlainOpportunity[],
  entries: readonly PlainCost[],
  { from, to, months, source }: { from: number; to: number; months: readonly string[]; source?: string },
) {
  const isIn = (at: number | undefined) => at !== undefined && at >= from && at < to;
  const sourceOf = (lead: ToldLead | undefined) => (lead && originOf(lead).source) ?? 'none';
  const mine = leads.filter((lead) => !isTest(lead) && (source === undefined || sourceOf(lead) === source));
  const won = opportunities.filter((one) => one.status === 'won' && one.agreement === agreement.name);
  const customers = [...new Set(won.map(({ account }) => account))].filter((account) => {
    const [first] = won
      .filter((one) => one.account === account)
      .sort((a, b) => a.closed! - b.closed! || (a.id < b.id ? -1 : 1));
    return isIn(first!.closed!) && (source === undefined || sourceOf(first!.lead) === source);
  });
  const sumOf = (of: 'marketingMinor' | 'salesMinor') => {
    let sum = 0;
    for (const month of months) {
      const booked = entries.filter((one) => one.month === month && (source === undefined || one.source === source));
      const known = booked.filter((one) => one[of] !== null);
      if (known.length === 0) return null;
      for (const one of known) sum += one[of]!;
    }
    return months.length === 0 ? null : sum;
  };
  const handedOver = mine.filter((lead) => isIn(originOf(lead).at));
  return {
    marketingMinor: sumOf('marketingMinor'),
    salesMinor: sumOf('salesMinor'),
    leads: handedOver.length,
    mqls: handedOver.filter((lead) => originOf(lead).type === 'handed-off').length,
    salesQualified: mine.filter(({ events }) =>
      isIn(events.find((event) => event.type === 'closed' && event.stage === 'sales-qualified')?.at),
    ).length,
    customers: customers.length,
  };
}
