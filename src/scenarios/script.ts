import {
  changeAgreement,
  type AgreementDocument,
  type CalendarKeys,
  type Scenario,
  type ScenarioFact,
} from '../documents/index.js';
import type { Instant } from '../domain/business-time/index.js';
import type { Command, CommandOf } from '../domain/lifecycle/commands.js';
import type { LeadEvent } from '../domain/lifecycle/events.js';
import type { HandOffFacts } from '../domain/lifecycle/hand-off.js';
import type { LeadState } from '../domain/lifecycle/state.js';
import { answerFromDirectory } from '../domain/routing/answer.js';
import type { HolderRef } from '../domain/routing/directory.js';

/** Something said to the lead: a fact of the file, or that the hand-off's notice has arrived. */
export interface Word {
  readonly at: Instant;
  readonly fact?: ScenarioFact;
}

/** The agreement's document as it stands for the lead by now. */
export interface DocumentInForce {
  readonly document: AgreementDocument;
  readonly version: number;
}

/** By instant; the notice before the facts of its instant, facts of one instant as the file has them (spec §6). */
export function wordsInOrder({ lead, facts, until }: Scenario): readonly Word[] {
  const words: Word[] = [{ at: lead.notifiedAt }, ...facts.map((fact) => ({ at: fact.at, fact }))];
  return words.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
}

/** What the scenario's lead is handed over with. */
export function handOffFactsOf(scenario: Scenario, leadId: string): HandOffFacts {
  const { at, fields, signals, owner } = scenario.lead;
  const holder = owner === undefined ? {} : { holder: requireHolder(scenario, owner, leadId) };
  return { leadId, at, agreement: scenario.terms, fields, signals, ...holder };
}

function requireHolder({ directory, lead }: Scenario, person: string, leadId: string): HolderRef {
  const question = { kind: 'person' as const, key: `${leadId}/owner`, asOf: lead.at, person };
  const holder = answerFromDirectory(question, directory, { openLeadCounts: {}, lastGivenAt: {} });
  if (holder === null) throw new RangeError(`there is no person "${person}" in the directory of the scenario`);
  return holder as HolderRef;
}

const NOTICES = 'system';

/** That the first holder has been sent the lead; nothing for an excluded lead, of which nobody is told. */
export function findNotified({ directory, lead }: Scenario, { holders }: LeadState): CommandOf<'notified'> | undefined {
  const [holder] = holders;
  if (holder === undefined) return undefined;
  const manager = directory.teams.find(({ id }) => id === holder.queue)?.manager;
  const recipient = holder.owner ?? manager ?? '';
  return { type: 'notified', at: lead.notifiedAt, by: NOTICES, id: 'notified', recipient };
}

/**
 * The command that a fact means; a change of the agreement is made on the document in force.
 * @param events the lead's story so far: facts may speak of touches that earlier facts logged
 */
export function commandOf(
  { body, at, by, index }: ScenarioFact,
  { document, version }: DocumentInForce,
  events: readonly LeadEvent[],
  calendars: CalendarKeys,
): { readonly command: Command; readonly document: AgreementDocument } {
  const said = { at, by, id: idOfFact(index) };
  if (body.type === 'retract' || body.type === 'mark-bounced') {
    return { command: { ...body, ...said, touch: seqOfTouch(events, body.touch) }, document };
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

/** The number of the agreement's version once the lead has taken the fact. */
export const versionAfter = (version: number, { body }: ScenarioFact): number =>
  body.type === 'apply-agreement' ? version + 1 : version;
