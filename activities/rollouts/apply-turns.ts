/**
 * How a rollout speaks to leads lives here: what is said to a batch of them, and what their answers mean. Nothing here
 * decides anything about a lead.
 */
import type { AgreementTerms } from '../../src/domain/agreement/index.js';
import type { CalendarWindows, Instant } from '../../src/domain/business-time/index.js';
import type { Command } from '../../src/domain/lifecycle/commands.js';
import type { CalendarAnswer } from '../../src/domain/ports.js';
import type { LeadInTurn, TurnOutcome } from '../../src/domain/rollout/ports.js';
import { applyingCommand } from '../../src/domain/rollout/rollout-commands.js';
import { deliverAll, type Said } from './deliver-turns.js';
import { ATTEMPT_COUNT_MAX, type Turns } from './turns.js';

/** Brings the version to a batch of leads: each command is stored first, with the instant at which it counts. */
export async function applyTurns(turns: Turns): Promise<readonly TurnOutcome[]> {
  const { rollout, leads, stores, at } = turns;
  const speaker = { by: rollout.startedBy, receivedAt: at };
  const commands = leads.map((lead) => applyingCommand(lead, rollout, speaker));
  const stored = await stores.rolloutBook.storeCommands(commands);
  const windows = await windowsToSend(turns);
  const said = await deliverAll(stores, stored, (command) => withWindows(command, windows));
  return leads.map((lead, index) => outcomeOf(lead, said[index]!));
}

function outcomeOf({ leadId, commandId, attemptCount }: LeadInTurn, said: Said): TurnOutcome {
  const turn = { leadId, commandId };
  switch (said.kind) {
    case 'done':
      return { ...turn, status: 'applied', outcome: said };
    case 'refused':
      return { ...turn, status: 'refused', outcome: said, code: said.refusal.code, detail: said.refusal.detail };
    case 'unanswered': {
      const status = attemptCount + 1 < ATTEMPT_COUNT_MAX ? 'waiting' : 'failed';
      return { ...turn, status, code: 'unanswered', detail: { why: said.why } };
    }
  }
}

type Windows = Readonly<Record<string, CalendarWindows>>;

const withWindows = (command: Command, windows: Windows): Command =>
  command.type === 'apply-agreement' && Object.keys(windows).length > 0 ? { ...command, windows } : command;

const DAY_MS = 86_400_000;
const AHEAD_MS = 120 * DAY_MS;

/** Of calendars that are new in the version: the others are known to the leads, or they ask. */
async function windowsToSend({ rollout, leads, stores, calendar, at }: Turns): Promise<Windows> {
  const next = await stores.agreements.findTerms(rollout.agreement.key);
  const keys = [...new Set(leads.map(({ agreementKey }) => agreementKey))];
  const former = await Promise.all(keys.map((key) => stores.agreements.findTerms(key)));
  const known = new Set(former.flatMap((terms) => Object.values(terms?.calendarKeys ?? {})));
  const from = Math.min(at, ...leads.map(({ cycleStartedAt }) => cycleStartedAt)) - DAY_MS;
  return next === undefined ? {} : compileUnknown(calendar, next, known, from, at + AHEAD_MS);
}

function compileUnknown(
  calendar: CalendarAnswer,
  { calendars, calendarKeys }: AgreementTerms,
  known: ReadonlySet<string>,
  from: Instant,
  until: Instant,
): Windows {
  const unknown = Object.entries(calendars).filter(([name]) => !known.has(calendarKeys[name]!));
  const compiled = unknown.map(([name, definition]) => {
    const calendarKey = calendarKeys[name]!;
    const question = { kind: 'windows', key: name, asOf: from, calendarKey, name, definition, from, until } as const;
    return [calendarKey, calendar(question) as CalendarWindows] as const;
  });
  return Object.fromEntries(compiled);
}
