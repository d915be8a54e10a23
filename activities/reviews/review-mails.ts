import type { Instant } from '../../src/domain/business-time/index.js';
import {
  answersOwed,
  deliverablesOwed,
  isLate,
  type Proposal,
  type ReviewLetter,
  type ReviewState,
  type Shortfall,
} from '../../src/domain/reviews/index.js';
import { nameOf, type Unreached } from '../notices/letter.js';
import type { PlainLetter } from '../notices/plain-mail.js';

export interface ReviewMail {
  readonly review: ReviewState;
  readonly letter: ReviewLetter;
  readonly unreached: readonly Unreached[];
  /** An instant in the reader's zone. */
  readonly say: (at: Instant) => string;
  readonly publicUrl: string;
}

/** What a letter says, whoever gets it in the end. */
export function letterTo(mail: ReviewMail): PlainLetter {
  const { subject, paragraphs } = letterOf(mail);
  const standIns = mail.unreached.map(
    ({ reader, reason }) => `This is for ${nameOf(reader)}, whom mail does not reach (${reason}). Please pass it on.`,
  );
  return { subject, paragraphs: [...standIns, ...paragraphs, placeOf(mail)] };
}

function letterOf(mail: ReviewMail): PlainLetter {
  switch (mail.letter.kind) {
    case 'invitation':
      return invitation(mail);
    case 'review-overdue-to-close':
      return overdue(mail);
    case 'decision-reminder':
      return reminder(mail);
  }
}

function invitation({ review, say }: ReviewMail): PlainLetter {
  const { minutes, openedAt, scheduledAt, agenda, dueAt, attendees } = review;
  return {
    subject: `${titleOf(review)} is open`,
    paragraphs: [
      isLate(review)
        ? `The ${review.name} review of ${review.agreement.name} was to open on ${say(scheduledAt)}; it could not, and is open since ${say(openedAt)}.`
        : `The ${review.name} review of ${review.agreement.name} is open since ${say(openedAt)}.`,
      `It looks at ${review.period.name}${minutes === undefined ? '' : ` and takes ${minutes} minutes`}. With it: ${attendees.join(', ')}.`,
      ...(agenda.length === 0 ? [] : [listing('On the agenda:', agenda)]),
      ...(review.shortfalls.length === 0
        ? []
        : [listing('Below what was agreed:', review.shortfalls.map(shortfallText))]),
      ...proposalTexts(review),
      listing(`It is to be closed by ${say(dueAt)}, with:`, owedTexts(review)),
    ],
  };
}

function overdue({ review, say }: ReviewMail): PlainLetter {
  return {
    subject: `${titleOf(review)} was to be closed`,
    paragraphs: [
      `The ${review.name} review of ${review.agreement.name} was to be closed by ${say(review.dueAt)} and is still open. It was put to ${review.attendees.join(', ')}.`,
      listing('It still lacks:', owedTexts(review)),
      'This comes once a week until it is closed.',
    ],
  };
}

function reminder({ review, letter, say }: ReviewMail): PlainLetter {
  const decision = review.decisions.find(({ n }) => n === letter.n)!;
  const isOverdue = !letter.occasion.endsWith('before');
  return {
    subject: `${isOverdue ? 'Overdue' : 'Soon due'}: ${decision.text.slice(0, 80)}`,
    paragraphs: [
      `${decision.by} recorded in the ${review.name} review of ${review.agreement.name}, over ${review.period.name}, that ${decision.owner} sees to this by the end of ${decision.dueDate}:`,
      decision.text,
      isOverdue
        ? `It was due by ${say(decision.dueAt)}. Say that it is done, or drop it, each with a word; until then this comes once a week.`
        : 'Say that it is done, or drop it, each with a word.',
    ],
  };
}

const titleOf = ({ name, agreement, period }: ReviewState): string =>
  `${name.slice(0, 1).toUpperCase()}${name.slice(1)} review of ${agreement.name}, ${period.name}`;

const listing = (opening: string, items: readonly string[]): string =>
  [opening, ...items.map((item) => `- ${item}`)].join('\n');

function shortfallText(shortfall: Shortfall): string {
  const { commitment, party, weeksBelowGoal } = shortfall;
  const weeks = weeksBelowGoal > 1 ? `, ${weeksBelowGoal} weeks in a row` : '';
  return `${commitment} (${party})${figureText(shortfall)}${weeks}`;
}

function figureText({ value, goal, inWords }: Shortfall): string {
  if (inWords !== undefined) return `: ${inWords.value}, agreed ${inWords.goal}`;
  return value === null || goal === null ? '' : `: ${percent(value)}, agreed ${percent(goal)}`;
}

/** What the quarter suggests for the next version, each with what it would have meant. */
function proposalTexts({ proposals = [] }: ReviewState): readonly string[] {
  if (proposals.length === 0) return [];
  return [listing('Proposed for the next version, to accept or to decline one by one:', proposals.map(proposalText))];
}

function proposalText(proposal: Proposal): string {
  const change = proposal.changes.join('; ');
  if (proposal.kind === 'clock') {
    const { now, would, goal } = proposal;
    return `${change} (kept ${sharesText(now)}, would have been kept ${sharesText(would)}, agreed ${percent(goal)})`;
  }
  const { months } = proposal;
  const [metCount, wouldCount] = [
    months.filter(({ isMetNow }) => isMetNow).length,
    months.filter(({ wouldBeMet }) => wouldBeMet).length,
  ];
  return `${change} (met in ${metCount} of ${months.length} months, would have been in ${wouldCount})`;
}

const sharesText = ({
  numerator,
  denominator,
}: {
  readonly numerator: number;
  readonly denominator: number;
}): string => (denominator === 0 ? 'by nobody' : percent(numerator / denominator));

/** Rounded down, as all reports do. */
const percent = (share: number): string => `${Math.floor(share * 1_000 + 1e-9) / 10} %`;

/** What has to be there before it can close, in the order in which people see to it. */
function owedTexts(review: ReviewState): readonly string[] {
  const decisionsOwed = review.decisionsMin - review.decisions.length;
  const owed = [
    ...(review.kind === 'weekly' && review.words.length === 0 ? ['a word of sales on the quality of the leads'] : []),
    ...deliverablesOwed(review).map((name) => `a word on whether this was delivered: ${name}`),
    ...answersOwed(review).map((commitment) => `an answer to ${commitment}`),
    ...(decisionsOwed > 0
      ? [`${decisionsOwed} ${decisionsOwed === 1 ? 'decision' : 'decisions'}, each with owner and day`]
      : []),
  ];
  return owed.length === 0 ? ['nothing but its closing'] : owed;
}

const placeOf = ({ review, publicUrl }: ReviewMail): string =>
  `Its figures are frozen (SHA-256 ${review.packHash}): ${publicUrl}/v1/reviews/${review.id}/pack, or npx handoff reviews show ${review.id}.`;
