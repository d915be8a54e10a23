import type { AgreementTerms, Party } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { Cell, ReportDocument } from '../reports/index.js';
import type { CommitmentComparison, Figure, WhatIf } from '../what-if/comparison.js';

/** Lines of an agreement by dotted path, each with what it would say. */
export type ProposedLines = Readonly<Record<string, unknown>>;

/** A change of the agreement, before anybody knows what it would mean. */
export interface DraftedChange {
  readonly lines: ProposedLines;
  /** What it says otherwise than the version in force, one sentence each. */
  readonly changes: readonly string[];
  readonly terms: AgreementTerms;
}

/** What a change of one clock would have meant for the leads of the quarter, by what-if. */
export interface TriedChange {
  readonly lines: ProposedLines;
  readonly changes: readonly string[];
  /** Met ÷ (met + breached). */
  readonly would: Figure;
  readonly metToBreached: number;
  readonly breachedToMet: number;
  readonly reachesGoal: boolean;
}

interface Proposed {
  /** The place in the agreement that it changes. */
  readonly id: string;
  readonly commitment: string;
  readonly party: Party | null;
  readonly lines: ProposedLines;
  readonly changes: readonly string[];
}

/** More or less time for a clock. */
export interface ClockProposal extends Proposed {
  readonly kind: 'clock';
  readonly goal: number;
  /** By the version in force, over the same leads. */
  readonly now: Figure;
  readonly would: Figure;
  /** Everything that was tried, the proposed change among it; the least change first. */
  readonly tried: readonly TriedChange[];
  readonly leads: TriedLeads;
}

/** Which leads were told to the changed agreement. */
export interface TriedLeads {
  readonly from: Instant;
  readonly to: Instant;
  readonly asOf: Instant;
  readonly count: number;
  /** One lead in so many took part. */
  readonly oneIn: number;
}

/** Another amount for a target over a month. */
export interface TargetProposal extends Proposed {
  readonly kind: 'target';
  readonly goalNow: number;
  readonly goal: number;
  readonly months: readonly TriedMonth[];
}

export interface TriedMonth {
  readonly month: string;
  readonly actual: number;
  readonly isMetNow: boolean;
  readonly wouldBeMet: boolean;
}

/** What the next version could say, with what it would have meant. */
export type Proposal = ClockProposal | TargetProposal;

/** So many clocks at most are tried with more time, the nearest to their goal first, and so many with less. */
const MISSED_MAX = 8;
const EXCEEDED_MAX = 2;
/** Fewer decided clocks say nothing of a promise, as fewer leads say nothing of a person. */
const DECIDED_MIN = 20;

const MORE_TIME = [1.25, 1.5, 2] as const;
const LESS_TIME = [0.75, 0.5] as const;

/** A clock to be tried with other times, the least change first. */
export interface ClockToTry {
  readonly clock: string;
  readonly factors: readonly number[];
}

/** Which clocks are worth trying otherwise: those that missed their goal, and those with half of their slack to spare. */
export function clocksToTry({ commitments }: WhatIf): readonly ClockToTry[] {
  const judged = commitments.flatMap((commitment) => {
    const aheadPpm = aheadOfGoal(commitment);
    return aheadPpm === undefined ? [] : [{ clock: commitment.clock, aheadPpm, slackPpm: WHOLE - commitment.goalPpm! }];
  });
  const missed = judged.filter(({ aheadPpm }) => aheadPpm < 0).toSorted((a, b) => b.aheadPpm - a.aheadPpm);
  const exceeded = judged
    .filter(({ aheadPpm, slackPpm }) => slackPpm > 0 && aheadPpm >= slackPpm / 2)
    .toSorted((a, b) => b.aheadPpm - a.aheadPpm);
  return [
    ...missed.slice(0, MISSED_MAX).map(({ clock }) => ({ clock, factors: MORE_TIME })),
    ...exceeded.slice(0, EXCEEDED_MAX).map(({ clock }) => ({ clock, factors: LESS_TIME })),
  ];
}

const WHOLE = 1_000_000;

/** By how much the share is above its goal, in parts per million; undefined where neither says anything. */
function aheadOfGoal({ goalPpm, would }: CommitmentComparison): number | undefined {
  if (goalPpm === null || would === null || would.denominator < DECIDED_MIN) return undefined;
  return (would.numerator * WHOLE - goalPpm * would.denominator) / would.denominator;
}

/** A change and the answer that what-if gave for it. */
export interface Trial {
  readonly change: DraftedChange;
  readonly answer: WhatIf;
}

/**
 * What to propose for a clock: of more time the least that reaches the goal, of less time the least that still does.
 * Undefined: nothing that was tried reaches it, so time is not what is lacking, or none can be spared.
 */
