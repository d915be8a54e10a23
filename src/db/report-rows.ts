import { createHash } from 'node:crypto';
import type { AgreementRef } from '../domain/agreement/index.js';
import type {
  ClockFacts,
  Contribution,
  CorrectionFacts,
  CycleFacts,
  DecisionFacts,
  DeedFacts,
  DisputeFacts,
  EscalationFacts,
  HoldingFacts,
  LeadFacts,
  OpportunityFacts,
  StageEntry,
  StandingFacts,
  TimeFacts,
  TouchFacts,
} from '../domain/reports/index.js';
import { timestampOf, timestampOrNull } from './instants.js';
import type { Row } from './recording.js';

/** The tables that reports read, each with what names one of its rows among those of a lead. */
export const reportTables = {
  report_lead: [],
  report_cycle: ['cycle'],
  report_entry: ['entry_seq'],
  report_clock: ['cycle', 'clock', 'n'],
  report_touch: ['touch_seq', 'place'],
  report_opportunity: ['n'],
  report_deed: ['deed_seq'],
  report_correction: ['correction_seq', 'cycle', 'clock', 'n'],
  report_decision: ['decision_seq'],
  report_dispute: ['dispute_seq'],
  report_escalation: ['escalation_seq'],
  report_holding: ['holding_seq'],
  report_standing: [],
  report_time: ['cycle', 'clock', 'n', 'share'],
} as const satisfies Record<string, readonly string[]>;
export type ReportTable = keyof typeof reportTables;
export const reportTableNames = Object.keys(reportTables) as ReportTable[];

/** Rows without place and time of recording. */
export type ReportRows = Readonly<Record<ReportTable, readonly Row[]>>;

/** What a lead contributes, as rows. */
export function reportRowsOf(contribution: Contribution): ReportRows {
  const { lead, clocks } = contribution;
  return {
    report_lead: [leadRow(contribution)],
    report_cycle: lead.cycles.map((cycle) => cycleRow(lead, cycle)),
    report_entry: lead.entries.map((entry) => entryRow(lead, entry)),
    report_clock: clocks.map((clock) => clockRow(lead, clock)),
    report_touch: contribution.touches.map((touch) => touchRow(contribution, touch)),
    report_opportunity: contribution.opportunities.map((opportunity) => opportunityRow(contribution, opportunity)),
    report_deed: contribution.deeds.map((deed) => deedRow(lead, deed)),
    report_correction: contribution.corrections.map((correction) => correctionRow(lead, correction)),
    report_decision: contribution.decisions.map((decision) => decisionRow(lead, decision)),
    report_dispute: contribution.disputes.map((dispute) => disputeRow(lead, dispute)),
    report_escalation: contribution.escalations.map((escalation) => escalationRow(lead, escalation)),
    report_holding: contribution.holdings.map((holding) => holdingRow(lead, holding)),
    report_standing: [standingRow(lead, contribution.standing)],
    report_time: contribution.times.map((time) => timeRow(lead, time)),
  };
}

/** What figures are grouped by: as at hand-off, so that a row says the same for ever. */
function groupedBy(lead: LeadFacts, { name, version }: AgreementRef = lead.agreement): Row {
  return {
    is_test: lead.isTest,
    agreement_name: name,
    agreement_version: version,
    handed_off_at: timestampOf(lead.handedOffAt),
    segment: lead.segment,
    source: lead.source,
    priority: lead.priority,
    owner: lead.owner,
    team: lead.team,
  };
}

const leadRow = ({ lead, account, acceptance, firstResponse }: Contribution): Row => ({
  ...groupedBy(lead),
  account,
  is_excluded: lead.isExcluded,
  acted_at: timestampOrNull(lead.actedAt),
  required_count: lead.requiredCount,
  filled_count: lead.filledCount,
  placeholder_count: lead.placeholderCount,
  stage: lead.stage,
  touched_at: timestampOrNull(lead.touchedAt),
  touched_channel: lead.touchedChannel,
  is_enriched: lead.isEnriched,
  decision: lead.cycles[0]?.decision ?? null,
  acceptance: acceptance?.verdict ?? null,
  response: firstResponse?.verdict ?? null,
  response_at: timestampOrNull(firstResponse?.completedAt),
  response_used_ms: firstResponse?.usedMs ?? null,
  response_used_until: timestampOrNull(firstResponse?.usedUntil),
  response_runs_on: firstResponse?.runsOn ?? null,
  sal_at: timestampOrNull(lead.salAt),
  sales_qualified_at: timestampOrNull(lead.salesQualifiedAt),
  opportunity_at: timestampOrNull(lead.opportunityAt),
  won_at: timestampOrNull(lead.wonAt),
  lost_at: timestampOrNull(lead.lostAt),
  dispute_upheld_at: timestampOrNull(lead.disputeUpheldAt),
  rejected_with_notes_at: timestampOrNull(lead.rejectedWithNotesAt),
  disqualified_by: lead.disqualifiedBy,
});

