// Here lives what the walk-through of docs/reports.md is about: the leads of one autumn of a small company, each told by
// the real core from a fixed chance. No figure is computed here, and nothing here knows a table.
import { parseAgreement } from '../../src/documents/index.js';
import type { AgreementTerms, Fields } from '../../src/domain/agreement/index.js';
import type { Instant } from '../../src/domain/business-time/index.js';
import type { Command } from '../../src/domain/lifecycle/commands.js';
import type { LeadEvent, Signal } from '../../src/domain/lifecycle/events.js';
import { nextDue } from '../../src/domain/lifecycle/next-due.js';
import { runCommand, runHandOff, runUntil, type Run } from '../../src/domain/lifecycle/run.js';
import { holderOf, isClosed } from '../../src/domain/lifecycle/state.js';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import type { HolderRef } from '../../src/domain/routing/directory.js';
import { addInCalendar } from '../../src/zones/index.js';
import { agreementText as specText, directory, goodFields, respondFrom } from '../db/journeys.js';
import { chanceOf, oneOf, type Chance } from '../reports/quarter.js';

/** The specification's agreement for a company with an eighth of the leads. */
export const autumnText = specText
  .replace(
    '500, bySegment: { enterprise: 50, mid-market: 150, smb: 300 }',
    '60, bySegment: { enterprise: 8, mid-market: 22, smb: 30 }',
  )
  .replace('750000 USD', '400000 USD');

export const autumnTerms: AgreementTerms = readTerms();

function readTerms(): AgreementTerms {
  const { terms, mistakes } = parseAgreement(autumnText, 'inbound-saas.yaml', calendarKeys, { at: 0 });
  if (terms === undefined) throw new Error(`the autumn's agreement cannot be read: ${JSON.stringify(mistakes)}`);
  return terms;
}

/** Thursday, 3 December 2026, 07:00 in New York: all that is told was recorded by then. */
export const autumnAsOf: Instant = Date.parse('2026-12-03T12:00:00Z');
const firstDay: Instant = Date.parse('2026-09-01T12:00:00Z');
const LEAD_COUNT = 190;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const respond = respondFrom({ directory, workload: { openLeadCounts: {}, lastGivenAt: {} } });

export interface AutumnLead {
  readonly leadId: string;
  readonly events: readonly LeadEvent[];
}

/** All leads of the autumn, the first handed over first. */
export const autumnLeads = (): readonly AutumnLead[] =>
  Array.from({ length: LEAD_COUNT }, (_, index) => leadNumbered(index + 1));

function leadNumbered(number: number): AutumnLead {
  const chance = chanceOf(number + 7_000_000);
  const leadId = `lead-${String(number).padStart(3, '0')}`;
  const spanMs = (autumnAsOf - firstDay) / LEAD_COUNT;
  const told = new Telling(leadId, number, firstDay + Math.floor((number - chance()) * spanMs), chance);
  journeyBy(chance())(told, chance);
  return { leadId, events: told.end() };
}

const companies = ['Northwind', 'Fjord', 'Pacific', 'Harbor', 'Kettle', 'Summit', 'Juniper', 'Cobalt'] as const;
const trades = ['Freight', 'Robotics', 'Grid', 'Health', 'Foods', 'Insurance', 'Systems', 'Media'] as const;
const employeesBySegment = { smb: 90, 'mid-market': 420, enterprise: 2_400 } as const;

function fieldsOf(number: string, chance: Chance): Fields {
  const [company, trade] = [oneOf(chance, companies), oneOf(chance, trades)];
  const segment = oneOf(chance, ['smb', 'smb', 'smb', 'smb', 'mid-market', 'mid-market', 'enterprise'] as const);
  return {
    ...goodFields,
    email: `${number}@${company}-${trade}.example`.toLowerCase(),
    company: chance() < 0.03 ? 'n/a' : `${company} ${trade}`,
    employees: chance() < 0.04 ? 12 : employeesBySegment[segment],
    source: oneOf(chance, ['webinar', 'advertising', 'event', 'cold-list', 'cold-list']),
    ...(chance() < 0.85 && { industry: 'software', annualRevenue: 5_000_000 }),
    ...(chance() < 0.3 && { region: 'west' }),
  };
}

const signalsOf = (chance: Chance, at: Instant): readonly Signal[] => [
  ...(chance() < 0.15 ? [{ at: at - HOUR_MS, action: 'demo-request' }] : []),
  ...(chance() < 0.4 ? [{ at: at - Math.floor(chance() * 60) * DAY_MS, action: 'content-download' }] : []),
];

