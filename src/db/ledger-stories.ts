import type { LeadEvent } from '../domain/lifecycle/events.js';
import { consequenceTypes, storyOf } from '../domain/what-if/facts.js';
import type { ClockOutcome, OutcomeVerdict, TierOutcome } from '../domain/what-if/outcome.js';
import type { Queries } from './connections.js';
import type { JudgedLead } from './kept-story.js';

/** A millisecond instant of a column, as a number: half the cost of a timestamp that has to be read again. */
export const msOf = (column: string): string => `round(date_part('epoch', ${column}) * 1000)::bigint`;

/** One row per lead: the facts of its ledger, and what was made of it, as known at an instant. */
const ledgerQuery = `
  SELECT lead.id, lead.seq,
    (SELECT json_agg(json_build_array(seq, type, cycle, ${msOf('at')}, by, command_id, payload) ORDER BY seq)
      FROM lead_event WHERE workspace = $1 AND lead_id = lead.id AND type <> ALL ($4) AND recorded_at <= $3) AS events,
    (SELECT json_agg(json_build_array(clock, n, cycle, verdict, cardinality(warned)))
      FROM sla_clock WHERE workspace = $1 AND lead_id = lead.id AND recorded_at <= $3
        AND (superseded_at IS NULL OR superseded_at > $3)) AS clocks,
    (SELECT json_agg(json_build_array(clock, tier, cardinality(recipients), coalesce(reassigned, false)) ORDER BY seq)
      FROM escalation WHERE workspace = $1 AND lead_id = lead.id AND recorded_at <= $3) AS tiers
  FROM lead WHERE workspace = $1 AND id = ANY ($2) ORDER BY id`;

interface LedgerRow {
  readonly id: string;
  readonly seq: number;
  /** Null: nothing was recorded by then. */
  readonly events: readonly EventTuple[] | null;
  readonly clocks:
    readonly (readonly [clock: string, n: number, cycle: number, verdict: string, warned: number])[] | null;
  readonly tiers: readonly (readonly [clock: string, tier: number, told: number, moved: boolean])[] | null;
}

type EventTuple = readonly [
  seq: number,
  type: string,
  cycle: number,
  at: number,
  by: string | null,
  commandId: string | null,
  payload: object,
];

/** A past lead, and its last event when it was read. */
export interface ToldLead {
  readonly id: string;
  readonly seq: number;
  readonly lead: JudgedLead;
}

/** What whole ledgers say of past leads. Those of which nothing was recorded by then are not among them. */
export async function readFromLedgers(
  queries: Queries,
  workspace: string,
  leadIds: readonly string[],
  recordedBy: string,
): Promise<readonly ToldLead[]> {
  if (leadIds.length === 0) return [];
  const { rows } = await queries.query<LedgerRow>({
    name: 'read-ledger-stories',
    text: ledgerQuery,
    values: [workspace, leadIds, recordedBy, consequenceTypes],
  });
  return rows.flatMap((row) => pastLeadOf(row).map((lead) => ({ id: row.id, seq: row.seq, lead })));
}

function pastLeadOf({ events, clocks, tiers }: LedgerRow): readonly JudgedLead[] {
  if (events === null) return [];
  const story = storyOf(events.map(eventOf));
  const was = {
    isExcluded: story.wasExcluded,
    team: story.handOff.holder?.team ?? null,
    clocks: (clocks ?? []).map(clockOf),
    tiers: (tiers ?? []).map(([clock, tier, toldCount, moved]): TierOutcome => ({ clock, tier, toldCount, moved })),
  };
  return [{ story, was }];
}

const eventOf = ([seq, type, cycle, at, by, commandId, payload]: EventTuple): LeadEvent =>
  ({
    type,
    seq,
    at,
    cycle,
    ...(by !== null && { by }),
    ...(commandId !== null && { commandId }),
    ...payload,
  }) as LeadEvent;

const clockOf = ([clock, n, cycle, verdict, warningCount]: NonNullable<LedgerRow['clocks']>[number]): ClockOutcome => ({
  clock,
  n,
  cycle,
  verdict: isDecided(verdict) ? verdict : 'undecided',
  warningCount,
});

const isDecided = (verdict: string): verdict is Exclude<OutcomeVerdict, 'undecided'> =>
  verdict === 'met' || verdict === 'breached' || verdict === 'cancelled';
