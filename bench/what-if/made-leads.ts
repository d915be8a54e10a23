/**
 * Here past leads are made for the benchmark of what-if: told by the core, written in bulk. Nothing is measured here, and
 * no rule about leads is repeated.
 */
import { answerFromCalendar } from '../../src/bin/calendar-ports.js';
import type { AgreementTerms, TouchChannel } from '../../src/domain/agreement/index.js';
import type { CalendarWindows, Instant } from '../../src/domain/business-time/index.js';
import type { Command, TouchOutcome } from '../../src/domain/lifecycle/commands.js';
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import { runCommand, runHandOff, runUntil, type Respond } from '../../src/domain/lifecycle/run.js';
import { answerFromDirectory } from '../../src/domain/routing/answer.js';
import type { Directory } from '../../src/domain/routing/directory.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A quarter, and the instant up to which its leads are followed. */
export const FROM: Instant = Date.parse('2026-07-01T04:00:00Z');
export const TO: Instant = Date.parse('2026-10-01T04:00:00Z');
export const AS_OF: Instant = Date.parse('2026-10-15T04:00:00Z');

export const FACT_COUNT = 10;

/** The same leads in every run: a linear congruential generator instead of chance. */
function dice(seed: number) {
  let last = seed >>> 0;
  const share = (): number => (last = (Math.imul(last, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  return {
    between: (low: number, high: number) => low + Math.floor(share() * (high - low)),
    one: <T>(...choices: readonly T[]): T => choices[Math.floor(share() * choices.length)]!,
  };
}
type Dice = ReturnType<typeof dice>;

const channels: readonly TouchChannel[] = ['phone', 'email', 'linkedin', 'phone', 'email'];
const firstOutcomes: readonly TouchOutcome[] = ['no-answer', 'left-message', 'sent'];

type Said = Omit<Extract<Command, { type: 'touch' }>, 'id' | 'by' | 'at'> | Record<string, unknown>;

/** Ten facts: told, accepted, five touches, a status, the four questions of BANT, an end. */
function factsOf(chance: Dice, handedOffAt: Instant): readonly Command[] {
  let at = handedOffAt;
  let said = 0;
  const say = (afterMs: number, body: Said): Command => {
    at += afterMs;
    said += 1;
    return { ...body, at, by: 'rep-east-1', id: `said-${said}` } as Command;
  };
  const told = say(chance.between(1, 120) * 1_000, { type: 'notified', recipient: 'rep-east-1' });
  const accepted = say(chance.between(5, 300) * MINUTE_MS, { type: 'accept' });
  const touches = channels.map((channel, index) =>
    say(index === 0 ? chance.between(1, 180) * MINUTE_MS : chance.between(8, 44) * HOUR_MS, {
      type: 'touch',
      channel,
      outcome: index === channels.length - 1 ? 'replied' : chance.one(...firstOutcomes),
    }),
  );
  const status = say(chance.between(4, 30) * HOUR_MS, { type: 'status', text: 'in talks' });
  const confirmed = { confirmed: true };
  const bant = { need: confirmed, budget: confirmed, authority: confirmed, timeline: confirmed };
  const qualified = say(chance.between(1, 20) * HOUR_MS, { type: 'qualify', bant });
  const end = say(chance.between(1, 30) * HOUR_MS, chance.one<Said>(...ends));
  return [told, accepted, ...touches, status, qualified, end];
}

const ends: readonly Said[] = [
  { type: 'dispose', route: 'sales-qualified' },
  { type: 'dispose', reason: 'not-interested', notes: 'has a supplier' },
  { type: 'dispose', reason: 'no-budget' },
  { type: 'dispose', reason: 'not-icp', notes: 'a reseller' },
  { type: 'dispose', reason: 'bad-timing', wakeOn: '2026-11-16' },
];

const fields = {
  email: 'contact@acme.example',
  firstName: 'First',
  lastName: 'Last',
  company: 'Acme',
  jobTitle: 'Director of Operations',
  jobLevel: 'director',
  country: 'US',
  source: 'webinar',
  score: 82,
  industry: 'software',
  annualRevenue: 12_000_000,
};

/** What leads are made with. */
export interface Making {
  readonly terms: AgreementTerms;
  readonly directory: Directory;
}

/** Tells the whole story of the lead of that number, as its workflow would have. */
export function makeLead(number: number, { terms, directory }: Making): readonly LeadEvent[] {
  const chance = dice(number * 7_919 + 1);
  const at = FROM + chance.between(0, TO - FROM);
  const employees = chance.one(60, 150, 300, 2_000);
  const holder = { owner: 'rep-east-1', queue: null, team: 'sdr-east', calendar: 'sales-us-east' };
  const handOff = {
    leadId: leadIdOf(number),
    at,
    agreement: terms,
    fields: { ...fields, employees },
    signals: [],
    holder,
  };
  const respond = responderTo(directory);
  const begun = runHandOff(handOff, { agreements: {}, windows: compiled, answers: {} }, respond);
  const told = factsOf(chance, at).reduce((run, command) => runCommand(run, command, respond).run, begun);
  return runUntil(told, AS_OF, respond).events;
}

export const leadIdOf = (number: number): string => `lead-${String(number).padStart(7, '0')}`;

/** Calendars are compiled once for all leads. */
const compiled: Record<string, CalendarWindows> = {};

const responderTo =
  (directory: Directory): Respond =>
  (question) => {
    if (question.kind === 'windows') {
      return (compiled[question.calendarKey] ??= answerFromCalendar({
        ...question,
        from: FROM - 2 * DAY_MS,
        until: AS_OF + 200 * DAY_MS,
      }) as CalendarWindows);
    }
    if (question.kind === 'date-start') return answerFromCalendar(question);
    return answerFromDirectory(question, directory, { openLeadCounts: {}, lastGivenAt: {} });
  };
