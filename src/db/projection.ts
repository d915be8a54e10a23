import type { Fields } from '../domain/agreement/index.js';
import type { Instant } from '../domain/business-time/index.js';
import { withCorrectedTouches } from '../domain/lifecycle/corrected-touches.js';
import { evolve, foldLead } from '../domain/lifecycle/evolve.js';
import type { ClockId, EventOf, EventType, LeadEvent } from '../domain/lifecycle/events.js';
import { clocksIn } from '../domain/lifecycle/record.js';
import { nextDue } from '../domain/lifecycle/next-due.js';
import { holderOf, isClosed, type LeadState } from '../domain/lifecycle/state.js';
import { dueAtOf, type Clock } from '../domain/sla/clock.js';
import { normalisedEmailOf } from './email.js';
import { eventRow } from './event-rows.js';
import { timestampOf, timestampOrNull } from './instants.js';
import type { Row, Rows, Table } from './recording.js';

/** An event and the lead as it leaves it. */
interface Told {
  readonly event: LeadEvent;
  readonly state: LeadState;
}

/**
 * The rows that appending `fresh` to a lead's `stored` events writes: the events themselves and every projection of
 * them, as the pure core folds them.
 * @param fresh at least one event, following on `stored`
 */
export function rowsOf(workspace: string, stored: readonly LeadEvent[], fresh: readonly LeadEvent[]): Rows {
  const before = stored.reduce<LeadState | undefined>(evolve, undefined);
  const told = tell(before, fresh);
  const rowsFrom = (project: (told: Told, story: readonly LeadEvent[]) => Row | undefined): readonly Row[] => {
    const story = [...stored, ...fresh];
    return told.flatMap((part) => withPlace(workspace, part.state.leadId, project(part, story)));
  };
  return {
    lead_event: told.map(({ event, state }) => eventRow(workspace, event, state)),
    lead: told.slice(-1).map(({ state }) => leadRow(workspace, state)),
    sla_clock: [...clockRows(workspace, before, told), ...rejudgedRows(workspace, told, [...stored, ...fresh])],
    touch: newestBySeq(rowsFrom(touchRow)),
    escalation: newestBySeq(rowsFrom(escalationRow)),
    disposition: rowsFrom(dispositionRow),
    dispute: newestBySeq(rowsFrom(disputeRow)),
    opportunity: rowsFrom(opportunityRow),
    routing_load: loadRows(workspace, loadChanges(before, told.at(-1)?.state, fresh)),
  } satisfies { readonly [T in Table]?: readonly Row[] };
}

function tell(before: LeadState | undefined, fresh: readonly LeadEvent[]): readonly Told[] {
  const told: Told[] = [];
  let state = before;
  for (const event of fresh) {
    state = evolve(state, event);
    told.push({ event, state });
  }
  return told;
}

const withPlace = (workspace: string, leadId: string, row: Row | undefined): readonly Row[] =>
  row === undefined ? [] : [{ workspace, lead_id: leadId, ...row }];

function leadRow(workspace: string, state: LeadState): Row {
  const { owner, queue, team } = holderOf(state);
  const isTaken = state.excluded === null;
  return {
    workspace,
    id: state.leadId,
    seq: state.seq,
    source: state.source ?? null,
    external_id: state.externalId ?? null,
    email_normalised: normalisedEmailOf(state.fields),
    company: textOf(state.fields, 'company'),
    contact_name: contactNameOf(state.fields),
    stage: state.stage,
    cycle: state.cycle,
    owner,
    queue,
    team,
    segment: state.segment,
    priority: state.priority,
    excluded: state.excluded,
    missing_fields: state.missingFields,
    handed_off_at: timestampOf(state.handedOffAt),
    mql_at: isTaken ? timestampOf(state.cycleStartedAt) : null,
    accepted_at: timestampOrNull(state.acceptedAt),
    closed_at: timestampOrNull(state.closedAt),
    closing_cause: state.closingCause,
    next_due_at: timestampOrNull(nextDue(state)?.at),
    agreement_key: state.agreement.key,
    agreement_name: state.agreement.name,
    agreement_version: state.agreement.version,
  };
}

