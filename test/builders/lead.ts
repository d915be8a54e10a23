import { answerFromCalendar } from '../../src/bin/calendar-ports.js';
import type { Fields } from '../../src/domain/agreement/index.js';
import type { Instant } from '../../src/domain/business-time/index.js';
import type { Command, Refusal } from '../../src/domain/lifecycle/commands.js';
import type { Signal } from '../../src/domain/lifecycle/events.js';
import { runCommand, runHandOff, runUntil, type Respond, type Run } from '../../src/domain/lifecycle/run.js';
import { nextDue } from '../../src/domain/lifecycle/next-due.js';
import { answerFromDirectory } from '../../src/domain/routing/answer.js';
import type { Directory, HolderRef, Person } from '../../src/domain/routing/directory.js';
import { scenarioWorkload } from '../../src/scenarios/scenario-workload.js';
import { aDirectory, anAgreement, changed, type Agreement, type Away, type Lines } from './agreement.js';
import type { Fact } from './facts.js';
import { when } from './week.js';

/** How a lead differs from the usual one. */
export interface LeadMade {
  /** Tuesday, 17 November 2026, 10:00 in New York, unless said otherwise. */
  readonly at?: string;
  /** `rep-east-1` unless said otherwise; null: routing decides. */
  readonly owner?: string | null;
  readonly set?: Lines;
  readonly fields?: Fields;
  readonly signals?: readonly (Omit<Signal, 'at'> & { readonly at: string })[];
  readonly people?: readonly Partial<Person>[];
  readonly away?: readonly Away[];
  /** When the hand-off's notice was sent; at once unless said otherwise; null: never. */
  readonly notifiedAt?: string | null;
}

/** A lead under way, with all that its story needs of the world. */
export interface Lead {
  readonly run: Run;
  readonly agreement: Agreement;
  readonly directory: Directory;
  /** Facts said so far, which number the commands. */
  readonly saidCount: number;
}

export const usualFields: Fields = {
  email: 'contact@acme.example',
  firstName: 'First',
  lastName: 'Last',
  company: 'Acme',
  jobTitle: 'Director of Operations',
  jobLevel: 'director',
  country: 'US',
  employees: 120,
  source: 'webinar',
  score: 82,
  industry: 'software',
  annualRevenue: 12_000_000,
};

/** A lead that was handed off and, unless said otherwise, told to its owner at once. */
export function aLead(made: LeadMade = {}): Lead {
  const { at = 'tue 10:00', owner = 'rep-east-1', fields = {}, signals = [], notifiedAt = at } = made;
  const agreement = anAgreement(made.set);
  const directory = aDirectory(made.people, made.away);
  const respond = responder(undefined, directory);
  const handedOff = runHandOff(
    {
      leadId: 'lead-1',
      at: when(at),
      agreement: agreement.terms,
      fields: present({ ...usualFields, ...fields }),
      signals: signals.map((known) => ({ ...known, at: when(known.at) })),
      ...(owner !== null && { holder: holderFor(directory, owner) }),
    },
    { agreements: {}, windows: {}, answers: {} },
    respond,
  );
  const lead = { run: handedOff, agreement, directory, saidCount: 0 };
  if (notifiedAt === null || handedOff.state.excluded !== null) return lead;
  return tell(lead, { type: 'notified', at: notifiedAt, body: { recipient: owner ?? 'manager-east' } }).lead;
}

/** Fields without those that are null: these are missing. */
const present = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

export function holderFor(directory: Directory, person: string): HolderRef {
  const answer = answerFromDirectory(
    { kind: 'person', key: `test/${person}`, asOf: 0, person },
    directory,
    scenarioWorkload(undefined, []),
  );
  if (answer === null) throw new Error(`there is no ${person} in the directory`);
  return answer as HolderRef;
}

/** What the world answers, knowing the story so far. */
function responder(run: Run | undefined, directory: Directory): Respond {
  const workload = scenarioWorkload(run?.state, run?.events ?? []);
  return (question) =>
    question.kind === 'windows' || question.kind === 'date-start'
      ? answerFromCalendar(question)
      : answerFromDirectory(question, directory, workload);
}

/** Says one fact, after everything that falls due before it. */
export function tell(lead: Lead, fact: Fact): { lead: Lead; refusal?: Refusal } {
  const before = passBefore(lead, when(fact.at));
  const { command, agreement } = commandOf(before, fact);
  const { run, refusal } = runCommand(before.run, command, responder(before.run, lead.directory));
  const saidCount = lead.saidCount + 1;
  if (refusal) return { lead: { ...before, run, saidCount }, refusal };
  return { lead: { ...before, run, agreement, saidCount } };
}

function commandOf(
  { agreement, saidCount }: Lead,
  fact: Fact,
): { readonly command: Command; readonly agreement: Agreement } {
  const said = { at: when(fact.at), by: 'rep-east-1', id: `said-${saidCount + 1}` };
  if (fact.type !== 'apply-agreement') {
    return { command: { ...said, ...fact.body, type: fact.type } as Command, agreement };
  }
  const { type, set, running } = fact;
  const mode = running === undefined ? {} : { running };
  if (set === undefined) return { command: { ...said, ...mode, type, mistakes: ['clocks: missing'] }, agreement };
  const next = changed(agreement, set);
  return { command: { ...said, ...mode, type, agreement: next.terms }, agreement: next };
}

/** Fires everything due up to and including that instant. */
export const pass = (lead: Lead, until: string): Lead => passUntil(lead, when(until));

const passBefore = (lead: Lead, at: Instant): Lead => passUntil(lead, at - 1);

function passUntil(lead: Lead, until: Instant): Lead {
  let { run } = lead;
  for (let item = nextDue(run.state); item && item.at <= until; item = nextDue(run.state)) {
    run = runUntil(run, item.at, responder(run, lead.directory));
  }
  return { ...lead, run };
}
