import type { DurationMs, Instant } from '../business-time/index.js';
import type { Contribution } from './contribution.js';
import { groupOfLead, passesFilter } from './grouping.js';
import type { LeadFacts } from './lead-facts.js';
import { ALL, type Asked } from './share-tally.js';
import { spreadOf, type Spread } from './spread.js';

/** How long selling took (spec/reports.md, sales cycle): deals of leads, by the period in which they ended. */
export interface SalesCycleTally {
  /** From the first sales-qualified to the first won. */
  readonly won: Spread;
  /** From the hand-off to the first won. */
  readonly leadToWin: Spread;
  /** From the first sales-qualified to lost, of leads whose opportunity is lost; in neither of the above. */
  readonly lost: Spread;
}

/** Measures the deals of leads that are known in full, by group; groups without a deal are left out. */
export function tallySalesCycle(
  contributions: readonly Contribution[],
  { from, to, filter, by }: Asked,
): Readonly<Record<string, SalesCycleTally>> {
  const isIn = (at: Instant | null): boolean => at !== null && at >= from && at < to;
  const groups: Record<string, LeadFacts[]> = {};
  for (const { lead } of contributions) {
    if (lead.isTest || !passesFilter(filter, lead) || !(isIn(lead.wonAt) || isIn(lead.lostAt))) continue;
    (groups[by === undefined ? ALL : groupOfLead(by, lead)] ??= []).push(lead);
  }
  return Object.fromEntries(
    Object.entries(groups).map(([group, leads]) => {
      const won = leads.filter(({ wonAt }) => isIn(wonAt));
      const lost = leads.filter(({ lostAt }) => isIn(lostAt));
      return [
        group,
        {
          won: spreadBetween(won, salesQualified, ({ wonAt }) => wonAt),
          leadToWin: spreadBetween(
            won,
            ({ handedOffAt }) => handedOffAt,
            ({ wonAt }) => wonAt,
          ),
          lost: spreadBetween(lost, salesQualified, ({ lostAt }) => lostAt),
        },
      ];
    }),
  );
}

type At = (lead: LeadFacts) => Instant | null;
const salesQualified: At = ({ salesQualifiedAt }) => salesQualifiedAt;

/** A lead without one of the two instants has no time to tell. */
const spreadBetween = (leads: readonly LeadFacts[], from: At, to: At): Spread =>
  spreadOf(
    leads.flatMap((lead): DurationMs[] => {
      const [begun, ended] = [from(lead), to(lead)];
      return begun === null || ended === null ? [] : [ended - begun];
    }),
  );
