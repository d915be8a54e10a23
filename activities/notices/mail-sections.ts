import { capitalised, spoken } from '../../src/domain/notices/index.js';
import type { PromiseLine } from '../../src/domain/notices/index.js';
import type { Letter } from './letter.js';

/** One part of a letter below its opening: lines with a lead word or instant, the same for both forms of the mail. */
export interface Section {
  readonly title: string;
  readonly lines: readonly { readonly lead?: string; readonly text: string; readonly isUrgent?: boolean }[];
}

/** The letter's parts in the order in which its reader needs them; those with nothing to say are left out. */
export const sectionsOf = (letter: Letter): readonly Section[] =>
  [due(letter), step(letter), reasons(letter), engagement(letter), facts(letter), course(letter)].filter(
    ({ lines }) => lines.length > 0,
  );

const due = ({ briefing, say }: Letter): Section => ({
  title: 'What is due',
  lines: briefing.promises.map((promise) => ({
    lead: promise.dueAt === null ? 'resting' : say(promise.dueAt),
    text: `${capitalised(promise.order)} (${spoken(promise.clock)}${missedWord(promise)})`,
    isUrgent: promise.verdict === 'breached',
  })),
});

const missedWord = ({ verdict }: PromiseLine): string => (verdict === 'breached' ? ', missed and still owed' : '');

const step = ({ briefing: { step: next } }: Letter): Section => ({
  title: 'Your next step',
  lines: next
    ? [
        { lead: next.channel, text: `${capitalised(spoken(next.template))}, day ${next.day} of the cadence` },
        ...next.talkingPoints.map((text) => ({ text })),
      ]
    : [],
});

const reasons = ({ briefing }: Letter): Section => ({
  title: briefing.isHot ? 'Why this lead is hot' : 'Why this lead is here',
  lines: briefing.reasons.map((text) => ({ text })),
});

const engagement = ({ briefing, say }: Letter): Section => ({
  title: 'Recent engagement',
  lines: briefing.engagement.map(({ at, text }) => ({ lead: say(at), text })),
});

const facts = ({ briefing }: Letter): Section => ({
  title: 'Who they are',
  lines: [
    ...(briefing.email === null ? [] : [{ lead: 'Email', text: briefing.email }]),
    ...briefing.facts.map(({ label, value }) => ({ lead: label, text: value })),
    ...(briefing.missing.length > 0 ? [{ lead: 'Missing', text: briefing.missing.join(', ') }] : []),
  ],
});

const course = ({ briefing, say }: Letter): Section => ({
  title: 'If nobody acts',
  lines: briefing.course.map(({ at, text }) => ({ lead: say(at), text })),
});
