// Here live the tests of who hears what, and the lead that they and the tests of delivery tell about: handed over under
// the spec's agreement on the Monday before Thanksgiving, 10:00 in New York, with whatever then happens to it.
import { calendarKeys } from '../../../src/bin/calendar-ports.js';
import { termsOf } from '../../../src/documents/index.js';
import type { AgreementTerms } from '../../../src/domain/agreement/index.js';
import type { Instant } from '../../../src/domain/business-time/index.js';
import type { Command } from '../../../src/domain/lifecycle/commands.js';
import type { HandOffFacts } from '../../../src/domain/lifecycle/hand-off.js';
import { runCommand, runHandOff, runUntil, type Respond, type Run } from '../../../src/domain/lifecycle/run.js';
import { answerFromDirectory } from '../../../src/domain/routing/answer.js';
import type { Directory, Workload } from '../../../src/domain/routing/directory.js';
import { compile, dateStart } from '../../../src/zones/index.js';
import { aDirectory, anAgreement } from '../../builders/agreement.js';

export const mondayTen = Date.parse('2026-11-23T15:00:00Z');
export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => minutes(60 * count);

export const people: Directory = aDirectory();

const talkingPoints = ['Ask what made them look now', 'Offer the 20-minute tour'];
const { document } = anAgreement();

export const terms: AgreementTerms = termsOf(
  {
    ...document,
    cadence: document.cadence!.map((step) => (step.template === 'first-call' ? { ...step, talkingPoints } : step)),
  },
  { version: 7 },
  calendarKeys,
);

const freeOfWork: Workload = { openLeadCounts: {}, lastGivenAt: { 'rep-east-1': mondayTen } };

const respondFor =
  (directory: Directory): Respond =>
  (question) => {
    if (question.kind === 'windows') return compile(question.definition, question.from, question.until);
    if (question.kind === 'date-start') return dateStart(question.timeZone, question.date);
    return answerFromDirectory(question, directory, freeOfWork);
  };
export const respond = respondFor(people);

export const ada = {
  email: 'ada@acme.example',
  firstName: 'Ada',
  lastName: 'Lovelace',
  company: 'Acme Engines',
  jobTitle: 'VP Operations',
  jobLevel: 'vp',
  country: 'US',
  employees: 320,
  phone: '+1 212 555 0100',
  region: 'east',
  source: 'website',
} as const;

export const east1 = { owner: 'rep-east-1', queue: null, team: 'sdr-east', calendar: 'sales-us-east' } as const;
const queueOfEast = { owner: null, queue: 'sdr-east', team: 'sdr-east', calendar: 'sales-us-east' } as const;

/** A lead handed to rep-east-1 at `mondayTen`; it has downloaded three papers and looked at prices. */
export const aLead = (facts: Partial<HandOffFacts> = {}): Run =>
  runHandOff(
    {
      leadId: 'ld_ada',
      at: mondayTen,
      agreement: terms,
      fields: ada,
      holder: east1,
      signals: [
        { at: mondayTen - hours(70), action: 'content-download' },
        { at: mondayTen - hours(46), action: 'content-download' },
        { at: mondayTen - hours(3), action: 'content-download' },
        { at: mondayTen - hours(2), action: 'pricing-page-visit' },
        { at: mondayTen - minutes(20), signal: 'third-party-intent', value: 64 },
      ],
      ...facts,
    },
    { agreements: {}, windows: {}, answers: {} },
    respond,
  );

export const aHotLead = (facts: Partial<HandOffFacts> = {}): Run =>
  aLead({ ...facts, signals: [{ at: mondayTen - minutes(9), action: 'demo-request' }] });
export const aLeadInTheQueue = (facts: Partial<HandOffFacts> = {}): Run => aLead({ ...facts, holder: queueOfEast });

/** Under an agreement that asks for nine touches: they do not fit into one instant on all channels. */
export const aLeadToPursue = (): Run =>
  aLead({
    agreement: {
      ...terms,
      clocks: {
        ...terms.clocks,
        touches: { ...terms.clocks['touches']!, until: { touches: 9, channels: 3, spacingMs: hours(4) } },
      },
    },
  });

export const after = (run: Run, passedMs: number): Run => runUntil(run, mondayTen + passedMs, respond);

type Said = { [T in Command['type']]: Omit<Extract<Command, { type: T }>, 'at' | 'by' | 'id'> }[Command['type']];

/** The lead once `said` was applied, `passedMs` after the hand-off. */
export function afterSaying(run: Run, passedMs: number, said: Said, by = 'rep-east-1'): Run {
  const at: Instant = mondayTen + passedMs;
  const { run: next, refusal } = runCommand(run, { ...said, at, by, id: `${said.type}@${passedMs}` }, respond);
  if (refusal) throw new Error(`${said.type} was refused as ${refusal.code}`);
  return next;
}