export function proposalFor(
  { clock, factors }: ClockToTry,
  present: WhatIf,
  trials: readonly Trial[],
  oneIn: number,
): ClockProposal | undefined {
  const now = commitmentIn(present, clock);
  if (now?.would == null || now.goalPpm === null) return undefined;
  const tried = trials.map(({ change, answer }) => triedChange(clock, change, answer));
  const isMoreTime = factors[0]! > 1;
  const chosen = isMoreTime
    ? tried.find(({ reachesGoal }) => reachesGoal)
    : tried.findLast(({ reachesGoal }) => reachesGoal);
  if (chosen === undefined) return undefined;
  const { from, to, asOf, leads } = present;
  return {
    kind: 'clock',
    id: `clocks.${clock}`,
    commitment: clock,
    party: now.party,
    lines: chosen.lines,
    changes: chosen.changes,
    goal: now.goalPpm / WHOLE,
    now: now.would,
    would: chosen.would,
    tried,
    leads: { from, to, asOf, count: leads.folded, oneIn },
  };
}

const commitmentIn = ({ commitments }: WhatIf, clock: string): CommitmentComparison | undefined =>
  commitments.find((commitment) => commitment.clock === clock);

function triedChange(clock: string, { lines, changes }: DraftedChange, answer: WhatIf): TriedChange {
  const commitment = commitmentIn(answer, clock)!;
  const { would, turned } = commitment;
  return { lines, changes, would: would!, ...turned, reachesGoal: (aheadOfGoal(commitment) ?? -1) >= 0 };
}

/** A target's months that have been judged, the oldest first. */
export interface JudgedTarget {
  readonly target: string;
  readonly months: readonly { readonly month: string; readonly actual: number; readonly isMet: boolean }[];
}

const MONTHS_MIN = 2;

/**
 * What the report `streaks` says of targets month by month: of months that count, for they have ended and matured, from
 * the first on in which anything was reached.
 */
export function judgedTargets({ sections }: ReportDocument): readonly JudgedTarget[] {
  const table = sections.find(({ id }) => id === 'target-months')?.table;
  if (table === undefined) return [];
  const judged = table.rows.flatMap(({ cells }) => {
    const cellOf = (id: string): Cell => cells[table.columns.findIndex((column) => column.id === id)] ?? null;
    const [target, month, status] = ['target', 'month', 'status'].map(cellOf);
    const actual = amountIn(cellOf('actual'));
    if (typeof target !== 'string' || typeof month !== 'string' || actual === undefined) return [];
    return status === 'met' || status === 'missed' ? [{ target, month, actual, isMet: status === 'met' }] : [];
  });
  return [...new Set(judged.map((one) => one.target))].map((name) => ({
    target: name,
    months: sinceBegun(judged.filter((one) => one.target === name)).map(({ month, actual, isMet }) => ({
      month,
      actual,
      isMet,
    })),
  }));
}

function sinceBegun<Month extends { readonly actual: number }>(months: readonly Month[]): readonly Month[] {
  const first = months.findIndex(({ actual }) => actual !== 0);
  return first < 0 ? [] : months.slice(first);
}

function amountIn(cell: Cell): number | undefined {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'object' && cell !== null ? cell.minor : undefined;
}

/** On which side of its amount a target is met. */
export type TargetSide = 'atLeast' | 'atMost';

/**
 * The amount that a target could have: where it was missed in half of its months or more, what was reached in half of
 * them; where every month left it behind by a tenth or more, the worst of them. Undefined: it is right as it is.
 */
export function amountToTry({ months }: JudgedTarget, side: TargetSide, goalNow: number): number | undefined {
  if (months.length < MONTHS_MIN) return undefined;
  const bestFirst = months.map(({ actual }) => actual).toSorted((a, b) => (side === 'atLeast' ? b - a : a - b));
  const missedCount = months.filter(({ isMet }) => !isMet).length;
  if (missedCount * 2 >= months.length) return bestFirst[Math.ceil(months.length / 2) - 1];
  const worst = bestFirst.at(-1)!;
  const isAhead = side === 'atLeast' ? worst >= goalNow * 1.1 : worst <= goalNow * 0.9;
  return missedCount === 0 && isAhead ? worst : undefined;
}

/** The months as they would have been judged by another amount. */
export const monthsBy = ({ months }: JudgedTarget, side: TargetSide, goal: number): readonly TriedMonth[] =>
  months.map(({ month, actual, isMet }) => ({
    month,
    actual,
    isMetNow: isMet,
    wouldBeMet: side === 'atLeast' ? actual >= goal : actual <= goal,
  }));
