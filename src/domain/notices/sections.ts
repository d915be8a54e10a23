import type { Instant } from '../business-time/index.js';
import type { StepDelay } from '../cadence/index.js';
import type { Briefing, PromiseLine } from './briefing.js';
import { capitalised, spoken } from './words.js';
/** One part of a briefing as it is read: lines with a lead word or instant before them. */
export interface Section {
  readonly title: string;
  readonly lines: readonly { readonly lead?: string; readonly text: string; readonly isUrgent?: boolean }[];
}

type Say = (at: Instant) => string;

/**
 * The briefing's parts in the order in which a reader needs them; those with nothing to say are left out.
 * @param say an instant in the reader's zone
 */
export const sectionsOf = (briefing: Briefing, say: Say): readonly Section[] =>
  [
    due(briefing, say),
    step(briefing, say),
    reasons(briefing),
    engagement(briefing, say),
    facts(briefing),
    course(briefing, say),
  ].filter(({ lines }) => lines.length > 0);

const due = (briefing: Briefing, say: Say): Section => ({
  title: 'What is due',
  lines: briefing.promises.map((promise) => ({
    lead: promise.dueAt === null ? 'resting' : say(promise.dueAt),
    text: `${capitalised(promise.order)} (${spoken(promise.clock)}${missedWord(promise)})`,
    isUrgent: promise.verdict === 'breached',
  })),
});

const missedWord = ({ verdict }: PromiseLine): string => (verdict === 'breached' ? ', missed and still owed' : '');

const step = ({ step: next, stepDay }: Briefing, say: Say): Section => ({
  title: 'Next step',
  lines: next
    ? [
        { lead: next.channel, text: `${capitalised(spoken(next.template))}, day ${next.day} of the cadence` },
        ...(stepDay ? [{ lead: 'When', text: dayText(stepDay, say) }] : []),
        ...next.talkingPoints.map((text) => ({ text })),
      ]
    : [],
});

const dayText = ({ from, until, movedBy }: NonNullable<Briefing['stepDay']>, say: Say): string =>
  `${say(from)} to ${say(until)}${movedBy === null ? '' : `, ${delayTexts[movedBy]}`}`;

const delayTexts: Readonly<Record<StepDelay, string>> = {
  'owner-absent': 'after the absence of its owner',
  'out-of-office': 'once the prospect is back',
  paused: 'once the pause ends',
  overdue: 'for it was not made on its day',
  'closed-hours': 'the next open day',
  'daily-cap': 'for the days before are full',
};

const reasons = (briefing: Briefing): Section => ({
  title: briefing.isHot ? 'Why this lead is hot' : 'Why this lead is here',
  lines: briefing.reasons.map((text) => ({ text })),
});

const engagement = (briefing: Briefing, say: Say): Section => ({
  title: 'Recent engagement',
  lines: briefing.engagement.map(({ at, text }) => ({ lead: say(at), text })),
});

const facts = (briefing: Briefing): Section => ({
  title: 'Who they are',
  lines: [
    ...(briefing.email === null ? [] : [{ lead: 'Email', text: briefing.email }]),
    ...briefing.facts.map(({ label, value }) => ({ lead: label, text: value })),
    ...(briefing.missing.length > 0 ? [{ lead: 'Missing', text: briefing.missing.join(', ') }] : []),
  ],
});

const course = (briefing: Briefing, say: Say): Section => ({
  title: 'If nobody acts',
  lines: briefing.course.map(({ at, text }) => ({ lead: say(at), text })),
});