const cycleRow = (lead: LeadFacts, cycle: CycleFacts): Row => ({
  ...groupedBy(lead),
  cycle: cycle.cycle,
  started_at: timestampOf(cycle.startedAt),
  woken_from: cycle.wokenFrom,
  decision: cycle.decision,
  decided_at: timestampOrNull(cycle.decidedAt),
  outcome: cycle.outcome,
  outcome_cause: cycle.outcomeCause,
  outcome_at: timestampOrNull(cycle.outcomeAt),
  reason: cycle.reason,
  has_notes: cycle.hasNotes,
  sales_qualified_at: timestampOrNull(cycle.salesQualifiedAt),
  touched_at: timestampOrNull(cycle.touchedAt),
});

const entryRow = (lead: LeadFacts, entry: StageEntry): Row => ({
  ...groupedBy(lead),
  entry_seq: entry.seq,
  cycle: entry.cycle,
  stage: entry.stage,
  at: timestampOf(entry.at),
  is_first: entry.isFirst,
  flaw: entry.flaw,
});

const clockRow = (lead: LeadFacts, clock: ClockFacts): Row => ({
  ...groupedBy(lead, clock.agreement),
  owner: clock.countedFor.owner,
  team: clock.countedFor.team,
  cycle: clock.cycle,
  clock: clock.clock,
  n: clock.n,
  party: clock.party,
  verdict: clock.verdict,
  started_at: timestampOf(clock.startedAt),
  target_ms: clock.targetMs,
  due_at: timestampOrNull(clock.dueAt),
  completed_at: timestampOrNull(clock.completedAt),
  decided_at: timestampOrNull(clock.decidedAt),
  verdict_before_at: timestampOrNull(clock.verdictBeforeAt),
  miss_before_at: timestampOrNull(clock.missBeforeAt),
  overshoot_ms: clock.overshootMs,
  is_corrected: clock.isCorrected,
  used_ms: clock.usedMs,
  used_until: timestampOf(clock.usedUntil),
  runs_on: clock.runsOn,
  was_paused: clock.wasPaused,
  cancelled_by: clock.cancelledBy,
});

/** What the other rows of its lead say stands there alone: opportunities are few, and joined with it. */
const touchRow = ({ lead, account }: Contribution, touch: TouchFacts): Row => ({
  is_test: lead.isTest,
  account,
  touch_seq: touch.seq,
  place: touch.place,
  kind: touch.kind,
  at: timestampOf(touch.at),
  name: touch.name,
  counts: touch.counts,
});

const opportunityRow = ({ lead, account }: Contribution, opportunity: OpportunityFacts): Row => ({
  is_test: lead.isTest,
  account,
  n: opportunity.n,
  crm_id: opportunity.crmId,
  status: opportunity.status,
  opened_at: timestampOf(opportunity.openedAt),
  closed_at: timestampOrNull(opportunity.closedAt),
  amount_minor: opportunity.amount?.minor ?? null,
  currency: opportunity.amount?.currency ?? null,
  said_at: timestampOf(opportunity.saidAt),
});

/** What happened to a lead is told of whoever held it then. */
const heldBy = ({ owner, team }: DecisionFacts['heldBy']): Row => ({ owner, team });

