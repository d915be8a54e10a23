import { answerFromCalendar } from '../../src/bin/calendar-ports.js';
import type { AgreementTerms, Fields } from '../../src/domain/agreement/index.js';
import type { CalendarDefinition, CalendarWindows, Instant } from '../../src/domain/business-time/index.js';
import type { RefusalCode } from '../../src/domain/lifecycle/commands.js';
import { nextDue } from '../../src/domain/lifecycle/next-due.js';
import type { Question } from '../../src/domain/lifecycle/questions.js';
import { runCommand, runHandOff, runUntil, type Respond, type Run } from '../../src/domain/lifecycle/run.js';
import { answerFromDirectory } from '../../src/domain/routing/answer.js';
import type { Directory } from '../../src/domain/routing/directory.js';
import { scenarioWorkload } from '../../src/scenarios/scenario-workload.js';
import { fc } from '../chance/index.js';
import { agreement, calendars, DAY_MS, directory, START } from './agreements.js';
import type { Word } from './words.js';

/** Everything that a random story needs. */
export interface World {
  readonly agreement: AgreementTerms;
  readonly directory: Directory;
  readonly fields: Fields;
  readonly routed: boolean;
  readonly words: readonly Word[];
}

/** Any agreement, people and lead, with what is said in the story. */
export const worldsOf = (words: fc.Arbitrary<readonly Word[]>): fc.Arbitrary<World> =>
  fc.record({
    agreement,
    directory,
    fields: fc.constantFrom<Fields>({ email: 'a@b.example', score: 82 }, { score: 75, employees: 500, late: 1 }),
    routed: fc.boolean(),
    words,
  });

/** A story that was told, with what was refused in it. */
export interface Told {
  readonly run: Run;
  readonly terms: ReadonlyMap<string, AgreementTerms>;
  readonly refusals: readonly RefusalCode[];
}

/** More due items than any honest story has between two facts. */
const FIRED_MAX = 3_000;

const compiled = new Map<string, CalendarWindows>();

/** Windows in whole hundreds of days, so that each is compiled once for all stories. */
export function windowsOf(definition: CalendarDefinition, from: Instant, until: Instant): CalendarWindows {
  const step = 100 * DAY_MS;
  const [start, end] = [Math.floor(from / step) * step, Math.ceil(until / step) * step];
  const key = `${JSON.stringify(definition)}/${start}/${end}`;
  const known = compiled.get(key);
  if (known) return known;
  const asked = { definition, from: start, until: end, kind: 'windows', key, asOf: from, calendarKey: '', name: '' };
  const windows = answerFromCalendar(asked as Extract<Question, { kind: 'windows' }>) as CalendarWindows;
  compiled.set(key, windows);
  return windows;
}

function responder(run: Run | undefined, directory: Directory): Respond {
  const workload = scenarioWorkload(run?.state, run?.events ?? []);
  return (question) => {
    if (question.kind === 'windows') return windowsOf(question.definition, question.from, question.until);
    if (question.kind === 'date-start') return answerFromCalendar(question);
    return answerFromDirectory(question, directory, workload);
  };
}

/** What is done to a run between two words; the story must not depend on it. */
export type Between = (run: Run, nextAt: Instant, pass: (run: Run, until: Instant) => Run) => Run;

/** Tells a whole story and lets time pass long after its last word. */
export function tellStory(world: World, between: Between = (run) => run, look: (run: Run) => void = () => {}): Told {
  const { agreement, directory, fields } = world;
  const pass = (run: Run, until: Instant): Run => passTime(run, until, directory, look);
  const holder = { owner: 'ann', queue: null, team: 'east', calendar: 'office' };
  let run = runHandOff(
    { leadId: 'lead-1', at: START, agreement, fields, signals: [], ...(!world.routed && { holder }) },
    { agreements: {}, windows: {}, answers: {} },
    responder(undefined, directory),
  );
  const terms = new Map([[agreement.key, agreement]]);
  const refusals: RefusalCode[] = [];
  let at = START;
  for (const [index, word] of world.words.entries()) {
    at = Math.max(at + word.gapMs, START);
    run = pass(between(run, at, pass), at - 1);
    const command = word.say({ at, by: 'ann', id: `said-${index}` }, run.state);
    if (command.type === 'apply-agreement' && command.agreement) terms.set(command.agreement.key, command.agreement);
    const heard = runCommand(run, command, responder(run, directory));
    if (heard.refusal) refusals.push(heard.refusal.code);
    run = heard.run;
    look(run);
  }
  return { run: pass(run, Math.max(at, START) + 40 * DAY_MS), terms, refusals };
}

function passTime(run: Run, until: Instant, directory: Directory, look: (run: Run) => void): Run {
  let current = run;
  let firedCount = 0;
  for (let item = nextDue(current.state); item && item.at <= until; item = nextDue(current.state)) {
    firedCount += 1;
    if (firedCount > FIRED_MAX) throw new Error(`more than ${FIRED_MAX} items fell due: ${item.kind} again and again`);
    const before = current.state.seq;
    current = runUntil(current, item.at, responder(current, directory));
    if (current.state.seq === before) throw new Error(`${item.kind} at ${item.at} fell due and nothing came of it`);
    look(current);
  }
  return current;
}

export const calendarNamed = (name: string): CalendarDefinition => calendars[name]!;
