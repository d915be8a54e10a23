/** Promise: the version of then, asked what it would have done, does what it did; event by event, in any world. */
import { answerFromCalendar } from '../../../src/bin/calendar-ports.js';
import type { LeadEvent } from '../../../src/domain/lifecycle/events.js';
import type { Question } from '../../../src/domain/lifecycle/questions.js';
import { consequenceTypes, storyOf } from '../../../src/domain/what-if/facts.js';
import { outcomeOf } from '../../../src/domain/what-if/outcome.js';
import { refold } from '../../../src/domain/what-if/refold.js';
import { cases, fc } from '../../chance/index.js';
import { DAY_MS, START } from '../../model/agreements.js';
import { mendingWords, type Word } from '../../model/words.js';
import { tellStory, windowsOf, worldsOf, type World } from '../../model/world.js';

/** A busy machine sees fewer stories, not a longer test. */
const LIMIT_MS = 4_000;

/** What is said in time, and under one agreement: lateness and rollouts leave other ledgers than the facts alone. */
const punctual = (word: Word): Word => ({
  ...word,
  gapMs: Math.max(word.gapMs, 0),
  say: (said, state) => {
    const command = word.say(said, state);
    return command.type === 'apply-agreement' ? { type: 'accept', ...said } : command;
  },
});

const worlds = worldsOf(mendingWords.map((words) => words.map(punctual)));

const endOf = ({ words }: World): number => words.reduce((at, { gapMs }) => at + gapMs, START) + 40 * DAY_MS;

const answerCalendar = (question: Extract<Question, { kind: 'windows' | 'date-start' }>) =>
  question.kind === 'windows'
    ? windowsOf(question.definition, question.from, question.until)
    : answerFromCalendar(question);

/** The owner of then is given; by which rule, nobody asks again. */
const withoutRule = (events: readonly LeadEvent[]) =>
  events.map((event) => (event.type === 'handed-off' ? { ...event, routedBy: 'given' } : event));

function refoldOf(world: World, ledger: readonly LeadEvent[]) {
  const { agreement: terms, directory: people } = world;
  const known = { terms, directory: people, answerFromCalendar: answerCalendar, windows: {}, until: endOf(world) };
  return refold(storyOf(ledger), known);
}

describe('what-if under the version of then', () => {
  test('tells every lead the story that it had, and refuses nothing that was taken', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { events } = tellStory(world).run;
        const told = refoldOf(world, JSON.parse(JSON.stringify(events)) as LeadEvent[]);
        expect(told.refused).toEqual([]);
        expect(withoutRule(told.events)).toEqual(withoutRule(events));
        expect(outcomeOf(told.events)).toEqual(outcomeOf(events));
      }),
      cases(400, LIMIT_MS),
    );
  }, 600_000);

  test('needs nothing of a ledger but its facts', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { events } = tellStory(world).run;
        const facts = events.filter(({ type }) => !(consequenceTypes as readonly string[]).includes(type));
        expect(refoldOf(world, facts)).toEqual(refoldOf(world, events));
      }),
      cases(100, LIMIT_MS),
    );
  }, 600_000);
});
