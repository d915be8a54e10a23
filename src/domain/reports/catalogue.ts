import type { Instant } from '../business-time/index.js';
import type { PeriodKind } from './period.js';
import { clockGroupings, leadGroupings, type ClockGrouping, type LeadFilter } from './grouping.js';

/** Every report by name: what it is called, and by what it can be split. */
export const reportCatalogue = {
  compliance: { title: 'Promises kept, side by side', groupings: clockGroupings },
  'fair-play': { title: 'What could have flattered these figures', groupings: [] },
  targets: { title: 'Targets and what was reached', groupings: [] },
  maturity: { title: 'How mature the agreement is', groupings: leadGroupings },
  funnel: { title: 'The funnel, stage by stage', groupings: leadGroupings },
  volume: { title: 'Leads generated and worked', groupings: leadGroupings },
  'sales-cycle': { title: 'How long selling takes', groupings: leadGroupings },
  pipeline: { title: 'The pipeline, and who is credited for it', groupings: leadGroupings },
  weekly: { title: 'The week, for its review', groupings: [] },
  lateness: { title: 'What it cost that leads were answered late', groupings: [] },
  costs: { title: 'What leads and customers cost', groupings: [] },
  streaks: { title: 'Missed again and again', groupings: [] },
  speed: { title: 'Speed to lead', groupings: leadGroupings },
  reasons: { title: 'Why leads were rejected or disposed of', groupings: leadGroupings },
  friction: { title: 'Talk-track friction and content gaps', groupings: leadGroupings },
  disputes: { title: 'Disputes about quality', groupings: leadGroupings },
  escalations: { title: 'Warnings and escalations', groupings: leadGroupings },
  ageing: { title: 'Open leads by age', groupings: leadGroupings },
  workload: { title: 'How much everybody has to do', groupings: leadGroupings },
  corrections: { title: 'Verdicts that were corrected', groupings: leadGroupings },
  'time-split': { title: 'Where the time of promises went', groupings: leadGroupings },
} as const satisfies Record<string, { readonly title: string; readonly groupings: readonly ClockGrouping[] }>;

export type ReportName = keyof typeof reportCatalogue;
export const reportNames = Object.keys(reportCatalogue) as ReportName[];

/** A period as it is asked for: by its name, by two dates, or as the one in which the as-of lies. */
export type PeriodAsked =
  | { readonly name: string }
  | { readonly fromDate: string; readonly toDate: string }
  | { readonly current: Exclude<PeriodKind, 'days'> };

export interface ReportRequest {
  readonly report: ReportName;
  /** Absent: the default agreement. */
  readonly agreement?: string;
  readonly period: PeriodAsked;
  readonly asOf: Instant;
  readonly by?: ClockGrouping;
  readonly filter: LeadFilter;
}

/** How every commitment with a goal stood in the last weeks that had ended. */
export interface StreakRequest {
  /** Absent: the default agreement. */
  readonly agreement?: string;
  readonly asOf: Instant;
  /** Only weeks that had ended by then; absent: by the report. */
  readonly endedBy?: Instant;
}

/** Why a report cannot be made. */
export type ReportRefusal = 'unknown-agreement' | 'impossible-period';