/** Each in turn, as routing would have it. */
function holderNumbered(number: number, isWest: boolean): HolderRef {
  const team = isWest ? 'sdr-west' : 'sdr-east';
  const owner = isWest ? `rep-west-${1 + (number % 2)}` : `rep-east-${1 + (number % 3)}`;
  return { owner, queue: null, team, calendar: isWest ? 'sales-us-west' : 'sales-us-east' };
}

/** A lead's story while it is being told, in open hours of sales; what is refused is left out, as in life. */
class Telling {
  #run: Run;
  #at: Instant;

  constructor(
    readonly leadId: string,
    number: number,
    at: Instant,
    private readonly chance: Chance,
  ) {
    const handedOffAt = isWeekend(at) ? at + 2 * DAY_MS : at;
    this.#at = handedOffAt;
    const source = oneOf(chance, ['website', 'website', 'webinar', 'partner-portal']);
    const fields = fieldsOf(leadId, chance);
    const facts = {
      leadId,
      at: handedOffAt,
      agreement: autumnTerms,
      fields,
      holder: holderNumbered(number, fields['region'] === 'west'),
      signals: signalsOf(chance, handedOffAt),
      source,
      externalId: leadId,
      qualifiedAt: handedOffAt - Math.floor(chance() * HOUR_MS),
    };
    this.#run = runHandOff(facts, { agreements: {}, windows: {}, answers: {} }, respond);
    this.#say(handedOffAt + (chance() < 0.97 ? 40_000 : HOUR_MS), { type: 'notified', recipient: this.owner });
  }

