import type { Instant } from '../business-time/index.js';
import type { ReportDocument } from './document.js';
import { clockGroupings, type ClockGrouping, type LeadFilter } from './grouping.js';

/** Every report by name: what it is called, and by what it can be split. */
export const reportCatalogue = {
  compliance: { title: 'Promises kept, side by side', groupings: clockGroupings },
  targets: { title: 'Targets and what was reached', groupings: [] },
  maturity: { title: 'How mature the agreement is', groupings: [] },
  funnel: { title: 'The funnel, stage by stage', groupings: [] },
} as const satisfies Record<string, { readonly title: string; readonly groupings: readonly ClockGrouping[] }>;

export type ReportName = keyof typeof reportCatalogue;
export const reportNames = Object.keys(reportCatalogue) as ReportName[];

/** A period as it is asked for: by its name, or by two dates. */
export type PeriodAsked = { readonly name: string } | { readonly fromDate: string; readonly toDate: string };

export interface ReportRequest {
  readonly report: ReportName;
  /** Absent: the default agreement. */
  readonly agreement?: string;
  readonly period: PeriodAsked;
  readonly asOf: Instant;
  readonly by?: ClockGrouping;
  readonly filter: LeadFilter;
}

/** Why a report cannot be made. */
export type ReportRefusal = 'unknown-agreement' | 'impossible-period';

/** Makes reports; the same request gives the same document whenever it is made. */
export interface ReportDesk {
  make(request: ReportRequest): Promise<ReportDocument | ReportRefusal>;
}
