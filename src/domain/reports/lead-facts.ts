/**
 * Here live the figures that leaders are shown: what one lead's story contributes to them, periods, and how
 * contributions add up to numerators and denominators. No SQL, no formats and no time zones live here.
 */
import type { AgreementRef, AgreementTerms, FieldValue, Priority, TouchChannel } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import { evolve } from '../lifecycle/evolve.js';
import type { ClosingCause, EventOf, LeadEvent } from '../lifecycle/events.js';
import type { Stage } from '../lifecycle/stage.js';
import { holderOf, type LeadState } from '../lifecycle/state.js';
import { fieldOf, isFilled } from '../qualification/condition.js';
import { isContact, isHumanTouch } from '../sla/touches.js';

/** How a cycle was decided; an upheld dispute is a rejection (spec/reports.md, acceptance rate). */
export const cycleDecisions = ['accepted', 'accepted-by-implication', 'rejected', 'dispute-upheld'] as const;
export type CycleDecision = (typeof cycleDecisions)[number];

/** One cycle of a lead, as figures count it. */
export interface CycleFacts {
  readonly cycle: number;
  readonly startedAt: Instant;
  /** Where the lead rested before; null for the first cycle and for one that a closed lead began by its own act. */
  readonly wokenFrom: 'nurture' | 'recycled' | null;
  readonly decision: CycleDecision | null;
  readonly decidedAt: Instant | null;
  /** The stage in which the cycle first left `mql` and `sal`. */
  readonly outcome: Stage | null;
  readonly outcomeCause: ClosingCause | null;
  readonly outcomeAt: Instant | null;
  readonly reason: string | null;
  readonly hasNotes: boolean;
  readonly salesQualifiedAt: Instant | null;
  /** The first touch by a person. */
  readonly touchedAt: Instant | null;
}

/** What is wrong with an entry into a stage; null: it is sound. */
export const entryFlaws = ['skipped', 'by-implication', 'without-contact', 'without-amount', 'reopened'] as const;
export type EntryFlaw = (typeof entryFlaws)[number];

/** An entry into `sal`, `sales-qualified`, `opportunity` or `customer`. */
export interface StageEntry {
  readonly seq: number;
  readonly cycle: number;
  readonly stage: Stage;
  readonly at: Instant;
  /** Whether the lead had never been in that stage. */
  readonly isFirst: boolean;
  readonly flaw: EntryFlaw | null;
}

/** What one lead contributes to figures, as its events tell it; segment, source, priority and owner as at hand-off (R2, R4). */
export interface LeadFacts {
  readonly leadId: string;
  /** Marked by its sender (`test: true`): it never counts. */
  readonly isTest: boolean;
  /** Below the agreed criteria: an inquiry, no MQL. */
  readonly isExcluded: boolean;
  readonly agreement: AgreementRef;
  readonly handedOffAt: Instant;
  /** When the lead itself acted, as its sender says. */
  readonly actedAt: Instant | null;
  readonly segment: string | null;
  readonly source: string | null;
  readonly priority: Priority | null;
  readonly owner: string | null;
  readonly team: string | null;
  readonly requiredCount: number;
  /** Placeholders such as `n/a` fill nothing. */
  readonly filledCount: number;
  readonly placeholderCount: number;
  readonly stage: Stage;
  readonly touchedAt: Instant | null;
  readonly touchedChannel: TouchChannel | null;
  /** Whether every field that marketing promised to enrich is there. */
  readonly isEnriched: boolean;
  readonly salAt: Instant | null;
  readonly salesQualifiedAt: Instant | null;
  readonly opportunityAt: Instant | null;
  readonly wonAt: Instant | null;
  readonly lostAt: Instant | null;
  readonly disputeUpheldAt: Instant | null;
  readonly rejectedWithNotesAt: Instant | null;
  /** How a lead that is disqualified now came to be so. */
  readonly disqualifiedBy: ClosingCause | null;
  readonly cycles: readonly CycleFacts[];
  readonly entries: readonly StageEntry[];
}

/** What a figure counts as empty though it is not (spec/reports.md, fair play). */
export const placeholders: readonly string[] = ['n/a', 'unknown', 'test', '-'];

