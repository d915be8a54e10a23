import type { Instant } from '../business-time/index.js';
import type { PeriodAsked, ReportName, ReportRefusal } from './catalogue.js';
import type { Column, TableRow } from './document.js';
import type { ListFilter } from './grouping.js';
import type { Period } from './period.js';

/** A number of a report, as a question for what it counts: the figure, and which of its counts. */
export interface ListRequest {
  readonly report: ReportName;
  readonly figure: string;
  readonly part: string;
  /** Absent: the default agreement. */
  readonly agreement?: string;
  readonly period: PeriodAsked;
  readonly asOf: Instant;
  readonly filter: ListFilter;
}

/** After which row of a list it goes on. */
export type ListPlace = readonly (string | number)[];

export interface ListPage {
  readonly rows: readonly TableRow[];
  /** Null: this was the last page. */
  readonly next: ListPlace | null;
}

/** What a number counts: as many rows as the number says, always in the same order. */
export interface LeadList {
  readonly report: ReportName;
  readonly figure: string;
  readonly part: string;
  readonly agreement: string;
  readonly timeZone: string;
  readonly period: Period;
  readonly asOf: Instant;
  readonly filters: readonly string[];
  readonly columns: readonly Column[];
  /** Page by page, each read only when it is asked for: whoever stops reading stops the reading. */
  pages(after: ListPlace | null, pageSize: number): AsyncIterable<ListPage>;
}

/** Why there is no such list, and what would be possible instead. */
export interface NoSuchList {
  readonly code: 'unknown-figure' | 'unknown-part' | 'unfit-filter';
  readonly possible: readonly string[];
}

export type ListRefusal = ReportRefusal | NoSuchList;
