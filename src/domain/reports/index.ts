export { baselineKinds, type BaselineEntry, type BaselineStore, type EnteredBaseline } from './baseline.js';
export {
  ageBands,
  IDLE_AFTER_MS,
  tallyAgeing,
  type AgeingAsked,
  type AgeingGrouping,
  type AgeingTally,
} from './ageing.js';
export * from './catalogue.js';
export type { ClockFacts, CountedFor } from './clock-facts.js';
export {
  complianceShare,
  emptyCompliance,
  tallyCompliance,
  tallyParties,
  type Compliance,
  type ComplianceAsked,
  type ComplianceTally,
  type Distribution,
} from './compliance.js';
export { agreementKeysIn, contributionOf, contributionsAsOf, type Contribution } from './contribution.js';
export type { DeedFacts } from './deed-facts.js';
export {
  correctionCauses,
  correctionTurns,
  type CorrectionCause,
  type CorrectionFacts,
  type CorrectionTurn,
} from './correction-facts.js';
export {
  tallyCorrections,
  type CorrectionGrouping,
  type CorrectionsAsked,
  type CorrectionTally,
} from './corrections.js';
export {
  deedParts,
  LOGGED_LATE_AFTER_MS,
  sourceParts,
  tallyFairPlay,
  type DeedPart,
  type FairPlay,
  type FairPlayAsked,
  type SourcePart,
} from './fair-play.js';
export { decisionKinds, type DecisionFacts, type DecisionKind } from './decision-facts.js';
export type { DisputeFacts } from './dispute-facts.js';
export * from './document.js';
export type { Money } from '../attribution/index.js';
export { escalationKinds, type EscalationFacts, type EscalationKind } from './escalation-facts.js';
export { tallyFirstResponse, type FirstResponseTally, type OpenTimeOn } from './first-response.js';
export {
  clockGroupings,
  itemGroupings,
  leadGroupingOf,
  leadGroupings,
  NO_GROUP,
  type ClockFilter,
  type ClockGrouping,
  type LeadFilter,
  type LeadGrouping,
  type ListFilter,
  type ListGrouping,
} from './grouping.js';
export type { HoldingFacts } from './holding-facts.js';
export type { CycleFacts, LeadFacts, StageEntry } from './lead-facts.js';
export { goalProRata } from './goal-pro-rata.js';
export * from './lead-list.js';
export {
  emptyPipeline,
  emptyPipelineSum,
  leadAnswers,
  pipelineParts,
  tallyPipeline,
  type PipelineAsked,
  type PipelineGrouping,
  type PipelinePart,
  type PipelineSum,
  type PipelineTally,
} from './pipeline.js';
export {
  costGroup,
  emptyCost,
  tallyCosts,
  withCosts,
  type CostEntry,
  type CostsAsked,
  type CostTally,
} from './costs.js';
export {
  BAGS_MAX,
  lateLeads,
  lateSides,
  SIDE_LEADS_MIN,
  stratumGroupings,
  type Bag,
  type LatenessAsked,
  type LatenessFacts,
  type LateSide,
  type Stratum,
  type StratumName,
} from './lateness.js';
export {
  DRAWS,
  estimateLateness,
  sumOfBags,
  type Estimate,
  type LatenessEstimate,
  type StratumEstimate,
} from './lateness-estimate.js';
export type { OpportunityFacts } from './opportunity-facts.js';
export type { ReportDesk } from './report-desk.js';
export {
  edgesOf,
  neighboursOf,
  periodAround,
  periodBefore,
  periodNamed,
  periodOfDays,
  periodsUpTo,
  PERIOD_FORMS,
  type DatePeriod,
  type Period,
  type PeriodPorts,
} from './period.js';
export {
  ALL,
  emptyShare,
  tallyShares,
  valueOf,
  type Asked,
  type ShareTallies,
  type ShareTally,
} from './share-tally.js';
export { tallySalesCycle, type SalesCycleTally } from './sales-cycle.js';
export { emptySpread, meanMsOf, type Spread } from './spread.js';
export { funnelSteps, tallyStageTimes, type FunnelStep, type StageTimes } from './stage-times.js';
export { emptyVolume, emptyVolumes, tallyVolumes, type VolumeAsked, type Volumes, type VolumeTally } from './volume.js';
export { conversionWithinMs, shareNames, type ShareName } from './shares.js';
export { goalValue, MATURE_AFTER_MS, statusOf, type Goal, type Standing } from './status.js';
export * from './press.js';
export type { TouchFacts } from './touch-facts.js';
export {
  missedInARow,
  noVerdicts,
  tallyVerdicts,
  type CommitmentRun,
  type PeriodsAsked,
  type JudgedPeriod,
  type Run,
  type VerdictCount,
  type VerdictCounts,
} from './streaks.js';
export { cellText, isFigureStatus, statusWords, type SayInstant } from './words.js';
export type { StandingFacts } from './standing-facts.js';
export type { TimeFacts } from './time-facts.js';
export { tallyDisputes, type DisputeGrouping, type DisputesAsked, type DisputeTally } from './disputes.js';
export { tallyEscalations, type EscalationTally } from './escalations.js';
export { tallyFriction, type FrictionTally } from './friction.js';
export { tallyReasons, type ReasonTally } from './reasons.js';
export { tallyTimes, type TimeAsked, type TimeGrouping, type TimeTally } from './time-split.js';
export {
  DUE_SOON_MS,
  emptyWorkload,
  tallyLoads,
  tallyWorkload,
  workloadParts,
  type WorkloadAsked,
  type WorkloadPart,
  type WorkloadTally,
} from './workload.js';
export type { WorstBreach } from './worst-breaches.js';
export { tallyWeeklyFeedback } from './weekly-feedback.js';
export {
  EPOCH_HOUR_OF_WEEK,
  HOURS_OF_WEEK,
  speedBins,
  tallyHours,
  tallySpeed,
  type HourTally,
  type SpeedAsked,
  type SpeedGrouping,
  type SpeedTally,
  type ZoneOffset,
} from './speed.js';
