// Here live the stories that the tests of `src/db` record: real ones, told by the pure core about the spec's agreement.
// Nothing here knows a table.
import { readFileSync } from 'node:fs';
import { parseAgreement, parsePeople, type CalendarKeys } from '../../src/documents/index.js';
import type { AgreementTerms, Fields } from '../../src/domain/agreement/index.js';
import type { Instant } from '../../src/domain/business-time/index.js';
import type { Command } from '../../src/domain/lifecycle/commands.js';
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import type { HandOffFacts } from '../../src/domain/lifecycle/hand-off.js';
import { runCommand, runHandOff, runUntil, type Respond, type Run } from '../../src/domain/lifecycle/run.js';
import type { StepContext } from '../../src/domain/lifecycle/context.js';
import type { RoutingSnapshot } from '../../src/domain/ports.js';
import { answerFromDirectory } from '../../src/domain/routing/answer.js';
import type { Directory } from '../../src/domain/routing/directory.js';
import { calendarKey, compile, dateStart, findNoOpenTime, zoneTable } from '../../src/zones/index.js';

const calendars: CalendarKeys = {
  zoneRelease: zoneTable.release,
  keyOf: calendarKey,
  knowsZone: () => true,
  hasNoOpenTime: (definition, at) => findNoOpenTime(definition, at) !== undefined,
};

const read = (path: string): string => readFileSync(new URL(`../spec/${path}`, import.meta.url), 'utf8');

export const agreementText = read('agreements/inbound-saas.yaml');
export const agreement: AgreementTerms = readAgreement();
export const directory: Directory = readDirectory();

function readAgreement(): AgreementTerms {
  const { terms, mistakes } = parseAgreement(agreementText, 'inbound-saas.yaml', calendars, { at: 0 });
  if (terms === undefined) throw new Error(`the spec's agreement cannot be read: ${JSON.stringify(mistakes)}`);
  return terms;
}

function readDirectory(): Directory {
  const { value, mistakes } = parsePeople(read('people.yaml'), 'people.yaml');
  if (value === undefined) throw new Error(`the spec's people cannot be read: ${JSON.stringify(mistakes)}`);
  return value;
}

/** Monday, 23 November 2026, 10:00 in New York. */
export const mondayTen: Instant = Date.parse('2026-11-23T15:00:00Z');
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export const goodFields: Fields = {
  email: 'Ada@Acme.example ',
  firstName: 'Ada',
  lastName: 'Byron',
  company: 'Acme',
  jobTitle: 'VP Engineering',
  jobLevel: 'vp',
  country: 'US',
  employees: 300,
  source: 'webinar',
  score: 80,
};

const emptyContext: StepContext = { agreements: {}, windows: {}, answers: {} };

/** Answers as the calendars and a directory would; `snapshot` is what routing decides on. */
export const respondFrom =
  ({ directory: people, workload }: RoutingSnapshot): Respond =>
  (question) => {
    if (question.kind === 'windows') return compile(question.definition, question.from, question.until);
    if (question.kind === 'date-start') return dateStart(question.timeZone, question.date);
    return answerFromDirectory(question, people, workload);
  };

const respond = respondFrom({ directory, workload: { openLeadCounts: {}, lastGivenAt: {} } });

/** Hands a lead over to the spec's people, or to those of `snapshot`. */
export function handedOff(facts: Partial<HandOffFacts> = {}, snapshot?: RoutingSnapshot): Run {
  const all = { leadId: 'lead-1', at: mondayTen, agreement, fields: goodFields, signals: [], ...facts };
  return runHandOff(all, emptyContext, snapshot ? respondFrom(snapshot) : respond);
}

type Saying = { [T in Command['type']]: Omit<Extract<Command, { type: T }>, 'at' | 'by' | 'id'> }[Command['type']];

/** The run after somebody said something; a refusal fails the test. */
export function say(run: Run, at: Instant, saying: Saying): Run {
  const command = { ...saying, at, by: 'rep-east-1', id: `${saying.type}-${at}` } as Command;
  const { run: after, refusal } = runCommand(run, command, respond);
  if (refusal) throw new Error(`the story is told wrong: ${saying.type} is refused as ${refusal.code}`);
  return after;
}

export const passUntil = (run: Run, until: Instant): Run => runUntil(run, until, respond);

/** The same person holds the lead at first in every story. */
const holder = { owner: 'rep-east-1', queue: null, team: 'sdr-east', calendar: 'sales-us-east' };

