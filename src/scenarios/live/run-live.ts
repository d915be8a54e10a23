import { canonicalJson, type AgreementDocument, type Scenario } from '../../documents/index.js';
import type { AgreementTerms } from '../../domain/agreement/index.js';
import type { DurationMs, Instant } from '../../domain/business-time/index.js';
import type { Command, Refusal } from '../../domain/lifecycle/commands.js';
import type { LeadEvent } from '../../domain/lifecycle/events.js';
import { foldLead } from '../../domain/lifecycle/evolve.js';
import { nextDue } from '../../domain/lifecycle/next-due.js';
import { leadRecord } from '../../domain/lifecycle/record.js';
import { runHandOff } from '../../domain/lifecycle/run.js';
import type { LeadState } from '../../domain/lifecycle/state.js';
import type { LeadStart, RoutingSnapshot } from '../../domain/ports.js';
import { answerFromDirectory } from '../../domain/routing/answer.js';
import type { ScenarioOutcome, ScenarioRefusal } from '../outcome.js';
import { commandOf, findNotified, handOffFactsOf, versionAfter, wordsInOrder, type Word } from '../script.js';
import { lookFor } from './patience.js';
import type { LivePlace, LivePorts } from './ports.js';

/** What became of the scenario's lead, up to its end and as everything stood a moment later. */
export interface LiveOutcome extends ScenarioOutcome {
  /** The whole ledger: the clock goes on, so that it may hold more than the scenario asks for. */
  readonly ledger: readonly LeadEvent[];
  /** The workflow's own state; undefined for an excluded lead, which has no workflow. */
  readonly state: LeadState | undefined;
}

/**
 * How far the workflow's clock stays behind a fact that is on its way: whatever the machine is busy with, nothing due
 * after the fact must fire before it. Less than the two minutes that a fact may lie ahead of the workflow.
 */
const BEHIND_MS: DurationMs = 60_000;
/** How far beyond the end the clock goes, for what is due at the very end to have fired. */
const BEYOND_MS: DurationMs = 1_000;
const ANSWER_WITHIN_MS: DurationMs = 60_000;
const SETTLE_DOWN_WITHIN_MS: DurationMs = 30_000;

/** A lead on its way, with the agreement's document as it stands for it by now. */
interface Journey {
  readonly scenario: Scenario;
  readonly place: LivePlace;
  readonly ports: LivePorts;
  readonly hasWorkflow: boolean;
  document: AgreementDocument;
  version: number;
  readonly refusals: ScenarioRefusal[];
}

/** Runs a scenario through the workflow, its activities, the database and the mail server. */
export async function runLive(scenario: Scenario, place: LivePlace, ports: LivePorts): Promise<LiveOutcome> {
  await furnish(scenario, place);
  const start = await handOver(scenario, place, ports);
  const { agreement: document } = scenario;
  const hasWorkflow = start !== undefined;
  const journey: Journey = { scenario, place, ports, hasWorkflow, document, version: 1, refusals: [] };
  for (const word of wordsInOrder(scenario)) await say(journey, word);
  return outcomeOf(journey);
}

/** People and agreement, as an administrator would have saved them. */
async function furnish({ directory, terms, agreement }: Scenario, { stores }: LivePlace): Promise<void> {
  await stores.directory.saveDirectory(directory);
  await stores.agreements.saveAgreement(fileOf(agreement, terms), { isDefault: true });
}

const fileOf = (document: AgreementDocument, terms: AgreementTerms) => {
  const canonical = canonicalJson(document);
  return { terms, text: canonical, canonical };
};

/** Stores the hand-off as intake does and starts the workflow; an excluded lead has none. */
async function handOver(scenario: Scenario, place: LivePlace, ports: LivePorts): Promise<LeadStart | undefined> {
  const { id, stores, lead } = place;
  const result = await stores.intake.handOff(postOf(scenario, id), (snapshot) => {
    const { events, context } = decideHandOff(scenario, id, snapshot, ports);
    const answer = { status: 202, bytes: '{}' };
    const decision = { kind: 'handed-off', leadId: id, events, answer } as const;
    if (foldLead(events).excluded !== null) return decision;
    const { agreements, windows } = context;
    return { ...decision, start: { workspace: id, leadId: id, events, context: { agreements, windows } } };
  });
  if (result.kind !== 'decided' || result.decision.kind !== 'handed-off') {
    throw new Error(`the workspace ${id} knows this lead already; every scenario needs one of its own`);
  }
  const { start } = result.decision;
  if (start === undefined) return undefined;
  await lead.start(start, scenario.lead.at - BEHIND_MS);
  await stores.intake.markStarted(id);
  return start;
}

