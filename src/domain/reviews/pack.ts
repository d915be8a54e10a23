import type { VersionStatus } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import {
  cellText,
  kindIn,
  type Cell,
  type ReportDocument,
  type ReportName,
  type Table,
  type TableRow,
  type WorstBreach,
} from '../reports/index.js';
import type { Review, ReviewState, Said, Shortfall } from './review.js';

/** Which reports a review looks at, by its rhythm; one that is called by a breach looks at what was not kept. */
export const packReports = {
  weekly: ['weekly', 'compliance', 'targets', 'streaks'],
  monthly: [
    'targets',
    'compliance',
    'maturity',
    'funnel',
    'volume',
    'reasons',
    'friction',
    'disputes',
    'escalations',
    'ageing',
    'fair-play',
  ],
  quarterly: [
    'targets',
    'compliance',
    'maturity',
    'funnel',
    'pipeline',
    'sales-cycle',
    'costs',
    'lateness',
    'streaks',
    'corrections',
  ],
  'on-breach': ['compliance', 'streaks', 'escalations'],
} as const satisfies Record<Review['kind'], readonly ReportName[]>;

/** A report as it was, and the hash of its canonical bytes. */
export interface PackedReport {
  readonly sha256: string;
  readonly document: ReportDocument;
}

/** A version that is on its way into force. */
export interface UpcomingChange {
  readonly version: number;
  readonly status: VersionStatus;
  readonly effectiveAt: Instant | null;
  /** What it says otherwise than the version in force, one sentence each. */
  readonly changes: readonly string[];
}

/** A decision of an earlier review that nobody has done or dropped. */
export interface OpenDecision {
  readonly review: string;
  readonly n: number;
  readonly text: string;
  readonly owner: string;
  readonly dueDate: string;
  readonly isOverdue: boolean;
}

export interface Lesson extends Said {
  readonly review: string;
}

/** Everything that a review looks at, frozen when it opens. */
export interface ReviewPack {
  readonly review: Omit<Review, 'packHash'>;
  readonly isLate: boolean;
  readonly reports: readonly PackedReport[];
  readonly worstBreaches: readonly (WorstBreach & { readonly explain: string })[];
  /** Of earlier reviews, the newest first. */
  readonly lessons: readonly Lesson[];
  readonly upcomingChanges: readonly UpcomingChange[];
  readonly openDecisions: readonly OpenDecision[];
}

const LESSONS_MAX = 20;

/** What people recorded in earlier reviews for whoever comes after, the newest first. */
export const lessonsOf = (reviews: readonly ReviewState[]): readonly Lesson[] =>
  reviews
    .flatMap(({ id, lessons }) => lessons.map((lesson) => ({ ...lesson, review: id })))
    .toSorted((one, other) => other.at - one.at)
    .slice(0, LESSONS_MAX);

/** What earlier reviews decided and nobody has done or dropped, by the day on which it is due. */
export const openDecisionsOf = (reviews: readonly ReviewState[], now: Instant): readonly OpenDecision[] =>
  reviews
    .flatMap(({ id, decisions }) =>
      decisions
        .filter(({ status }) => status === 'open')
        .map(({ n, text, owner, dueDate, dueAt }) => ({
          review: id,
          n,
          text,
          owner,
          dueDate,
          isOverdue: dueAt <= now,
        })),
    )
    .toSorted((one, other) => (one.dueDate < other.dueDate ? -1 : 1));

/**
 * Commitments that a report shows below what was agreed, of all leads or of one segment: missed, or at risk where their
 * period goes on. Tables are read by
 * the ids of their columns, so any report that has these tells of shortfalls.
 */
export const shortfallsIn = ({ sections }: ReportDocument): readonly Omit<Shortfall, 'weeksBelowGoal'>[] =>
  sections.flatMap(({ id, table }) =>
    table.rows.flatMap((row) => {
      const { cells } = row;
      const wordsOf = (...columns: readonly string[]): string => textIn(table, row, columns);
      const cellOf = (...columns: readonly string[]): Cell => cells[placeOf(table, columns)] ?? null;
      const commitment = cellOf('commitment', 'metric');
      const status = cellOf('status');
      if (typeof commitment !== 'string' || (status !== 'missed' && status !== 'at-risk')) return [];
      const goal = numberIn(cellOf('goal', 'target'));
      const value = numberIn(cellOf('value', 'actual'));
      const inWords = { goal: wordsOf('goal', 'target'), value: wordsOf('value', 'actual') };
      const party = cellOf('party');
      const segment = cellOf('segment');
      const whole = typeof segment === 'string' ? `${commitment}, ${segment}` : commitment;
      return [{ commitment: whole, party: typeof party === 'string' ? party : id, goal, value, inWords }];
    }),
  );

function textIn(table: Table, row: TableRow, ids: readonly string[]): string {
  const place = placeOf(table, ids);
  const column = table.columns[place];
  return column === undefined ? cellText(null, 'text') : cellText(row.cells[place] ?? null, kindIn(row, column));
}

const placeOf = ({ columns }: Table, ids: readonly string[]): number =>
  columns.findIndex((column) => ids.includes(column.id));

function numberIn(cell: Cell): number | null {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'object' && cell !== null ? cell.minor : null;
}