/** Nobody answers: warnings, breach, both tiers, a new owner, and somebody who acknowledges in between. */
function neglected(): Run {
  const breached = passUntil(handedOff({ holder }), mondayTen + 5 * HOUR_MS);
  const held = say(breached, mondayTen + 6 * HOUR_MS, { type: 'acknowledge', clock: 'first-response' });
  const moved = passUntil(held, mondayTen + 3 * DAY_MS);
  return say(moved, mondayTen + 4 * DAY_MS, { type: 'touch', channel: 'phone', outcome: 'reached' });
}

/** Paused, disputed, the dispute denied, then told apart at last and rejected with feedback later. */
function disputed(): Run {
  const paused = say(handedOff({ holder }), mondayTen + HOUR_MS, { type: 'pause', reason: 'travelling' });
  const resumed = say(paused, mondayTen + 2 * HOUR_MS, { type: 'resume' });
  const opened = say(resumed, mondayTen + 3 * HOUR_MS, {
    type: 'dispute',
    reason: 'bad-data',
    notes: 'no such person',
  });
  const denied = say(opened, mondayTen + 5 * HOUR_MS, { type: 'resolve-dispute', decision: 'denied', notes: 'called' });
  const rejected = say(denied, mondayTen + 6 * HOUR_MS, { type: 'reject', reason: 'bad-data' });
  return say(rejected, mondayTen + 7 * HOUR_MS, { type: 'feedback', notes: 'the number was a fax' });
}

/** Accepted, disposed, sleeping, awake again in its second cycle, won in the end. */
function recycled(): Run {
  const touched = say(handedOff({ holder }), mondayTen + HOUR_MS, {
    type: 'touch',
    channel: 'phone',
    outcome: 'reached',
  });
  const wakeOn = '2027-01-12';
  const disposed = say(touched, mondayTen + 2 * HOUR_MS, { type: 'dispose', reason: 'bad-timing', wakeOn });
  const awake = passUntil(disposed, Date.parse('2027-01-12T18:00:00Z'));
  const at = awake.state.appliedAt;
  const again = say(awake, at + 1, { type: 'touch', channel: 'email', outcome: 'replied' });
  const held = say(again, at + 2, { type: 'qualify', intent: 'demo-held' });
  const qualified = say(held, at + 3, { type: 'dispose', route: 'sales-qualified' });
  const open = say(qualified, at + 4, { type: 'opportunity', status: 'open', amount: '10000 USD', crmId: 'crm-1' });
  return say(open, at + 5, { type: 'opportunity', status: 'won' });
}

/** Logged late: a breach is corrected. */
function corrected(): Run {
  const breached = passUntil(handedOff({ holder }), mondayTen + 5 * HOUR_MS);
  const occurredAt = mondayTen + HOUR_MS;
  return say(breached, mondayTen + 6 * HOUR_MS, { type: 'touch', channel: 'phone', outcome: 'reached', occurredAt });
}

const lastTouch = ({ state }: Run): number => state.touches.at(-1)!.seq;

/** A mail that bounced and a call that never was, both taken back after the lead changed hands; closed and reopened. */
function mistaken(): Run {
  const lead = handedOff({ holder });
  const mailed = say(lead, mondayTen + HOUR_MS, { type: 'touch', channel: 'email', outcome: 'sent' });
  const called = say(mailed, mondayTen + 2 * HOUR_MS, { type: 'touch', channel: 'phone', outcome: 'no-answer' });
  const moved = say(called, mondayTen + 2.5 * HOUR_MS, { type: 'reassign', to: 'rep-east-2' });
  const bounced = say(moved, mondayTen + 3 * HOUR_MS, {
    type: 'mark-bounced',
    touch: lastTouch(mailed),
    reason: '550',
  });
  const retract = { type: 'retract', touch: lastTouch(called), reason: 'another lead' } as const;
  const retracted = say(bounced, mondayTen + 5 * HOUR_MS, retract);
  const closed = say(retracted, mondayTen + 6 * HOUR_MS, { type: 'dispose', reason: 'no-budget' });
  return say(closed, mondayTen + 7 * HOUR_MS, { type: 'reopen', reason: 'a slip' });
}

const excluded = (): Run => handedOff({ fields: { ...goodFields, employees: 3 } });

export const stories: readonly { readonly label: string; readonly events: readonly LeadEvent[] }[] = [
  { label: 'a neglected lead', events: neglected().events },
  { label: 'a disputed lead', events: disputed().events },
  { label: 'a recycled lead', events: recycled().events },
  { label: 'a corrected lead', events: corrected().events },
  { label: 'a mistaken lead', events: mistaken().events },
  { label: 'an excluded lead', events: excluded().events },
];
