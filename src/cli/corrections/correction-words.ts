import { correctionLeadStatuses, type CorrectionCounts, type CorrectionTotal } from '../../domain/correction/index.js';
import { table } from '../table.js';

/** What the API says of a correction; the sums only of one that was asked for by itself. */
export interface CorrectionView {
  readonly correctionId: string;
  readonly agreement: string;
  /** Of a calendar. */
  readonly versions?: readonly number[];
  readonly calendar?: string;
  readonly days?: Readonly<Record<string, readonly string[]>>;
  /** Of a touch. */
  readonly leadId?: string;
  readonly touch?: number;
  readonly occurredAt?: string;
  readonly reason: string;
  readonly status: string;
  readonly createdBy: string;
  readonly approvedBy: string | null;
  readonly counts: CorrectionCounts;
  readonly takes: readonly string[];
  readonly totals?: readonly CorrectionTotal[];
  readonly unjudged?: readonly { readonly leadId: string; readonly code: string }[];
}

interface JudgementView {
  readonly verdict: string;
  readonly dueAt: string | null;
}

export interface VerdictView {
  readonly leadId: string;
  readonly clock: string;
  readonly n: number;
  readonly cycle: number;
  readonly team: string | null;
  readonly was: JudgementView;
  readonly is: JudgementView;
}

/** All that can be said of a correction in a few lines. */
export function correctionLines(correction: CorrectionView): readonly string[] {
  const { correctionId, days = {}, reason, createdBy, approvedBy } = correction;
  const { status, takes, totals = [], unjudged = [] } = correction;
  const approved = approvedBy === null ? '' : `, approved by ${approvedBy}`;
  return [
    `${correctionId}: ${whatWasWrong(correction)}, written by ${createdBy}${approved}`,
    `  ${reason}`,
    ...table(Object.entries(days).map(([date, hours]) => [date, hours.length === 0 ? 'closed' : hours.join(', ')])),
    `  ${status}: ${countsText(correction)}${takes.length === 0 ? '' : `; takes ${takes.join(', ')}`}`,
    ...totalLines(totals),
    ...unjudged.map(({ leadId, code }) => `  cannot be judged: ${leadId} (${code})`),
  ];
}

function whatWasWrong({ agreement, versions = [], calendar, leadId, touch, occurredAt }: CorrectionView): string {
  if (leadId !== undefined) return `touch ${touch} of ${leadId} happened at ${occurredAt}`;
  return `${calendar} of ${versions.map((n) => `${agreement}@${n}`).join(', ')}`;
}

function countsText({ counts }: CorrectionView): string {
  const present = correctionLeadStatuses.filter((name) => counts[name] > 0);
  return present.length === 0 ? 'no lead' : present.map((name) => `${counts[name]} ${name}`).join(', ');
}

const totalLines = (totals: readonly CorrectionTotal[]): readonly string[] =>
  totals.length === 0
    ? []
    : table([
        ['clock', 'team', 'clocks', 'now met', 'now breached', 'moved'],
        ...totals.map(({ clock, team, clockCount, nowMetCount, nowBreachedCount, movedCount }) => [
          clock,
          team ?? '-',
          ...[clockCount, nowMetCount, nowBreachedCount, movedCount].map(String),
        ]),
      ]);

const HEAD = ['lead', 'clock', 'team', 'was', 'due', 'is', 'due'];

/** A page of them; the first one has the heads of the columns. */
export const verdictLines = (verdicts: readonly VerdictView[], isFirst: boolean): readonly string[] =>
  isFirst && verdicts.length === 0
    ? ['no verdict changes']
    : table([...(isFirst ? [HEAD] : []), ...verdicts.map(cellsOf)]);

const cellsOf = ({ leadId, clock, n, cycle, team, was, is }: VerdictView): readonly string[] => [
  leadId,
  `${clock} #${n}${cycle === 1 ? '' : `, cycle ${cycle}`}`,
  team ?? '-',
  was.verdict,
  was.dueAt ?? '-',
  is.verdict,
  is.dueAt ?? '-',
];
