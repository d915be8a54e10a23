import type { AgreementTerms } from '../../src/domain/agreement/index.js';
import type { RolloutMode } from '../../src/domain/lifecycle/commands.js';
import { rejudgeLead } from '../../src/domain/correction/index.js';
import { reversalOf } from '../../src/domain/rollout/reversal.js';
import { answerFromCalendar } from '../../src/bin/calendar-ports.js';
import { calendarKey } from '../../src/zones/index.js';
import { HOUR_MS, until, type HandOver, type LeadWorld, type LiveLead } from './lead-world.js';
import type { JourneyName } from './recorded.js';

/** What a lead may live through: together they visit every stage that has a workflow, and say every command. */
export type Journey = (world: LeadWorld) => Promise<LiveLead>;

interface Begun {
  readonly lead: LiveLead;
  /** So many hours after the hand-off, by the workflow's clock. */
  readonly hours: (count: number) => number;
}

async function begun(world: LeadWorld, handOver: HandOver = {}): Promise<Begun> {
  const lead = await world.handOff(handOver);
  await lead.untilRecorded('notified');
  const { handedOffAt } = await lead.state();
  return { lead, hours: (count) => handedOffAt + count * HOUR_MS };
}

const runOf = async ({ handle }: LiveLead): Promise<string> => (await handle.describe()).runId;

/** Does something that begins the lead's next run, and returns when it has begun. */
async function intoNextRun(lead: LiveLead, leap: () => Promise<unknown>): Promise<void> {
  const before = await runOf(lead);
  await leap();
  await until('a new run', async () => (await runOf(lead)) !== before || undefined);
}

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The same promises in other times, as an agreement's next version. */
function withFirstResponse(terms: AgreementTerms, version: number, withinMs: number): AgreementTerms {
  const promise = terms.clocks['first-response']!;
  const clocks = { ...terms.clocks, 'first-response': { ...promise, withinMs, overrides: [] } };
  return { ...terms, version, key: `${terms.key}-${version}`, clocks };
}

async function applyVersion(
  world: LeadWorld,
  lead: LiveLead,
  version: number,
  withinHours: number,
  running: RolloutMode,
): Promise<void> {
  const agreement = withFirstResponse(world.terms, version, withinHours * HOUR_MS);
  const text = JSON.stringify(agreement);
  await world.database.agreements.saveDocument({ terms: agreement, text, canonical: text });
  await lead.say('apply-agreement', { agreement, running, by: 'sales-ops' });
}

/** As a rollout does: what the lead's ledger says of the first change of agreement is undone. */
async function revertFirst(world: LeadWorld, lead: LiveLead): Promise<void> {
  const events = await lead.events();
  const { commandId } = events.find(({ type }) => type === 'agreement-applied')!;
  const reversal = reversalOf(events, commandId!);
  if (reversal.kind !== 'restorable') throw new Error(`the lead is ${reversal.kind}`);
  const { kind: _kind, ...former } = reversal;
  const agreements = { [world.terms.key]: world.terms };
  await lead.say('revert-agreement', { ...former, agreements, by: 'sales-ops' });
}

/** As a correction does: days on which nobody should have been expected to work. */
async function judgeAnew({ terms, database }: LeadWorld, lead: LiveLead, dates: readonly string[]): Promise<void> {
  const exceptions = Object.fromEntries(dates.map((date) => [date, []]));
  const closed = Object.entries(terms.calendars).map(
    ([name, calendar]) => [name, { ...calendar, exceptions }] as const,
  );
  const calendars = Object.fromEntries(closed);
  const calendarKeys = Object.fromEntries(closed.map(([name, calendar]) => [name, calendarKey(calendar)]));
  const right = { ...terms, key: `${terms.key}-corrected`, calendars, calendarKeys };
  const text = JSON.stringify(right);
  await database.agreements.saveDocument({ terms: right, text, canonical: text });
  const events = await lead.events();
  const { at, seq: judgedSeq } = events.at(-1)!;
  const agreements = { [terms.key]: terms, [right.key]: right };
  const world = { agreements, termsInstead: { [terms.key]: right.key }, answerCalendar: answerFromCalendar };
  const judged = rejudgeLead(events, at, world);
  if (judged.kind !== 'judged') throw new Error(judged.why);
  const why = { correction: 'co_recorded', reason: 'a forgotten holiday' };
  await lead.say('rejudge', {
    ...why,
    judgedSeq,
    clocks: judged.clocks,
    agreements: { [right.key]: right },
    by: 'vp-sales',
  });
}

