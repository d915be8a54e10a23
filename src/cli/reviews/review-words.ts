import { table } from '../table.js';

interface SaidView {
  readonly by: string;
  readonly at: string;
  readonly text: string;
}

interface DecisionView extends SaidView {
  readonly n: number;
  readonly owner: string;
  readonly dueDate: string;
  readonly status: string;
}

/** What the API says of a review in a list. */
export interface ReviewSummary {
  readonly reviewId: string;
  readonly period: string;
  readonly status: string;
  readonly dueAt: string;
  readonly isLate: boolean;
  readonly escalatedAt: string | null;
  readonly openDecisionCount: number;
}

/** What it says of one review. */
export interface ReviewView extends ReviewSummary {
  readonly attendees: readonly string[];
  readonly agenda: readonly string[];
  readonly packHash: string;
  readonly shortfalls: readonly {
    readonly commitment: string;
    readonly party: string;
    readonly weeksBelowGoal: number;
  }[];
  readonly words: readonly SaidView[];
  readonly lessons: readonly SaidView[];
  readonly answers: readonly (SaidView & { readonly commitment: string })[];
  readonly confirmations: readonly (SaidView & { readonly deliverable: string; readonly isDelivered: boolean })[];
  readonly decisions: readonly DecisionView[];
  readonly lacks: {
    readonly word: boolean;
    readonly deliverables: readonly string[];
    readonly answers: readonly string[];
    readonly decisionCount: number;
  } | null;
}

/** Reviews, one a line. */
export const reviewRows = (reviews: readonly ReviewSummary[]): readonly string[] =>
  table([
    ['review', 'over', 'status', 'to be closed by', 'open decisions'],
    ...reviews.map(({ reviewId, period, dueAt, openDecisionCount, ...review }) => [
      reviewId,
      period,
      standingOf(review),
      dueAt,
      String(openDecisionCount),
    ]),
  ]);

const standingOf = ({
  status,
  isLate,
  escalatedAt,
}: Pick<ReviewSummary, 'status' | 'isLate' | 'escalatedAt'>): string =>
  [status, ...(isLate ? ['opened late'] : []), ...(escalatedAt === null ? [] : ['escalated'])].join(', ');

/** One review as people talk of it: what it looks at, what was said, what is owed. */
export function reviewLines(review: ReviewView): readonly string[] {
  const { reviewId, period, dueAt, attendees, agenda, packHash } = review;
  return [
    `${reviewId}, over ${period}: ${standingOf(review)}, to be closed by ${dueAt}`,
    `with ${attendees.join(', ')}; frozen figures ${packHash}`,
    ...(agenda.length === 0 ? [] : [`agenda: ${agenda.join(', ')}`]),
    ...listed(
      'below what was agreed',
      review.shortfalls.map(
        ({ commitment, party, weeksBelowGoal }) =>
          `${commitment} (${party})${weeksBelowGoal > 1 ? `, ${weeksBelowGoal} weeks in a row` : ''}`,
      ),
    ),
    ...listed('word of sales', review.words.map(saidText)),
    ...listed(
      'answers',
      review.answers.map((said) => `${said.commitment}: ${saidText(said)}`),
    ),
    ...listed(
      'delivered',
      review.confirmations.map((said) => `${said.isDelivered ? 'yes' : 'no'}, ${said.deliverable}: ${saidText(said)}`),
    ),
    ...listed('lessons', review.lessons.map(saidText)),
    ...listed(
      'decisions',
      review.decisions.map(
        ({ n, owner, dueDate, status, text }) => `${n}. ${text} (${owner}, by ${dueDate}, ${status})`,
      ),
    ),
    ...listed('it lacks', lacking(review)),
  ];
}

const listed = (title: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [`${title}:`, ...items.map((item) => `  ${item}`)];

const saidText = ({ by, text }: SaidView): string => `${text} (${by})`;

function lacking({ lacks }: ReviewView): readonly string[] {
  if (lacks === null) return [];
  return [
    ...(lacks.word ? ['the word of sales on the quality of the leads'] : []),
    ...lacks.deliverables.map((name) => `a word on: ${name}`),
    ...lacks.answers.map((commitment) => `an answer for ${commitment}`),
    ...(lacks.decisionCount > 0 ? [`${lacks.decisionCount} more decisions`] : []),
  ];
}
