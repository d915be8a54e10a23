import type { CalendarKeys, Scenario } from '../documents/index.js';
import type { Instant } from '../domain/business-time/index.js';
import { nextDue } from '../domain/lifecycle/next-due.js';
import { leadRecord } from '../domain/lifecycle/record.js';
import { runCommand, runHandOff, runUntil, type Respond, type Run } from '../domain/lifecycle/run.js';
import type { CalendarAnswer } from '../domain/ports.js';
import { answerFromDirectory } from '../domain/routing/answer.js';
import type { ScenarioOutcome, ScenarioRefusal } from './outcome.js';
import { scenarioWorkload } from './scenario-workload.js';
import {
  commandOf,
  findNotified,
  handOffFactsOf,
  versionAfter,
  wordsInOrder,
  type DocumentInForce,
  type Word,
} from './script.js';

const LEAD_ID = 'scenario-lead';

/** What the pure run needs of the pinned zone data. */
export interface PurePorts {
  readonly calendars: CalendarKeys;
  readonly answerCalendar: CalendarAnswer;
}

/** A lead on its way. */
interface Journey extends DocumentInForce {
  readonly run: Run;
  readonly refusals: readonly ScenarioRefusal[];
}

/** Runs a scenario against the rules alone: no server, no system clock, no database. */
export function runPure(scenario: Scenario, ports: PurePorts, leadId: string = LEAD_ID): ScenarioOutcome {
  const run = handOver(scenario, ports, leadId);
  const start: Journey = { run, document: scenario.agreement, version: 1, refusals: [] };
  const journey = wordsInOrder(scenario).reduce((sofar, word) => hear(sofar, word, scenario, ports), start);
  const { events } = passTime(journey.run, scenario.until, scenario, ports);
  return { record: leadRecord(events), events, refusals: [...journey.refusals].sort((a, b) => a.fact - b.fact) };
}

function handOver(scenario: Scenario, ports: PurePorts, leadId: string): Run {
  const context = { agreements: {}, windows: {}, answers: {} };
  return runHandOff(handOffFactsOf(scenario, leadId), context, responder(undefined, scenario, ports));
}

function hear(journey: Journey, { at, fact }: Word, scenario: Scenario, ports: PurePorts): Journey {
  // What falls due at the very instant of the word waits for it, or not, as the core decides.
  const run = passTime(journey.run, at - 1, scenario, ports);
  const respond = responder(run, scenario, ports);
  if (fact === undefined) return { ...journey, run: hearNotice(run, scenario, respond) };
  const { command, document } = commandOf(fact, journey, run.events, ports.calendars);
  const heard = runCommand(run, command, respond);
  if (heard.refusal === undefined) {
    return { ...journey, run: heard.run, document, version: versionAfter(journey.version, fact) };
  }
  const refusal: ScenarioRefusal = { fact: fact.index, code: heard.refusal.code };
  return { ...journey, run: heard.run, refusals: [...journey.refusals, refusal] };
}

function hearNotice(run: Run, scenario: Scenario, respond: Respond): Run {
  const command = findNotified(scenario, run.state);
  return command === undefined ? run : runCommand(run, command, respond).run;
}

/** Fires what is due up to and including `until`, one instant at a time, so that each is answered for as of then. */
function passTime(run: Run, until: Instant, scenario: Scenario, ports: PurePorts): Run {
  let current = run;
  for (let item = nextDue(current.state); item && item.at <= until; item = nextDue(current.state)) {
    current = runUntil(current, item.at, responder(current, scenario, ports));
  }
  return current;
}

function responder(run: Run | undefined, { directory }: Scenario, { answerCalendar }: PurePorts): Respond {
  const workload = scenarioWorkload(run?.state, run?.events ?? []);
  return (question) =>
    question.kind === 'windows' || question.kind === 'date-start'
      ? answerCalendar(question)
      : answerFromDirectory(question, directory, workload);
}