const isPlaceholder = (value: FieldValue): boolean =>
  typeof value === 'string' && placeholders.includes(value.trim().toLowerCase());

/** An event and the lead before and after it. */
interface Turn {
  readonly event: LeadEvent;
  readonly before: LeadState | undefined;
  readonly after: LeadState;
}

/**
 * Reads a lead's story once.
 * @param terms of the agreement that the lead was handed off under; without them no field counts as required
 */
export function leadFacts(events: readonly LeadEvent[], terms: AgreementTerms | undefined): LeadFacts {
  const turns = turnsOf(events);
  const first = turns[0];
  if (!first) throw new Error('a lead without events has no facts');
  const state = turns[turns.length - 1]!.after;
  const entries = entriesIn(turns);
  const cycles = cyclesIn(turns);
  const touch = firstTouch(turns);
  return {
    ...originOf(first.after, first.event as EventOf<'handed-off'>, terms),
    stage: state.stage,
    touchedAt: touch?.touchedAt ?? null,
    touchedChannel: touch?.channel ?? null,
    isEnriched: state.enriched,
    salAt: firstEntryAt(entries, 'sal'),
    salesQualifiedAt: firstEntryAt(entries, 'sales-qualified'),
    opportunityAt: firstEntryAt(entries, 'opportunity'),
    wonAt: firstEntryAt(entries, 'customer'),
    lostAt: lostAtOf(events),
    disputeUpheldAt:
      events.find((event) => event.type === 'dispute-resolved' && event.decision === 'upheld')?.at ?? null,
    rejectedWithNotesAt: events.find((event) => event.type === 'rejected' && hasText(event.notes))?.at ?? null,
    disqualifiedBy: state.stage === 'disqualified' ? state.closingCause : null,
    cycles,
    entries,
  };
}

function turnsOf(events: readonly LeadEvent[]): readonly Turn[] {
  let before: LeadState | undefined;
  return events.map((event) => {
    const turn = { event, before, after: evolve(before, event) };
    before = turn.after;
    return turn;
  });
}

const hasText = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';

function originOf(state: LeadState, { qualifiedAt }: EventOf<'handed-off'>, terms: AgreementTerms | undefined) {
  const { owner, team } = holderOf(state);
  const required = terms?.qualification.requiredFields ?? [];
  const values = required.map((name) => fieldOf(state.fields, name));
  const placeholderCount = values.filter(isPlaceholder).length;
  return {
    leadId: state.leadId,
    isTest: state.fields['test'] === true,
    isExcluded: state.excluded !== null,
    agreement: state.agreement,
    handedOffAt: state.handedOffAt,
    actedAt: qualifiedAt ?? null,
    segment: state.segment,
    source: state.source ?? null,
    priority: state.priority,
    owner,
    team,
    requiredCount: required.length,
    filledCount: values.filter(isFilled).length - placeholderCount,
    placeholderCount,
  };
}

/** The earliest touch by a person that was not taken back. */
function firstTouch(
  turns: readonly Turn[],
): { readonly touchedAt: Instant; readonly channel: TouchChannel } | undefined {
  const last = new Map<number, LeadState['touches'][number]>();
  const gone = new Set<number>();
  for (const { event, after } of turns) {
    if (event.type === 'touched') last.set(event.seq, after.touches.at(-1)!);
    if (event.type === 'touch-retracted' || event.type === 'touch-bounced') gone.add(event.touch);
  }
  return [...last.values()]
    .filter((touch) => !gone.has(touch.seq) && isHumanTouch(touch))
    .sort((a, b) => a.touchedAt - b.touchedAt || a.seq - b.seq)[0];
}

const lostAtOf = (events: readonly LeadEvent[]): Instant | null => {
  const last = events.findLast((event) => event.type === 'opportunity-updated');
  return last?.type === 'opportunity-updated' && last.status === 'lost' ? last.at : null;
};

const firstEntryAt = (entries: readonly StageEntry[], stage: Stage): Instant | null =>
  entries.find((entry) => entry.stage === stage)?.at ?? null;

/** The stages whose entries are judged, each with the one that must lie before it. */
const predecessors: Partial<Record<Stage, Stage>> = {
  sal: 'mql',
  'sales-qualified': 'sal',
  opportunity: 'sales-qualified',
  customer: 'opportunity',
};

