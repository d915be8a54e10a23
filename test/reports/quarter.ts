// Here lives a made-up quarter of leads: each told by the real core from a fixed chance, so that every run has the same
// leads, and all that figures distinguish happens to some of them. No figure is computed here.
import type { Fields } from '../../src/domain/agreement/index.js';
import type { Instant } from '../../src/domain/business-time/index.js';
import type { Command } from '../../src/domain/lifecycle/commands.js';
import type { LeadEvent, Signal } from '../../src/domain/lifecycle/events.js';
import { runCommand, runHandOff, runUntil, type Respond, type Run } from '../../src/domain/lifecycle/run.js';
import { isClosed } from '../../src/domain/lifecycle/state.js';
import type { Directory } from '../../src/domain/routing/directory.js';
import { answerFromDirectory } from '../../src/domain/routing/answer.js';
import { dateStart, keepWindows } from '../../src/zones/index.js';
import { agreement, directory, goodFields } from '../db/journeys.js';

export interface ToldLead {
  readonly leadId: string;
  readonly events: readonly LeadEvent[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const quarterFrom: Instant = Date.parse('2026-10-01T04:00:00Z');
export const quarterTo: Instant = Date.parse('2027-01-01T05:00:00Z');
/** Monday, 14 December 2026, 10:00 in New York: in the middle of the work. */
export const midwayAt: Instant = Date.parse('2026-12-14T15:00:00Z');
/** Until then time goes on after the quarter. */
export const toldUntil: Instant = Date.parse('2027-03-15T12:00:00Z');

export const windowsOf = keepWindows();

/** Numbers from 0 to 1 that follow from a seed. */
export type Chance = () => number;

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const oneOf = <T>(chance: Chance, items: readonly T[]): T => items[Math.floor(chance() * items.length)]!;

/** The leads numbered 1 to `count`. */
export function* quarterOf(count: number): Generator<ToldLead> {
  for (let number = 1; number <= count; number += 1) yield leadNumbered(number);
}

function leadNumbered(number: number): ToldLead {
  const chance = chanceOf(number);
  const leadId = `lead-${String(number).padStart(6, '0')}`;
  const at = quarterFrom - 20 * DAY_MS + Math.floor(chance() * (quarterTo - quarterFrom + 25 * DAY_MS));
  const told = new Telling(leadId, at, chance, chanceOf(number + 1_000_000));
  oneOf(chance, journeys)(told, chance);
  return { leadId, events: told.end() };
}

function fieldsOf(chance: Chance): Fields {
  const employees = chance() < 0.04 ? 3 : oneOf(chance, [60, 150, 300, 900, 1_500]);
  return {
    ...goodFields,
    employees,
    ...(chance() < 0.5 && { industry: 'software', annualRevenue: 5_000_000 }),
    ...(chance() < 0.1 && { company: oneOf(chance, ['', 'n/a', 'Unknown', 'Test']) }),
    ...(chance() < 0.3 && { region: 'west' }),
    ...(chance() < 0.02 && { test: true }),
  };
}

const signalsOf = (chance: Chance, at: Instant): readonly Signal[] =>
  chance() < 0.2 ? [{ at: at - HOUR_MS, action: 'demo-request' }] : [];

/**
 * The number of the first of the accounts among which lead `number` is a contact of one: each 1,500 leads have accounts of
 * their own, for among many leads an account has no more contacts than among few.
 */
export const firstAccountNear = (number: number): number => Math.floor((number - 1) / 1_500) * 400;

/** Accounts with several contacts, by domain, by name, or by the company alone; and where each contact came from. */
function contactOf(money: Chance, number: number): Fields {
  const account = firstAccountNear(number) + Math.floor(money() * 200);
  const email = money() < 0.1 ? `ada${account}@gmail.com` : `ada@Account-${account}.example`;
  return {
    email,
    ...(money() < 0.1 && { account: `ACCOUNT-${account}.example` }),
    source: oneOf(money, ['webinar', 'cold-list', 'cold-list']),
  };
}

/** Acts of half a year and more before the hand-off, some of them marketing's. */
const actsOf = (money: Chance, at: Instant): readonly Signal[] =>
  money() < 0.5
    ? [{ at: at - Math.floor(money() * 250) * DAY_MS, action: oneOf(money, ['webinar', 'advertising', 'referral']) }]
    : [];

/** A lead's story while it is being told; what is refused is left out, as in life. */
class Telling {
  #run: Run;
  #at: Instant;
  #saidCount = 0;

  constructor(
    readonly leadId: string,
    at: Instant,
    private readonly chance: Chance,
    /** Of what concerns accounts and opportunities. */
    readonly money: Chance,
  ) {
    this.#at = at;
    const fields = { ...fieldsOf(chance), ...contactOf(money, Number(leadId.slice(-6))) };
    const source = oneOf(chance, ['website', 'webinar', 'partner-portal']);
    const facts = {
      leadId,
      at,
      agreement,
      fields,
      signals: [...actsOf(money, at), ...signalsOf(chance, at)],
      source,
      externalId: leadId,
    };
    const acted = chance() < 0.8 ? { qualifiedAt: at - Math.floor(chance() * HOUR_MS) } : {};
    this.#run = runHandOff({ ...facts, ...acted }, { agreements: {}, windows: {}, answers: {} }, respond);
    if (chance() < 0.95) this.say(chance() * 0.1, { type: 'notified', recipient: 'rep-east-1' });
  }

  get isOpen(): boolean {
    return !isClosed(this.#run.state);
  }

  /** Says something so many hours later. */
  say(hours: number, body: { readonly type: Command['type'] } & Record<string, unknown>): void {
    if (this.#run.state.excluded !== null) return;
    this.#at += Math.floor(hours * HOUR_MS);
    this.#saidCount += 1;
    const by = this.#run.state.holders.at(-1)?.owner ?? 'manager-east';
    const command = { at: this.#at, by, id: `${this.leadId}/${this.#saidCount}`, ...body } as unknown as Command;
    this.#run = runCommand(this.#run, command, respond).run;
  }

  touch(hours: number, outcome: string, more: Record<string, unknown> = {}): void {
    this.say(hours, { type: 'touch', channel: oneOf(this.chance, ['phone', 'email', 'linkedin']), outcome, ...more });
  }

  /** The last touch was logged by mistake, or came back. */
  takeBack(hours: number): void {
    const touch = this.#run.state.touches.at(-1)?.seq;
    const body = oneOf(this.chance, [
      { type: 'retract' as const, reason: 'another lead' },
      { type: 'mark-bounced' as const },
    ]);
    if (touch !== undefined) this.say(hours, { ...body, touch });
  }

  /** A touch that is logged only some hours after it was made. */
  touchLoggedLate(hours: number, lateHours: number): void {
    this.touch(hours, 'no-answer', { occurredAt: this.#at + Math.floor((hours - lateHours) * HOUR_MS) });
  }

  end(): readonly LeadEvent[] {
    return runUntil(this.#run, toldUntil, respond).events;
  }
}

/** For two weeks of November the second tier reaches nobody, and a team of sales is away as a whole for one of them. */
const people: Directory = {
  ...directory,
  absences: [
    { person: 'vp-sales', from: Date.parse('2026-11-09T00:00:00Z'), until: Date.parse('2026-11-23T00:00:00Z') },
    ...['rep-east-1', 'rep-east-2', 'rep-east-3', 'rep-west-1', 'rep-west-2', 'rep-partner-1'].map((person) => ({
      person,
      from: Date.parse('2026-11-16T00:00:00Z'),
      until: Date.parse('2026-11-20T00:00:00Z'),
    })),
  ],
};

const respond: Respond = (question) => {
  if (question.kind === 'windows') {
    return windowsOf(question.calendarKey, question.definition, question.from, question.until);
  }
  if (question.kind === 'date-start') return dateStart(question.timeZone, question.date);
  return answerFromDirectory(question, people, { openLeadCounts: {}, lastGivenAt: {} });
};

/** What its rep stumbled over, by its number: nothing, one thing, both, or a word that says nothing. */
function stumblesOf({ leadId }: Telling): { readonly friction?: string; readonly contentGap?: string } {
  const number = Number(leadId.slice(-6));
  return {
    ...(number % 3 === 0 && { friction: number % 2 === 0 ? 'the price comes too early' : ' ' }),
    ...(number % 4 === 0 && { contentGap: 'a page about security' }),
  };
}

type Journey = (lead: Telling, chance: Chance) => void;

const answered: Journey = (lead, chance) => {
  if (chance() < 0.5) lead.say(chance() * 6, { type: 'accept' });
  for (let count = 1 + Math.floor(chance() * 4); count > 0; count -= 1) lead.touch(chance() * 20, 'no-answer');
  lead.touch(chance() * 40, oneOf(chance, ['reached', 'replied']));
};

const sold: Journey = (lead, chance) => {
  if (chance() < 0.9) answered(lead, chance);
  else lead.say(chance() * 30, { type: 'accept' });
  lead.say(chance() * 20, { type: 'qualify', intent: 'demo-held' });
  lead.say(chance() * 20, { type: 'dispose', route: 'sales-qualified', ...stumblesOf(lead) });
  if (chance() < 0.6) won(lead, chance);
};

const won: Journey = (lead, chance) => {
  const currency = lead.money() < 0.9 ? 'USD' : 'EUR';
  const amount = chance() < 0.9 ? { amount: `${1_000 + Math.floor(chance() * 90_000)} ${currency}` } : {};
  const named =
    lead.money() < 0.8 ? { crmId: oneOf(lead.money, [lead.leadId, `deal-${lead.leadId.slice(0, -1)}`]) } : {};
  if (chance() < 0.9) lead.say(chance() * 900, { type: 'opportunity', status: 'open', ...named, ...amount });
  if (chance() < 0.5)
    lead.say(chance() * 900, { type: 'opportunity', status: oneOf(chance, ['won', 'lost']), ...amount });
};

const journeys: readonly Journey[] = [
  answered,
  sold,
  sold,
  sold,
  (lead, chance) => {
    answered(lead, chance);
    lead.say(chance() * 9, { type: 'dispose', reason: 'no-budget', ...stumblesOf(lead) });
    if (chance() < 0.4) lead.say(chance() * 900, { type: 'signal', action: 'demo-request' });
    if (lead.isOpen) sold(lead, chance);
  },
  (lead, chance) => {
    answered(lead, chance);
    lead.say(chance() * 9, {
      type: 'dispose',
      reason: 'bad-timing',
      wakeOn: oneOf(chance, ['2026-12-20', '2027-02-01']),
    });
    lead.say(24 * 40, { type: 'signal', score: 99 });
    if (lead.isOpen) sold(lead, chance);
  },
  (lead, chance) =>
    lead.say(chance() * 12, { type: 'reject', reason: 'bad-data', ...(chance() < 0.5 && { notes: 'a school' }) }),
  (lead, chance) => {
    if (chance() < 0.5) lead.touch(chance() * 8, 'no-answer');
    lead.say(chance() * 8, { type: 'dispute', reason: 'not-icp' });
    lead.say(chance() * 30, { type: 'resolve-dispute', decision: oneOf(chance, ['upheld', 'denied']) });
    if (lead.isOpen) sold(lead, chance);
  },
  (lead, chance) => {
    lead.say(chance() * 5, { type: 'pause', reason: 'a fair' });
    lead.say(chance() * 30, { type: 'resume' });
    sold(lead, chance);
  },
  (lead, chance) => {
    lead.say(chance() * 5, { type: 'reassign', to: oneOf(chance, ['rep-east-2', 'rep-west-1']) });
    if (chance() < 0.7) sold(lead, chance);
  },
  (lead, chance) => {
    lead.touchLoggedLate(5 + chance() * 30, chance() * 26);
    sold(lead, chance);
  },
  (lead, chance) => lead.touch(chance() * 20, 'opted-out'),
  (lead, chance) => {
    sold(lead, chance);
    if (chance() < 0.3) lead.say(chance() * 3, { type: 'reopen', reason: 'a slip' });
  },
  () => {},
  (lead, chance) => {
    for (let hours = 0; hours < 30; hours += 6) lead.say(6, { type: 'acknowledge', clock: 'first-response' });
    if (chance() < 0.7) lead.touch(chance() * 40, oneOf(chance, ['no-answer', 'reached']));
  },
  (lead, chance) => {
    lead.say(chance() * 8, { type: 'dispute', reason: oneOf(chance, ['not-icp', 'duplicate']) });
    if (chance() < 0.6) lead.touch(chance() * 30, 'opted-out');
  },
  (lead, chance) => {
    answered(lead, chance);
    const notes = chance() < 0.5 && { notes: 'twice' };
    lead.say(chance() * 9, { type: 'dispose', reason: 'duplicate', ...notes, ...stumblesOf(lead) });
    if (chance() < 0.5) lead.say(chance() * 5, { type: 'reopen', reason: 'another one' });
    if (lead.isOpen) sold(lead, chance);
  },
  (lead, chance) => {
    lead.say(chance() * 5, { type: 'accept' });
    lead.say(chance() * 5, { type: 'status', text: oneOf(chance, ['on it', ' On  it', 'will call on Friday']) });
    if (chance() < 0.7) lead.touch(chance() * 9, 'no-answer', { by: oneOf(chance, ['rep-east-2', 'manager-east']) });
    lead.say(chance() * 30, { type: 'status', text: `number ${Math.floor(chance() * 1_000)}` });
    if (chance() < 0.3) lead.say(chance() * 9, { type: 'reassign', to: 'rep-west-1', by: 'manager-east' });
    if (chance() < 0.5) lead.takeBack(chance() * 30);
  },
];
