import { parseMoney, type Money } from '../attribution/index.js';
import type { Instant } from '../business-time/index.js';
import type { OpportunityStatus } from '../lifecycle/commands.js';
import type { EventOf, LeadEvent } from '../lifecycle/events.js';

/** One opportunity of a lead, as its events tell it. */
export interface OpportunityFacts {
  /** From 1, in the order in which the lead's story first speaks of them. */
  readonly n: number;
  /** Null: nobody has named it yet. */
  readonly crmId: string | null;
  readonly status: OpportunityStatus;
  /** First told to be open; one that never was, when it was first told of. */
  readonly openedAt: Instant;
  /** Since when it is won or lost; null: it is open. */
  readonly closedAt: Instant | null;
  /** The latest that was said; of a closed one, up to its closing. Null: none was said, or none that can be added up. */
  readonly amount: Money | null;
  /** When something was last said of it. */
  readonly saidAt: Instant;
}

/** While its story is read: what else must be known to go on. */
interface Reading extends OpportunityFacts {
  readonly wasOpen: boolean;
}

type Update = EventOf<'opportunity-updated'>;

/** A lead's opportunities. An update without a CRM id speaks of the one that was spoken of last. */
export function opportunityFacts(events: readonly LeadEvent[]): readonly OpportunityFacts[] {
  const known: Reading[] = [];
  let last = -1;
  for (const event of events) {
    if (event.type !== 'opportunity-updated') continue;
    last = indexOf(known, last, event.crmId);
    known[last] = updated(known[last] ?? begun(known.length + 1, event), event);
  }
  return known.map(({ wasOpen: _wasOpen, ...facts }) => facts);
}

/** Which one an update speaks of; one that has no name yet gets the first that is said. */
function indexOf(known: readonly Reading[], last: number, crmId: string | undefined): number {
  if (crmId === undefined) return Math.max(0, last);
  const named = known.findIndex((one) => one.crmId === crmId);
  if (named >= 0) return named;
  return known[last]?.crmId === null ? last : known.length;
}

const begun = (n: number, { status, at }: Update): Reading => ({
  n,
  crmId: null,
  status,
  openedAt: at,
  closedAt: status === 'open' ? null : at,
  amount: null,
  saidAt: at,
  wasOpen: false,
});

function updated(facts: Reading, { at, status, amount, crmId }: Update): Reading {
  const isSameClosing = status !== 'open' && status === facts.status && facts.closedAt !== at;
  const said = amount === undefined || isSameClosing ? facts.amount : (parseMoney(amount) ?? null);
  return {
    ...facts,
    status,
    crmId: crmId ?? facts.crmId,
    openedAt: status === 'open' && !facts.wasOpen ? at : facts.openedAt,
    closedAt: closedAtBy(facts, status, at),
    amount: said,
    saidAt: at,
    wasOpen: facts.wasOpen || status === 'open',
  };
}

function closedAtBy(facts: Reading, status: OpportunityStatus, at: Instant): Instant | null {
  if (status === 'open') return null;
  return status === facts.status ? facts.closedAt : at;
}