const postOf = ({ lead, terms, name }: Scenario, id: string) => ({
  request: { source: 'scenario', externalId: id, fields: lead.fields, signals: lead.signals },
  agreementName: terms.name,
  normalisedEmail: null,
  bodyHash: id,
  body: { scenario: name },
  receivedAt: lead.at,
});

function decideHandOff(
  scenario: Scenario,
  id: string,
  { directory, workload }: RoutingSnapshot,
  { answerCalendar }: LivePorts,
) {
  const context = { agreements: {}, windows: {}, answers: {} };
  return runHandOff(handOffFactsOf(scenario, id), context, (question) =>
    question.kind === 'windows' || question.kind === 'date-start'
      ? answerCalendar(question)
      : answerFromDirectory(question, directory, workload),
  );
}

/** Lets the time pass until shortly before the word, and says it. */
async function say(journey: Journey, { at, fact }: Word): Promise<void> {
  const { scenario, place, ports } = journey;
  await advance(journey, at - BEHIND_MS);
  const events = await place.stores.ledger.read(place.id);
  if (fact === undefined) {
    const command = findNotified(scenario, foldLead(events));
    if (command !== undefined) await answerTo(journey, command);
    return;
  }
  const { command, document } = commandOf(fact, journey, events, ports.calendars);
  if (command.type === 'apply-agreement' && command.agreement !== undefined) {
    await place.stores.agreements.saveDocument(fileOf(document, command.agreement));
  }
  const refusal = await answerTo(journey, command);
  if (refusal !== undefined) {
    journey.refusals.push({ fact: fact.index, code: refusal.code });
    return;
  }
  journey.document = document;
  journey.version = versionAfter(journey.version, fact);
}

async function advance({ place, hasWorkflow }: Journey, at: Instant): Promise<void> {
  if (hasWorkflow) await place.lead.advanceTo(at);
}

/** @throws Error if there is no answer, however often the lead is asked */
async function answerTo({ place }: Journey, command: Command): Promise<Refusal | undefined> {
  const outcome = await lookFor(async () => {
    const answer = await place.lead.deliver(command);
    return answer.kind === 'unanswered' ? undefined : answer;
  }, ANSWER_WITHIN_MS);
  if (outcome === undefined) {
    throw new Error(`${command.type} (${command.id}) got no answer from the workflow; look for its failed tasks`);
  }
  return outcome.kind === 'refused' ? outcome.refusal : undefined;
}

async function outcomeOf(journey: Journey): Promise<LiveOutcome> {
  const { scenario, refusals } = journey;
  const { until } = scenario;
  await advance(journey, until + BEYOND_MS);
  const { ledger, state } = await standingOf(journey);
  const events = ledger.filter(({ at }) => at <= until);
  return { record: leadRecord(events), events, refusals: refusals.sort((a, b) => a.fact - b.fact), ledger, state };
}

/** The lead once all that is due by the end has fired and is recorded. */
async function standingOf({ place, scenario, hasWorkflow }: Journey): Promise<Pick<LiveOutcome, 'ledger' | 'state'>> {
  const { stores, lead, id } = place;
  if (!hasWorkflow) return { ledger: await stores.ledger.read(id), state: undefined };
  const standing = await lookFor(async () => {
    const state = await lead.state();
    if ((nextDue(state)?.at ?? Infinity) <= scenario.until) return undefined;
    const ledger = await stores.ledger.read(id);
    return ledger.length < state.seq ? undefined : { ledger, state };
  }, SETTLE_DOWN_WITHIN_MS);
  if (standing !== undefined) return standing;
  throw new Error('what is due by the end of the scenario has not been decided and recorded');
}