  get owner(): string {
    return holderOf(this.#run.state).owner ?? 'manager-east';
  }

  get isOpen(): boolean {
    return !isClosed(this.#run.state);
  }

  /** Says something after so many open hours. */
  say(openHours: number, body: Saying): void {
    const { calendars, defaultCalendar } = autumnTerms;
    const ms = Math.floor(openHours * HOUR_MS);
    this.#at = addInCalendar(defaultCalendar, calendars[defaultCalendar]!, this.#at, ms);
    this.#say(this.#at, body);
  }

  touch(openHours: number, outcome: string, more: object = {}): void {
    const channel = oneOf(this.chance, ['phone', 'phone', 'email', 'linkedin'] as const);
    this.say(openHours, { type: 'touch', channel, outcome, ...more });
  }

  /** A touch that is logged some hours after it was made. */
  touchLoggedLate(openHours: number, lateHours: number): void {
    this.say(openHours, { type: 'status', text: 'on it' });
    this.touch(lateHours, 'no-answer', { occurredAt: this.#at });
  }

  /** Lets time pass until the lead wakes, if it does. */
  sleep(): void {
    const { cycle } = this.#run.state;
    for (let due = nextDue(this.#run.state); due && due.at <= autumnAsOf; due = nextDue(this.#run.state)) {
      this.#run = runUntil(this.#run, due.at, respond);
      if (this.#run.state.cycle > cycle) break;
    }
    this.#at = Math.max(this.#at, this.#run.state.cycleStartedAt);
  }

  end(): readonly LeadEvent[] {
    return runUntil(this.#run, autumnAsOf, respond).events;
  }

  #say(at: Instant, body: Saying): void {
    if (this.#run.state.excluded !== null || at > autumnAsOf) return;
    const command = { at, by: this.owner, id: `${this.leadId}/${at}/${body.type}`, ...body } as unknown as Command;
    this.#run = runCommand(this.#run, command, respond).run;
  }
}

type Saying = { readonly type: Command['type'] } & Record<string, unknown>;

const isWeekend = (at: Instant): boolean => [0, 6].includes(new Date(at).getUTCDay());

type Journey = (lead: Telling, chance: Chance) => void;

/** Most are answered within their hours, the third of the east later than the others. */
const answered: Journey = (lead, chance) => {
  if (chance() < 0.6) lead.say(0.1 + chance() * 0.3, { type: 'accept' });
  const patience = lead.owner === 'rep-east-3' ? 5 : 2.2;
  lead.touch(0.05 + chance() * patience, oneOf(chance, ['no-answer', 'left-message', 'sent']));
  if (chance() < 0.5) lead.touch(3 + chance() * 6, 'no-answer');
  lead.touch(2 + chance() * 8, oneOf(chance, ['reached', 'replied']));
};

const qualified: Journey = (lead, chance) => {
  answered(lead, chance);
  lead.say(4 + chance() * 20, { type: 'qualify', intent: oneOf(chance, ['demo-held', 'engaged-reply']) });
  lead.say(1, { type: 'dispose', route: 'sales-qualified' });
  if (chance() < 0.65) sold(lead, chance);
};

const sold: Journey = (lead, chance) => {
  const amount = `${8 + Math.floor(chance() * 60)}000 USD`;
  lead.say(8 + chance() * 40, { type: 'opportunity', status: 'open', amount, crmId: `deal-${lead.leadId.slice(5)}` });
  if (chance() < 0.55) {
    const status = oneOf(chance, ['won', 'won', 'lost']);
    lead.say(24 + chance() * 120, { type: 'opportunity', status, crmId: `deal-${lead.leadId.slice(5)}` });
  }
};

const persistent: Journey = (lead, chance) => {
  for (const channel of ['phone', 'email', 'linkedin', 'phone', 'email', 'phone']) {
    lead.say(1 + chance() * 12, { type: 'touch', channel, outcome: 'no-answer' });
  }
  lead.say(8, { type: 'dispose', reason: 'no-response' });
  lead.sleep();
  if (lead.isOpen) answered(lead, chance);
};

/** What reps note beside an outcome. */
const stumbles = [
  { friction: 'Asks for the price in the first minute' },
  { friction: 'Thinks we only serve large companies' },
  { contentGap: 'A customer story from insurance' },
] as const;

const disposed =
  (reason: string, more: object = {}): Journey =>
  (lead, chance) => {
    answered(lead, chance);
    const noted = chance() < 0.3 ? oneOf(chance, stumbles) : {};
    lead.say(4 + chance() * 20, { type: 'dispose', reason, ...more, ...noted });
  };

const rejected =
  (reason: string, notes?: string): Journey =>
  (lead, chance) => {
    lead.say(0.5 + chance() * 3, { type: 'reject', reason, ...(notes !== undefined && { notes }) });
    if (notes === undefined && chance() < 0.7)
      lead.say(2 + chance() * 20, { type: 'feedback', notes: 'no such person' });
  };

const disputed =
  (decision: 'upheld' | 'denied'): Journey =>
  (lead, chance) => {
    lead.say(0.5 + chance() * 2, { type: 'dispute', reason: oneOf(chance, ['not-icp', 'bad-data']) });
    lead.say(4 + chance() * 20, { type: 'resolve-dispute', decision, by: 'marketing-ops' });
    if (lead.isOpen) qualified(lead, chance);
  };

const late: Journey = (lead, chance) => {
  lead.say(6, { type: 'acknowledge', clock: 'first-response', by: 'manager-east' });
  qualified(lead, chance);
};

const woken: Journey = (lead, chance) => {
  disposed('bad-timing', { wakeOn: oneOf(chance, ['2026-11-16', '2027-02-01']) })(lead, chance);
  lead.sleep();
  if (lead.isOpen) qualified(lead, chance);
};

/** How many of a hundred leads live through which. */
const journeys: readonly (readonly [percent: number, journey: Journey])[] = [
  [34, qualified],
  [12, persistent],
  [8, disposed('no-budget')],
  [5, disposed('not-icp')],
  [3, disposed('not-interested', { notes: 'happy with what they have' })],
  [6, woken],
  [5, rejected('not-icp', 'twelve people, no budget of their own')],
  [4, rejected('bad-data')],
  [2, rejected('duplicate')],
  [2, disputed('upheld')],
  [3, disputed('denied')],
  [6, late],
  [3, (lead, chance) => lead.touchLoggedLate(chance() * 3, 2 + chance() * 4)],
  [2, (lead, chance) => lead.touch(chance() * 3, 'opted-out')],
  [2, pausedFirst],
  [1, () => {}],
  [2, (lead, chance) => answered(lead, chance)],
];

function pausedFirst(lead: Telling, chance: Chance): void {
  lead.say(0.5, { type: 'pause', reason: 'at a fair' });
  lead.say(8, { type: 'resume' });
  qualified(lead, chance);
}

function journeyBy(share: number): Journey {
  let passed = 0;
  for (const [percent, journey] of journeys) {
    passed += percent / 100;
    if (share < passed) return journey;
  }
  return qualified;
}