function entriesIn(turns: readonly Turn[]): readonly StageEntry[] {
  const entries: StageEntry[] = [];
  /** Since when the lead is, or was last, in a stage. */
  const since = new Map<Stage, Instant>();
  for (const turn of turns) {
    const { event, before, after } = turn;
    if (event.type === 'reopened') spoil(entries);
    if (before?.stage === after.stage && event.type !== 'woken') continue;
    const at = event.type === 'accepted' ? event.acceptedAt : event.at;
    if (predecessors[after.stage] !== undefined && event.type !== 'reopened')
      entries.push(entryOf(turn, at, since, entries));
    since.set(after.stage, at);
  }
  return entries;
}

function entryOf(
  turn: Turn,
  at: Instant,
  since: ReadonlyMap<Stage, Instant>,
  known: readonly StageEntry[],
): StageEntry {
  const { event, after } = turn;
  const { stage, cycle } = after;
  const isFirst = !known.some((entry) => entry.stage === stage);
  return { seq: event.seq, cycle, stage, at, isFirst, flaw: flawOf(turn, at, since) };
}

/** Sound: the predecessor lies strictly before, and the entry has what its stage asks for (spec/reports.md). */
function flawOf({ event, before, after }: Turn, at: Instant, since: ReadonlyMap<Stage, Instant>): EntryFlaw | null {
  const previousAt = since.get(predecessors[after.stage]!);
  if (previousAt === undefined || previousAt >= at) return 'skipped';
  if (event.type === 'accepted' && event.byImplication) return 'by-implication';
  if (after.stage === 'sales-qualified' && !before!.touches.some(isContact)) return 'without-contact';
  if (after.stage === 'opportunity' && after.opportunity?.amount === undefined) return 'without-amount';
  return null;
}

/** What a reopening takes back was not sound. */
function spoil(entries: StageEntry[]): void {
  const index = entries.findLastIndex(({ stage }) => stage !== 'sal');
  const last = entries[index];
  if (last?.stage === 'sales-qualified') entries[index] = { ...last, flaw: 'reopened' };
}

function cyclesIn(turns: readonly Turn[]): readonly CycleFacts[] {
  const last = turns[turns.length - 1]!.after;
  if (last.excluded !== null) return [];
  const numbers = Array.from({ length: last.cycle }, (_, index) => index + 1);
  return numbers.map((cycle) => cycleOf(turns.filter(({ after }) => after.cycle === cycle)));
}

function cycleOf(turns: readonly Turn[]): CycleFacts {
  const events = turns.map(({ event }) => event);
  const begun = turns[0]!;
  const closed = events.find((event) => event.type === 'closed');
  const said = events.find((event) => event.type === 'rejected' || event.type === 'disposed');
  const qualified = events.find((event) => event.type === 'closed' && event.stage === 'sales-qualified');
  return {
    cycle: begun.after.cycle,
    startedAt: begun.after.cycleStartedAt,
    wokenFrom: begun.before?.rest?.kind ?? null,
    ...decisionOf(events),
    outcome: closed?.stage ?? null,
    outcomeCause: closed?.cause ?? null,
    outcomeAt: closed?.at ?? null,
    reason: said?.reason ?? null,
    hasNotes: hasText(said?.notes),
    salesQualifiedAt: qualified?.at ?? null,
    touchedAt: firstTouch(turns)?.touchedAt ?? null,
  };
}

function decisionOf(events: readonly LeadEvent[]): Pick<CycleFacts, 'decision' | 'decidedAt'> {
  const upheld = events.find((event) => event.type === 'dispute-resolved' && event.decision === 'upheld');
  if (upheld) return { decision: 'dispute-upheld', decidedAt: upheld.at };
  const rejected = events.find((event) => event.type === 'rejected');
  if (rejected) return { decision: 'rejected', decidedAt: rejected.at };
  const accepted = events.find((event) => event.type === 'accepted');
  if (!accepted) return { decision: null, decidedAt: null };
  const decision = accepted.byImplication ? 'accepted-by-implication' : 'accepted';
  return { decision, decidedAt: accepted.acceptedAt };
}
