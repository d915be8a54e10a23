import type { Attribution } from '../agreement/index.js';
import {
  standingOf,
  type AccountTouch,
  type Money,
  type OpportunityWord,
  type PostedOpportunity,
} from '../attribution/index.js';
import type { Instant } from '../business-time/index.js';
import type { OpportunityStatus } from '../lifecycle/commands.js';
import type { Contribution } from './contribution.js';

/** An opportunity by its CRM id, with all that is known of it. */
export interface Opportunity {
  readonly crmId: string;
  readonly account: string;
  /** Null: no lead led to it. */
  readonly origin: Contribution | null;
  /** The name of the agreement whose pipeline it is. */
  readonly agreement: string;
  readonly status: OpportunityStatus;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly amount: Money | null;
}

/** An opportunity of a lead that nobody has named. */
const unnamed = (leadId: string): string => `lead:${leadId}`;

/** All opportunities that leads and the CRM tell of, joined by their ids; what test leads tell counts nowhere. */
export function opportunitiesOf(
  contributions: readonly Contribution[],
  posted: readonly PostedOpportunity[],
): readonly Opportunity[] {
  const leads = new Map(contributions.map((contribution) => [contribution.lead.leadId, contribution]));
  const ledgers = new Map<string, OpportunityWord[]>();
  for (const { lead, opportunities } of contributions.filter((one) => !one.lead.isTest)) {
    for (const { crmId, ...word } of opportunities) {
      const name = crmId ?? unnamed(lead.leadId);
      ledgers.set(name, [...(ledgers.get(name) ?? []), { ...word, leadId: lead.leadId }]);
    }
  }
  const byId = new Map(posted.map((one) => [one.crmId, one]));
  const names = new Set([...ledgers.keys(), ...byId.keys()]);
  return [...names]
    .map((crmId) => joined(crmId, byId.get(crmId), ledgers.get(crmId) ?? [], leads))
    .filter(({ origin }) => origin?.lead.isTest !== true);
}

function joined(
  crmId: string,
  posted: PostedOpportunity | undefined,
  words: readonly OpportunityWord[],
  leads: ReadonlyMap<string, Contribution>,
): Opportunity {
  const { leadId, status, openedAt, closedAt, amount } = standingOf(posted, words);
  const origin = leadId === null ? null : (leads.get(leadId) ?? null);
  return {
    crmId,
    account: posted?.account ?? origin?.account ?? unnamed(leadId ?? ''),
    origin,
    agreement: origin?.lead.agreement.name ?? posted?.agreement ?? '',
    status,
    openedAt,
    closedAt,
    amount,
  };
}

/** The touches of accounts, and those of leads, by which an opportunity is credited. */
export class AccountTouches {
  readonly #byAccount = new Map<string, AccountTouch[]>();
  readonly #byLead = new Map<string, readonly AccountTouch[]>();

  constructor(
    contributions: readonly Contribution[],
    posted: readonly PostedOpportunity[],
    opportunities: readonly Opportunity[],
    private readonly attribution: Attribution,
  ) {
    for (const { lead, account, touches } of contributions.filter((one) => !one.lead.isTest)) {
      const own = touches.flatMap(({ kind, counts, at, name }): AccountTouch[] =>
        counts ? [{ at, name, contact: lead.leadId, side: kind === 'act' ? 'marketing' : 'sales' }] : [],
      );
      this.#byLead.set(lead.leadId, this.#add(account, own));
    }
    const accounts = new Map(opportunities.map(({ crmId, account }) => [crmId, account]));
    for (const { crmId, touches } of posted) this.#add(accounts.get(crmId) ?? '', touches);
  }

  /** Those of any contact of its account, and of the lead that led to it. */
  of({ account, origin }: Opportunity): readonly AccountTouch[] {
    const ofAccount = this.#byAccount.get(account) ?? [];
    if (origin === null || origin.account === account) return ofAccount;
    return [...ofAccount, ...(this.#byLead.get(origin.lead.leadId) ?? [])];
  }

  /** A touch by marketing is one by a name that the agreement lists. */
  #add(account: string, touches: readonly AccountTouch[]): readonly AccountTouch[] {
    const counted = touches.filter(({ side, name }) => side === 'sales' || this.attribution.marketing.includes(name));
    const known = this.#byAccount.get(account) ?? [];
    known.push(...counted);
    this.#byAccount.set(account, known);
    return counted;
  }
}
