/**
 * Here live the reports as readers get them: the SQL behind each figure, and how figures become tables. What a figure
 * means is said in `src/domain/reports`; nothing here knows Temporal, HTTP or a clock.
 */
import type { AgreementTerms, Governance, VersionStatus } from '../domain/agreement/index.js';
import type { Instant } from '../domain/business-time/index.js';
import type {
  ClockGrouping,
  EnteredBaseline,
  LeadFilter,
  OpenTimeOn,
  Period,
  ZoneOffset,
} from '../domain/reports/index.js';

/** Puts one read-only query to the tables of reports. */
export type ReportQuery = <R>(text: string, values: readonly unknown[]) => Promise<readonly R[]>;

/** Leads of which agreement are asked about, and as of when: what was recorded later is not known. */
export interface Known {
  readonly workspace: string;
  readonly agreement: string;
  readonly asOf: Instant;
}

/** What reports are made from. */
export interface ReportSource {
  readonly workspace: string;
  readonly query: ReportQuery;
  readonly openTimeOn: OpenTimeOn;
  /** The clocks of a zone in `[from, to)`, by the pinned zone data. */
  readonly offsetsOf: (timeZone: string, from: Instant, to: Instant) => readonly ZoneOffset[];
  /** When the last so many open days of that calendar in `[from, to)` began; all of it, if there are not so many. */
  readonly lastOpenDays: (
    agreement: AgreementTerms,
    governance: Governance,
    span: { readonly from: Instant; readonly to: Instant },
    count: number,
  ) => Instant;
  /** Days with open hours of the agreement's default calendar in `[from, to)`, by the agreement's zone. */
  readonly openDayCount: (agreement: AgreementTerms, governance: Governance, from: Instant, to: Instant) => number;
}

/** A version of the agreement, and how long it was the active one, as far as is known as of the report. */
export interface InForce {
  readonly agreement: AgreementTerms;
  readonly governance: Governance;
  /** `[from, to)`; the first one counts for all time before it, the last one for all time after. */
  readonly from: Instant;
  readonly to: Instant;
}

/** What a report is asked for, with what its agreement says. */
export interface ReportAsked {
  readonly agreement: AgreementTerms;
  readonly governance: Governance;
  /** Whatever was in force in the period, the one before or the last weeks and months, the oldest first. */
  readonly versions: readonly InForce[];
  readonly period: Period;
  /** The period before, for the trend. */
  readonly before: Period;
  /** The weeks that the period touches, each whole. */
  readonly weeks: readonly Period[];
  /** The months that the period, the one before, the last weeks and the last months touch, each whole. */
  readonly months: readonly Period[];
  /** Whole weeks and months that had ended by the end of the period and of the report, the oldest first. */
  readonly lastWeeks: readonly Period[];
  readonly lastMonths: readonly Period[];
  /** What was entered as baselines by the report, and the time that figures are compared with where nothing was. */
  readonly entered: readonly EnteredBaseline[];
  readonly baseline: BaselineSpan;
  /** Versions on their way into force as of the report. */
  readonly upcoming: readonly UpcomingVersion[];
  readonly asOf: Instant;
  readonly filter: LeadFilter;
  /** Absent: not split. */
  readonly by?: ClockGrouping;
}

/** What is known as of a report. */
export const knownFor = (
  { workspace }: Pick<ReportSource, 'workspace'>,
  { agreement, asOf }: Pick<ReportAsked, 'agreement' | 'asOf'>,
): Known => ({
  workspace,
  agreement: agreement.name,
  asOf,
});

/** A time before the period: while a version was in shadow, or the quarter before. */
export interface BaselineSpan {
  /** As readers see it: `2026-Q3`, or `shadow of inbound-saas@2`. */
  readonly name: string;
  readonly from: Instant;
  readonly to: Instant;
  /** Only leads of that version, as `inbound-saas@2`. */
  readonly version?: string;
  /** Where it is one that can be asked for: a version is in shadow from one instant to another. */
  readonly period?: Period;
}

/** A version that somebody put to its signers, and that is not in force. */
export interface UpcomingVersion {
  /** As `inbound-saas@3`. */
  readonly version: string;
  readonly status: VersionStatus;
  /** When it came to stand so. */
  readonly since: Instant;
  /** Null: not said yet. */
  readonly effectiveAt: Instant | null;
}
