import type { Money } from '../attribution/index.js';
import type { Instant } from '../business-time/index.js';
import type { Period } from './period.js';

/** How a column's values are to be read; every format of a report writes them in its own way. */
export const cellKinds = [
  'text',
  'count',
  'share',
  'open-time',
  'elapsed',
  'days',
  'money',
  'instant',
  'status',
] as const;
export type CellKind = (typeof cellKinds)[number];

/** `met` and `missed` only once nothing can change any more (R5); `no-target` and `no-leads` judge nothing. */
export const figureStatuses = ['met', 'missed', 'on-track', 'at-risk', 'no-target', 'no-leads'] as const;
export type FigureStatus = (typeof figureStatuses)[number];

/**
 * What stands in a cell: text and statuses as words, counts and shares as numbers (a share of 1 is all), times in
 * milliseconds, instants in UTC. Null: there is none to tell, and `no-leads` says that there was nothing to be counted.
 */
export type Cell = string | number | Money | null;

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly kind: CellKind;
}

export interface TableRow {
  readonly cells: readonly Cell[];
  /** By column: cells that are to be read otherwise than their column says, as where each row is another metric. */
  readonly kinds?: Readonly<Record<string, CellKind>>;
  /** Too few leads to say anything of a person: shown, but greyed. */
  readonly isFaint?: boolean;
  /** By column: where the list of what its number counts is to be had (`/v1/reports/…/leads?…`). */
  readonly leads?: Readonly<Record<string, string>>;
}

/** How a row's value in a column is to be read. */
export const kindIn = ({ kinds }: Pick<TableRow, 'kinds'>, { id, kind }: Column): CellKind => kinds?.[id] ?? kind;

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
}

/** One value at a place on the horizontal axis; null: no leads there, which is a gap and no zero. */
export interface Point {
  readonly label: string;
  readonly value: number | null;
  /** Of a bar whose target is its own: drawn as a mark across it. */
  readonly target?: number;
}

interface Plot {
  readonly title: string;
  readonly kind: CellKind;
  /** Drawn as a line with its value; absent: there is none. */
  readonly target?: number;
}

export type Chart =
  | (Plot & { readonly shape: 'bars' | 'line'; readonly points: readonly Point[] })
  | (Plot & {
      readonly shape: 'heat-map';
      readonly columns: readonly string[];
      readonly rows: readonly { readonly label: string; readonly values: readonly FieldValue[] }[];
    });

/** Of one cell of a field; null: no leads, and `not-reached`: a rank that is longer than any time known. */
export type FieldValue = number | 'not-reached' | null;

export interface Section {
  readonly id: string;
  readonly title: string;
  /** What a reader must know to read the table right: definitions, exclusions, assumptions. */
  readonly notes: readonly string[];
  readonly table: Table;
  readonly charts: readonly Chart[];
}

/** A whole report, before any format: the same question with the same `asOf` gives the same document. */
export interface ReportDocument {
  readonly report: string;
  readonly title: string;
  readonly agreement: string;
  readonly timeZone: string;
  readonly period: Period;
  readonly asOf: Instant;
  /** What was left out by the reader's own wish, in words: `team sdr-east`. */
  readonly filters: readonly string[];
  readonly sections: readonly Section[];
}
