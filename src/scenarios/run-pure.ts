import {
  changeAgreement,
  type AgreementDocument,
  type CalendarKeys,
  type Scenario,
  type ScenarioFact,
} from '../documents/index.js';
import type { Instant } from '../domain/business-time/index.js';
import type { Command } from '../domain/lifecycle/commands.js';
import type { HandOffFacts } from '../domain/lifecycle/hand-off.js';
import type { LeadEvent } from '../domain/lifecycle/events.js';
import { nextDue } from '../domain/lifecycle/next-due.js';
import { leadRecord } from '../domain/lifecycle/record.js';
import { runCommand, runHandOff, runUntil, type Respond, type Run } from '../domain/lifecycle/run.js';
import type { CalendarAnswer } from '../domain/ports.js';
import { answerFromDirectory } from '../domain/routing/answer.js';
import type { HolderRef } from '../domain/routing/directory.js';
import type { ScenarioOutcome, ScenarioRefusal } from './outcome.js';
import { scenarioWorkload } from './scenario-workload.js';

const LEAD_ID = 'scenario-lead';
const NOTICES = 'system';

/** What the pure run needs of the pinned zone data. */
export interface PurePorts {
  readonly calendars: CalendarKeys;
  readonly answerCalendar: CalendarAnswer;
}

/** A lead on its way, with the agreement's document as it stands for it by now. */
interface Journey {
  readonly run: Run;
  readonly document: AgreementDocument;
  readonly version: number;
  readonly refusals: readonly ScenarioRefusal[];
}

/** Something said to the lead: a fact of the file, or that the hand-off's notice has arrived. */
type Word = { readonly at: Instant; readonly fact?: ScenarioFact };

/** Runs a scenario against the rules alone: no server, no system clock, no database. */
export function runPure(scenario: Scenario, ports: PurePorts): ScenarioOutcome {
  const start: Journey = { run: handOver(scenario, ports), document: scenario.agreement, version: 1, refusals: [] };
  const journey = wordsInOrder(scenario).reduce((sofar, word) => hear(sofar, word, scenario, ports), start);
  const { events } = passTime(journey.run, scenario.until, scenario, ports);
  return { record: leadRecord(events), refusals: [...journey.refusals].sort((a, b) => a.fact - b.fact) };
}

function handOver(scenario: Scenario, ports: PurePorts): Run {
  const { lead, terms } = scenario;
  const { at, fields, signals } = lead;
  const holder = lead.owner === undefined ? {} : { holder: requireHolder(scenario, lead.owner) };
  const facts: HandOffFacts = { leadId: LEAD_ID, at, agreement: terms, fields, signals, ...holder };
  const respond = responder(undefined, scenario, ports);
  return runHandOff(facts, { agreements: {}, windows: {}, answers: {} }, respond);
}

/** By instant; the notice before the facts of its instant, facts of one instant as the file has them (spec §6). */
function wordsInOrder({ lead, facts, until }: Scenario): readonly Word[] {
  const words: Word[] = [{ at: lead.notifiedAt }, ...facts.map((fact) => ({ at: fact.at, fact }))];
  return words.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
}

function hear(journey: Journey, { at, fact }: Word, scenario: Scenario, ports: PurePorts): Journey {
  // What falls due at the very instant of the word waits for it, or not, as the core decides.
  const run = passTime(journey.run, at - 1, scenario, ports);
  const respond = responder(run, scenario, ports);
  if (fact === undefined) return { ...journey, run: hearNotice(run, at, scenario, respond) };
  const { command, document } = commandOf(fact, journey, ports);
  const heard = runCommand(run, command, respond);
  if (heard.refusal === undefined)
    return { ...journey, run: heard.run, document, version: versionAfter(journey, fact) };
  const refusal: ScenarioRefusal = { fact: fact.index, code: heard.refusal.code };
  return { ...journey, run: heard.run, refusals: [...journey.refusals, refusal] };
}

/** Of a lead that was excluded nobody is told. */
function hearNotice(run: Run, at: Instant, { directory }: Scenario, respond: Respond): Run {
  const holder = run.state.holders[0];
  if (holder === undefined) return run;
  const manager = directory.teams.find(({ id }) => id === holder.queue)?.manager;
  const recipient = holder.owner ?? manager ?? '';
  return runCommand(run, { type: 'notified', at, by: NOTICES, id: 'notified', recipient }, respond).run;
}

/** The command that a fact means; a change of the agreement is made on the document in force. */
function commandOf(
  { body, at, by, index }: ScenarioFact,
  { document, version, run }: Journey,
  { calendars }: PurePorts,
): { command: Command; document: AgreementDocument } {
  const said = { at, by, id: idOfFact(index) };
  if (body.type === 'retract' || body.type === 'mark-bounced') {
    return { command: { ...body, ...said, touch: seqOfTouch(run.events, body.touch) }, document };
  }
  if (body.type !== 'apply-agreement') return { command: { ...body, ...said }, document };
  const { type, set, running } = body;
  const mode = running === undefined ? {} : { running };
  const changed = changeAgreement(document, set, calendars, { at, version: version + 1 });
  if (changed.document === undefined) {
    return { command: { type, ...said, ...mode, mistakes: changed.mistakes }, document };
  }
  return { command: { type, ...said, ...mode, agreement: changed.terms }, document: changed.document };
}

const idOfFact = (index: number): string => `fact-${index}`;

/** The sequence that the touch of a fact got in the ledger; 0 if that fact logged none. */
export const seqOfTouch = (events: readonly LeadEvent[], fact: number): number =>
  events.find(({ type, commandId }) => type === 'touched' && commandId === idOfFact(fact))?.seq ?? 0;

function versionAfter({ version }: Journey, { body }: ScenarioFact): number {
  return body.type === 'apply-agreement' ? version + 1 : version;
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

function requireHolder({ directory, lead }: Scenario, person: string): HolderRef {
  const question = { kind: 'person' as const, key: `${LEAD_ID}/owner`, asOf: lead.at, person };
  const holder = answerFromDirectory(question, directory, scenarioWorkload(undefined, []));
  if (holder === null) throw new RangeError(`there is no person "${person}" in the directory of the scenario`);
  return holder as HolderRef;
}
