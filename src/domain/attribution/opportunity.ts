import type { Instant } from '../business-time/index.js';
import type { OpportunityStatus } from '../lifecycle/commands.js';
import type { AccountTouch } from './credit.js';
import type { Money } from './money.js';

/** What was said of an opportunity by one who knows of it: the CRM, or the ledger of a lead. */
export interface OpportunityWord {
  readonly status: OpportunityStatus;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly amount: Money | null;
  readonly saidAt: Instant;
  /** Null: no lead led to it, as far as the CRM knows. */
  readonly leadId: string | null;
}

/** The last word of the CRM. */
export interface PostedOpportunity extends OpportunityWord {
  readonly crmId: string;
  readonly agreement: string;
  /** Null: the lead's. */
  readonly account: string | null;
  readonly touches: readonly AccountTouch[];
}

/** What holds of an opportunity of which several speak. */
export type OpportunityStanding = Omit<OpportunityWord, 'saidAt'>;

/**
 * Status and closing are as was said last, by the CRM of two at the same instant; the amount is the last that was said.
 * It opened at the earliest of all openings. Its lead is the CRM's; else, of several, the one that opened first.
 */
export function standingOf(
  posted: PostedOpportunity | undefined,
  ledgers: readonly OpportunityWord[],
): OpportunityStanding {
  const words = [...(posted === undefined ? [] : [posted]), ...ledgers.toSorted(byLead)];
  const lastFirst = words.toSorted((a, b) => b.saidAt - a.saidAt);
  const last = lastFirst[0]!;
  const origin = ledgers.toSorted((a, b) => a.openedAt - b.openedAt || byLead(a, b))[0];
  return {
    status: last.status,
    closedAt: last.closedAt,
    openedAt: Math.min(...words.map(({ openedAt }) => openedAt)),
    amount: lastFirst.find(({ amount }) => amount !== null)?.amount ?? null,
    leadId: posted?.leadId ?? origin?.leadId ?? null,
  };
}

const byLead = ({ leadId: a }: OpportunityWord, { leadId: b }: OpportunityWord): number =>
  (a ?? '') < (b ?? '') ? -1 : 1;
