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

interface FigureView {
  readonly numerator: number;
  readonly denominator: number;
}

/** A proposal, as far as it is told in lines; `show --json` has all of it. */
interface ProposalView {
  readonly id: string;
  readonly changes: readonly string[];
  readonly answer: (SaidView & { readonly isAccepted: boolean }) | null;
  /** Of a clock. */
  readonly goal: number;
  readonly now?: FigureView;
  readonly tried?: readonly { readonly changes: readonly string[]; readonly would: FigureView }[];
  /** Of a target. */
  readonly months?: readonly { readonly month: string; readonly isMetNow: boolean; readonly wouldBeMet: boolean }[];
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
    readonly inWords?: { readonly goal: string; readonly value: string };
  }[];
  readonly words: readonly SaidView[];
  readonly lessons: readonly SaidView[];
  readonly answers: readonly (SaidView & { readonly commitment: string })[];
  readonly confirmations: readonly (SaidView & { readonly deliverable: string; readonly isDelivered: boolean })[];
  readonly decisions: readonly DecisionView[];
  readonly proposals: readonly ProposalView[];
  readonly draft: { readonly version: number } | null;
  readonly lacks: {
    readonly word: boolean;
    readonly deliverables: readonly string[];
    readonly answers: readonly string[];
    readonly decisionCount: number;
  } | null;
}

/** Reviews, one a line. */
export const reviewRows = (reviews: readonly ReviewSummary[]): readonly string[] =>
  reviews.length === 0
    ? ['there are none; a review opens on the day that the reviews of its agreement name']
    : table([
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
        ({ commitment, party, weeksBelowGoal, inWords }) =>
          `${commitment} (${party})${inWords === undefined ? '' : `: ${inWords.value}, agreed ${inWords.goal}`}` +
          (weeksBelowGoal > 1 ? `, ${weeksBelowGoal} weeks in a row` : ''),
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
    ...listed('proposals for the next version', review.proposals.flatMap(proposalLines)),
    ...(review.draft === null ? [] : [`its draft is version ${review.draft.version}`]),
    ...listed('it lacks', lacking(review)),
  ];
}

function proposalLines({ id, changes, answer, goal, now, tried = [], months = [] }: ProposalView): readonly string[] {
  const standing =
    answer === null ? 'not answered' : `${answer.isAccepted ? 'accepted' : 'declined'}: ${saidText(answer)}`;
  const metIn = (isMet: (month: (typeof months)[number]) => boolean): string =>
    `${months.filter(isMet).length} of ${months.length} months`;
  return [
    `${id} (${standing})`,
    ...changes.map((change) => `  ${change}`),
    ...(now === undefined ? [] : [`  now ${shareText(now)} kept, of ${percentText(goal)} agreed`]),
    ...tried.map(({ changes: other, would }) => `  ${shareText(would)} with: ${other.join('; ')}`),
    ...(months.length === 0
      ? []
      : [`  met in ${metIn(({ isMetNow }) => isMetNow)}, would have been in ${metIn(({ wouldBeMet }) => wouldBeMet)}`]),
  ];
}

const shareText = ({ numerator, denominator }: FigureView): string =>
  denominator === 0 ? 'no leads' : `${percentText(numerator / denominator)} (${numerator} of ${denominator})`;

/** Rounded down, as in all reports. */
const percentText = (share: number): string => `${Math.floor(share * 1_000 + 1e-9) / 10} %`;

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