const correctionRow = (lead: LeadFacts, correction: CorrectionFacts): Row => ({
  ...groupedBy(lead, correction.agreement),
  ...heldBy(correction.heldBy),
  correction_seq: correction.seq,
  cycle: correction.cycle,
  clock: correction.clock,
  n: correction.n,
  party: correction.party,
  kind: correction.cause,
  reason: correction.reason,
  actor: correction.actor,
  turn: correction.turn,
  verdict_before: correction.verdictBefore,
  verdict: correction.verdict,
  was_due_at: timestampOrNull(correction.wasDueAt),
  due_at: timestampOrNull(correction.dueAt),
  judged_at: timestampOrNull(correction.judgedAt),
  corrected_at: timestampOf(correction.correctedAt),
});

const decisionRow = (lead: LeadFacts, decision: DecisionFacts): Row => ({
  ...groupedBy(lead),
  ...heldBy(decision.heldBy),
  decision_seq: decision.seq,
  cycle: decision.cycle,
  kind: decision.kind,
  decided_at: timestampOf(decision.decidedAt),
  reason: decision.reason,
  route: decision.route,
  has_notes: decision.hasNotes,
  friction: decision.friction,
  content_gap: decision.contentGap,
  is_taken_back: decision.isTakenBack,
});

const disputeRow = (lead: LeadFacts, dispute: DisputeFacts): Row => ({
  ...groupedBy(lead),
  ...heldBy(dispute.heldBy),
  dispute_seq: dispute.seq,
  cycle: dispute.cycle,
  opened_at: timestampOf(dispute.openedAt),
  reason: dispute.reason,
  outcome: dispute.outcome,
  resolved_at: timestampOrNull(dispute.resolvedAt),
});

const escalationRow = (lead: LeadFacts, escalation: EscalationFacts): Row => ({
  ...groupedBy(lead, escalation.agreement),
  ...heldBy(escalation.heldBy),
  escalation_seq: escalation.seq,
  kind: escalation.kind,
  cycle: escalation.cycle,
  clock: escalation.clock,
  n: escalation.n,
  party: escalation.party,
  step: escalation.step,
  fired_at: timestampOf(escalation.firedAt),
  told_count: escalation.toldCount,
  is_skipped: escalation.isSkipped,
  is_shadow: escalation.isShadow,
  is_acknowledged: escalation.isAcknowledged,
  is_moved: escalation.isMoved,
  answered_at: timestampOrNull(escalation.answeredAt),
  answered_ms: escalation.answeredMs,
});

const holdingRow = (lead: LeadFacts, holding: HoldingFacts): Row => ({
  ...groupedBy(lead),
  owner: holding.owner,
  team: holding.team,
  holding_seq: holding.seq,
  cycle: holding.cycle,
  given_at: timestampOf(holding.givenAt),
  cause: holding.cause,
});

const standingRow = (lead: LeadFacts, standing: StandingFacts): Row => ({
  ...groupedBy(lead),
  ...heldBy(standing.heldBy),
  is_open: standing.isOpen,
  stage: standing.stage,
  cycle: standing.cycle,
  started_at: timestampOf(standing.startedAt),
  entered_at: timestampOf(standing.enteredAt),
  last_touched_at: timestampOrNull(standing.lastTouchedAt),
  is_resting: standing.isResting,
  overdue_count: standing.overdueCount,
  overdue_at: timestampOrNull(standing.overdueAt),
});

const timeRow = (lead: LeadFacts, time: TimeFacts): Row => ({
  ...groupedBy(lead, time.agreement),
  ...heldBy(time.heldBy),
  cycle: time.cycle,
  clock: time.clock,
  n: time.n,
  share: time.share,
  party: time.party,
  tier: time.tier,
  ended_at: timestampOf(time.endedAt),
  used_ms: time.usedMs,
  late_ms: time.lateMs,
});

/** What was written is kept by its hash: alike is all that is asked of it. */
const deedRow = (lead: LeadFacts, deed: DeedFacts): Row => ({
  ...groupedBy(lead),
  owner: deed.heldBy.owner,
  team: deed.heldBy.team,
  deed_seq: deed.seq,
  cycle: deed.cycle,
  kind: deed.kind,
  at: timestampOf(deed.at),
  actor: deed.actor,
  is_by_other: deed.isByOther,
  channel: deed.channel,
  late_ms: deed.lateMs,
  note_hash: deed.note === null ? null : createHash('sha256').update(deed.note).digest('base64url'),
  clock: deed.clock,
  flaw: deed.flaw,
});