const textOf = (fields: Fields, name: string): string | null => {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

const contactNameOf = (fields: Fields): string | null =>
  [textOf(fields, 'firstName'), textOf(fields, 'lastName')].filter((name) => name !== null).join(' ') || null;

/** The last form of each clock that the events changed; those that the waking of a lead drops are caught before. */
function clockRows(workspace: string, before: LeadState | undefined, told: readonly Told[]): readonly Row[] {
  const changed = new Map<string, Row>();
  let known: readonly Clock[] = before?.clocks ?? [];
  for (const { state } of told) {
    for (const clock of state.clocks) {
      if (!known.includes(clock)) changed.set(idOf(clock), clockRow(workspace, state, clock));
    }
    known = state.clocks;
  }
  return [...changed.values()];
}

/** Clocks of earlier cycles are judged anew when the lead's state has forgotten them. */
function rejudgedRows(workspace: string, told: readonly Told[], story: readonly LeadEvent[]): readonly Row[] {
  const last = told.at(-1);
  const rejudged = told.flatMap(({ event }) => (event.type === 'clock-rejudged' ? [event] : []));
  if (last === undefined || rejudged.length === 0) return [];
  const clocks = clocksIn(story);
  const keys = new Set(rejudged.map(({ clockCycle, clock, n }) => `${clockCycle}/${clock}/${n}`));
  const forgotten = [...keys].flatMap((key) => clocks.get(key) ?? []).filter((clock) => !isIn(last.state, clock));
  return forgotten.map((clock) => clockRow(workspace, last.state, clock));
}

const isIn = ({ clocks }: LeadState, clock: Clock): boolean => clocks.some((known) => idOf(known) === idOf(clock));

const idOf = ({ cycle, name, n }: Clock): string => `${cycle} ${name} ${n}`;

function clockRow(workspace: string, state: LeadState, clock: Clock): Row {
  const { owner, team } = holderOf(state);
  return {
    workspace,
    lead_id: state.leadId,
    cycle: clock.cycle,
    clock: clock.name,
    n: clock.n,
    seq: state.seq,
    party: clock.party,
    verdict: clock.verdict,
    started_at: timestampOf(clock.startedAt),
    target_ms: clock.targetMs,
    due_at: timestampOrNull(dueAtOf(clock)),
    ...endOf(clock),
    warned: clock.warned,
    tier: clock.tiers.at(-1)?.tier ?? 0,
    owner,
    team,
    segment: state.segment,
    source: state.source ?? null,
    terms_key: clock.terms.at(-1)?.agreement ?? state.agreement.key,
    agreement_name: state.agreement.name,
    agreement_version: state.agreement.version,
  };
}

const endOf = (clock: Clock): Row => ({
  completed_at: timestampOrNull('completedAt' in clock ? clock.completedAt : null),
  cancelled_at: timestampOrNull('cancelledAt' in clock ? clock.cancelledAt : null),
  overshoot_ms: 'overshootMs' in clock ? (clock.overshootMs ?? null) : null,
  corrected: clock.verdict === 'met' && clock.corrected,
  ended: clock.verdict === 'breached' ? (clock.ended ?? null) : null,
  held_by: clock.verdict === 'breached' ? clock.heldBy : null,
});

/** Who says it, when, and who held the lead by then. */
function saidRow({ event, state }: Told): Row {
  const { owner, team } = holderOf(state);
  return { by: event.by ?? null, owner, team };
}

/** A touch's row when it is logged, and the whole row again when it is taken back; its holder stays that of the touch. */
function touchRow({ event, state }: Told, story: readonly LeadEvent[]): Row | undefined {
  if (event.type === 'touched') return touchedRow({ event, state }, undefined);
  if (event.type === 'touch-corrected') return correctedTouchRow(event, story);
  if (event.type !== 'touch-retracted' && event.type !== 'touch-bounced') return undefined;
  const touched = findLast(story, event, 'touched', ({ seq }) => seq === event.touch);
  return touched && touchedRow({ event: touched, state: foldLead(story.slice(0, touched.seq)) }, event);
}

/** The row as it was logged, at the instant at which the touch really happened. */
function correctedTouchRow({ seq, touch }: EventOf<'touch-corrected'>, story: readonly LeadEvent[]): Row | undefined {
  const touched = withCorrectedTouches(story.slice(0, seq)).find((event) => event.seq === touch);
  if (touched?.type !== 'touched') return undefined;
  return touchedRow({ event: touched, state: foldLead(story.slice(0, touch)) }, undefined);
}

function touchedRow(
  told: Told & { readonly event: EventOf<'touched'> },
  takenBack: EventOf<'touch-retracted' | 'touch-bounced'> | undefined,
): Row {
  const { event } = told;
  return {
    seq: event.seq,
    cycle: event.cycle,
    channel: event.channel,
    outcome: event.outcome,
    origin: event.origin,
    touched_at: timestampOf(event.touchedAt),
    occurred_at: timestampOf(event.occurredAt),
    logged_at: timestampOf(event.at),
    ...saidRow(told),
    taken_back_as: takenBack ? takenBackAs[takenBack.type] : null,
    taken_back_at: timestampOrNull(takenBack?.at),
    taken_back_by: takenBack?.by ?? null,
    taken_back_reason: takenBack?.reason ?? null,
  };
}

const takenBackAs = { 'touch-retracted': 'retracted', 'touch-bounced': 'bounced' } as const;

function dispositionRow(told: Told): Row | undefined {
  const { event } = told;
  if (event.type !== 'rejected' && event.type !== 'disposed') return undefined;
  return {
    seq: event.seq,
    cycle: event.cycle,
    kind: event.type,
    route: event.route,
    reason: event.reason ?? null,
    notes: event.notes ?? null,
    wake_on: event.type === 'disposed' ? (event.wakeOn ?? null) : null,
    at: timestampOf(event.at),
    ...saidRow(told),
  };
}

function opportunityRow(told: Told): Row | undefined {
  const { event } = told;
  if (event.type !== 'opportunity-updated') return undefined;
  return {
    seq: event.seq,
    cycle: event.cycle,
    status: event.status,
    amount: event.amount ?? null,
    crm_id: event.crmId ?? null,
    at: timestampOf(event.at),
    ...saidRow(told),
  };
}

/** A tier's row when it fires, and the whole row again when it is acknowledged. */
function escalationRow({ event }: Told, story: readonly LeadEvent[]): Row | undefined {
  if (event.type === 'tier-fired') return tierRow(event, undefined);
  if (event.type !== 'tier-acknowledged') return undefined;
  const fired = findLast(story, event, 'tier-fired', (tier) => tier.tier === event.tier && isOfClock(tier, event));
  return fired && tierRow(fired, event);
}

const tierRow = (fired: EventOf<'tier-fired'>, acknowledged: EventOf<'tier-acknowledged'> | undefined): Row => ({
  seq: fired.seq,
  cycle: fired.clockCycle,
  clock: fired.clock,
  n: fired.n,
  tier: fired.tier,
  at: timestampOf(fired.at),
  planned_at: timestampOf(fired.plannedAt),
  recipients: fired.to,
  skipped: fired.skipped,
  reassigned: fired.reassigned ?? null,
  shadow: fired.shadow ?? false,
  acknowledged_at: timestampOrNull(acknowledged?.at),
  acknowledged_by: acknowledged?.by ?? null,
});

/** A dispute's row when it opens, and the whole row again when it is resolved. */
function disputeRow({ event }: Told, story: readonly LeadEvent[]): Row | undefined {
  if (event.type === 'dispute-opened') return disputed(event, undefined);
  if (event.type !== 'dispute-resolved') return undefined;
  const opened = findLast(story, event, 'dispute-opened', () => true);
  return opened && disputed(opened, event);
}

const disputed = (opened: EventOf<'dispute-opened'>, resolved: EventOf<'dispute-resolved'> | undefined): Row => ({
  seq: opened.seq,
  cycle: opened.cycle,
  reason: opened.reason,
  notes: opened.notes ?? null,
  opened_at: timestampOf(opened.at),
  opened_by: opened.by ?? null,
  decision: resolved?.decision ?? null,
  resolved_at: timestampOrNull(resolved?.at),
  resolved_by: resolved?.by ?? null,
  resolution_notes: resolved?.notes ?? null,
});

/** The last event of a type before another one. */
function findLast<T extends EventType>(
  story: readonly LeadEvent[],
  before: LeadEvent,
  type: T,
  isWanted: (event: EventOf<T>) => boolean,
): EventOf<T> | undefined {
  const isOne = (event: LeadEvent): event is EventOf<T> =>
    event.type === type && event.seq < before.seq && isWanted(event as EventOf<T>);
  return story.findLast(isOne);
}

const isOfClock = (a: ClockId, b: ClockId): boolean =>
  a.clock === b.clock && a.n === b.n && a.clockCycle === b.clockCycle;

const newestBySeq = (rows: readonly Row[]): readonly Row[] => [
  ...new Map(rows.map((row): [unknown, Row] => [row['seq'], row])).values(),
];

/** What a lead's events change for one person: open leads more or fewer, and when they were given this one. */
export interface LoadChange {
  readonly person: string;
  readonly openLeadCount: number;
  readonly givenAt: Instant | null;
}

/** By person, for two recordings that change the same rows must do so in one order. */
export function loadChanges(
  before: LeadState | undefined,
  after: LeadState | undefined,
  events: readonly LeadEvent[],
): readonly LoadChange[] {
  const gifts = giftsIn(events);
  const [losing, winning] = [holderWhileOpen(before), holderWhileOpen(after)];
  const people = new Set([...gifts.keys(), ...[losing, winning].filter((person) => person !== null)]);
  return [...people]
    .toSorted()
    .map((person) => ({
      person,
      openLeadCount: Number(person === winning) - Number(person === losing),
      givenAt: gifts.get(person) ?? null,
    }))
    .filter(({ openLeadCount, givenAt }) => openLeadCount !== 0 || givenAt !== null);
}

const holderWhileOpen = (state: LeadState | undefined): string | null =>
  state === undefined || isClosed(state) ? null : holderOf(state).owner;

/** Who was given the lead by these events, in any way (spec O2), and when last. */
function giftsIn(events: readonly LeadEvent[]): ReadonlyMap<string, Instant> {
  const gifts = new Map<string, Instant>();
  for (const event of events) {
    if (event.type !== 'handed-off' && event.type !== 'owner-changed' && event.type !== 'woken') continue;
    if (event.holder.owner !== null) gifts.set(event.holder.owner, event.at);
  }
  return gifts;
}

const loadRows = (workspace: string, changes: readonly LoadChange[]): readonly Row[] =>
  changes.map(({ person, openLeadCount, givenAt }) => ({
    workspace,
    person,
    open_lead_count: openLeadCount,
    last_given_at: timestampOrNull(givenAt),
  }));