async function untilSettled({ clock, handle }: LiveLead): Promise<void> {
  await clock.runToEnd();
  await until('it has settled', async () => (await handle.describe()).status.name === 'COMPLETED' || undefined);
}

export const journeys: Readonly<Record<JourneyName, Journey>> = {
  'answered-and-won': async (world) => {
    const { lead } = await begun(world);
    await lead.say('accept', {});
    await lead.say('touch', { channel: 'phone', outcome: 'no-answer' });
    await lead.say('status', { text: 'will call again' });
    await lead.say('accept', {}); // refused
    await lead.say('touch', { channel: 'email', outcome: 'replied' });
    await lead.say('qualify', { intent: 'demo-held' });
    await lead.say('dispose', { route: 'sales-qualified' });
    await lead.say('opportunity', { status: 'open', amount: '10000 USD' });
    await lead.say('opportunity', { status: 'won' });
    return lead;
  },
  'nobody-answers': async (world) => {
    const { lead, hours } = await begun(world);
    await lead.clock.advanceTo(hours(9));
    await lead.untilRecorded('owner-changed');
    await lead.say('acknowledge', { clock: 'acceptance', by: 'manager-east' });
    await lead.clock.advanceTo(hours(31 * 24));
    return lead;
  },
  'nobody-answers-in-business-hours': async (world) => {
    const { lead, hours } = await begun(world);
    await lead.clock.advanceTo(hours(7 * 24));
    await lead.say('touch', { channel: 'phone', outcome: 'no-answer' });
    await lead.clock.advanceTo(hours(9 * 24));
    return lead;
  },
  'accepted-and-forgotten': async (world) => {
    const { lead, hours } = await begun(world);
    await lead.say('accept', {});
    await lead.say('touch', { channel: 'phone', outcome: 'no-answer' });
    await lead.clock.advanceTo(hours(16 * 24));
    return lead;
  },
  'everything-said': async (world) => {
    const { lead, hours } = await begun(world);
    await lead.say('touch', { channel: 'phone', outcome: 'left-message', nextStepAt: hours(24) });
    await lead.say('reassign', { to: 'rep-west-1' });
    await lead.say('enrich', { fields: { industry: 'glass' } });
    await lead.say('signal', { action: 'demo-request' });
    await lead.say('pause', { reason: 'fair' });
    await lead.say('dispute', { reason: 'duplicate', notes: 'see the other one' });
    await lead.say('resolve-dispute', { decision: 'denied' });
    await lead.clock.advanceTo(hours(48));
    await lead.say('resume', {});
    await lead.clock.advanceTo(hours(72));
    await lead.say('dispose', { reason: 'not-icp' });
    await lead.say('feedback', { notes: 'far too small' });
    return lead;
  },
  'paused-until-a-date': async (world) => {
    const { lead, hours } = await begun(world);
    await lead.say('accept', {});
    await lead.say('pause', { reason: 'asked for a week', until: hours(7 * 24) });
    await lead.clock.advanceTo(hours(8 * 24));
    await lead.say('status', { text: 'back' });
    return lead;
  },
  'disputed-and-nobody-decides': async (world) => {
    const { lead, hours } = await begun(world);
    await lead.say('dispute', { reason: 'not-icp', notes: 'a school' });
    await lead.clock.advanceTo(hours(30));
    await lead.say('resolve-dispute', { decision: 'upheld', by: 'marketing-ops' });
    return lead;
  },
  'under-three-agreements': async (world) => {
    const { lead, hours } = await begun(world);
    await lead.clock.advanceTo(hours(1));
    await applyVersion(world, lead, 2, 10, 'keep');
    await applyVersion(world, lead, 3, 8, 'recompute');
    await lead.clock.advanceTo(hours(3));
    await applyVersion(world, lead, 4, 6, 'used-time-stays');
    await lead.clock.advanceTo(hours(7));
    await lead.say('touch', { channel: 'phone', outcome: 'no-answer' });
    return lead;
  },
  'rolled-out-and-reverted': async (world) => {
    const { lead, hours } = await begun(world);
    await lead.clock.advanceTo(hours(1));
    await applyVersion(world, lead, 2, 10, 'recompute');
    await revertFirst(world, lead);
    await lead.clock.advanceTo(hours(5));
    return lead;
  },
  'judged-anew': async (world) => {
    const { lead, hours } = await begun(world);
    await lead.clock.advanceTo(hours(9));
    await lead.untilRecorded('owner-changed');
    await judgeAnew(world, lead, [dateOf(hours(0)), dateOf(hours(24))]);
    await lead.clock.advanceTo(hours(4 * 24));
    return lead;
  },
  'reopened-and-corrected': async (world) => {
    const { lead, hours } = await begun(world);
    await lead.say('reject', { reason: 'duplicate' });
    await lead.say('reopen', { reason: 'the other one is a cousin', by: 'manager-east' });
    await lead.say('touch', { channel: 'phone', outcome: 'no-answer' });
    const { seq: byPhone } = await lead.untilRecorded('touched');
    await lead.say('touch', { channel: 'email', outcome: 'sent' });
    const { seq: byMail } = (await lead.events()).findLast(({ type }) => type === 'touched')!;
    await lead.say('retract', { touch: byPhone, reason: 'was another lead' });
    await lead.say('mark-bounced', { touch: byMail, by: 'mail-server' });
    await lead.clock.advanceTo(hours(6));
    await lead.say('touch', { channel: 'phone', outcome: 'no-answer', occurredAt: hours(1) });
    return lead;
  },
  'begun-anew-by-its-own-act': async (world) => {
    const { lead, hours } = await begun(world);
    await lead.say('reject', { reason: 'duplicate' });
    await lead.clock.advanceTo(hours(24));
    const signals = [{ action: 'demo-request', at: hours(24) }];
    await intoNextRun(lead, () => lead.say('requalify', { signals, by: 'intake' }));
    await lead.say('touch', { channel: 'phone', outcome: 'reached' });
    return lead;
  },
  'nurtured-until-it-is-interested': async (world) => {
    const { lead, hours } = await begun(world);
    await lead.say('accept', {});
    await lead.say('dispose', { reason: 'using-competitor', notes: 'until summer' });
    await lead.clock.advanceTo(hours(40 * 24));
    await intoNextRun(lead, () => lead.say('signal', { action: 'demo-request' }));
    await lead.say('touch', { channel: 'phone', outcome: 'no-answer' });
    return lead;
  },
  'nurtured-until-it-ages-out': async (world) => {
    const { lead, hours } = await begun(world);
    await lead.say('reject', { reason: 'not-ready', notes: 'next year' });
    await lead.clock.advanceTo(hours(181 * 24));
    return lead;
  },
  'recycled-until-it-wakes': async (world) => {
    const { lead, hours } = await begun(world);
    await lead.say('accept', {});
    await lead.say('dispose', { reason: 'bad-timing', wakeOn: dateOf(hours(45 * 24)) });
    await intoNextRun(lead, () => lead.clock.advanceTo(hours(46 * 24)));
    await lead.say('touch', { channel: 'phone', outcome: 'reached' });
    return lead;
  },
  'settled-and-spoken-to-again': async (world) => {
    const { lead } = await begun(world);
    await lead.say('reject', { reason: 'duplicate' });
    await untilSettled(lead);
    await lead.say('enrich', { fields: { industry: 'glass' }, at: Date.now() });
    return lead;
  },
  'a-run-for-every-third-step': async (world) => {
    const { lead, hours } = await begun(world, { stepsPerRun: 3 });
    await lead.say('accept', {});
    await lead.say('touch', { channel: 'phone', outcome: 'no-answer' });
    await lead.say('touch', { channel: 'email', outcome: 'sent' });
    await lead.clock.advanceTo(hours(30));
    await lead.say('status', { text: 'will call again' });
    await lead.say('dispose', { reason: 'no-budget' });
    return lead;
  },
  'database-and-mail-away': async (world) => {
    world.ways.mail.shut();
    const lead = await world.handOff();
    const { handedOffAt } = await lead.state();
    await lead.clock.advanceTo(handedOffAt + 6 * 60_000);
    world.ways.database.shut();
    await lead.say('touch', { channel: 'phone', outcome: 'no-answer' }, 3_000);
    await world.ways.database.open();
    await world.ways.mail.open();
    await lead.untilRecorded('touched');
    await lead.untilRecorded('notified');
    return lead;
  },
};

/** Lived in the opening hours of the example agreement; all others round the clock, on whatever day they are recorded. */
export const inBusinessHours: readonly JourneyName[] = ['nobody-answers-in-business-hours'];
