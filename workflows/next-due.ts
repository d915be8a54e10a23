import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { DurationMs, Instant } from '../src/domain/business-time/index.js';
import { nextDue, type DueItem } from '../src/domain/lifecycle/next-due.js';
import { settlesAt } from '../src/domain/lifecycle/settled.js';
import { nowOf, wake, type Alarm, type Lead } from './lead.js';
import { SETTLE_AFTER_MS } from './messages.js';
import { workflowNow } from './workflow-clock.js';

/** A timer is set again after a year at the latest: servers need not keep one for longer. */
const SLEEP_MS_MAX: DurationMs = 365 * 86_400_000;
/** A timer that moves back rings in vain once it has been moved so often; each move costs events, too. */
const POSTPONED_COUNT_MAX = 2;

interface Planned {
  readonly at: Instant;
  readonly what: string;
}

/** Keeps the lead's one timer at its next due point, with as few events as that takes. */
export function setAlarm(lead: Lead): void {
  const planned = findPlanned(lead);
  if (planned === undefined) return silence(lead);
  if (lead.alarm === undefined) return wakesAnyway(lead, planned.at) ? undefined : arm(lead, planned, 0);
  const { at, postponedCount } = lead.alarm;
  if (planned.at < at) rearm(lead, planned, postponedCount);
  else if (paysToPostpone(lead, planned.at)) rearm(lead, planned, postponedCount + 1);
}

function findPlanned(lead: Lead): Planned | undefined {
  const due = nextDue(lead.state);
  if (due) return { at: due.at, what: nameOf(due) };
  const at = settlesAt(lead.state, SETTLE_AFTER_MS);
  // Once it has passed, the lead waits for something under way to end, which no timer can bring about.
  return at === undefined || at <= nowOf(lead) ? undefined : { at, what: 'settled' };
}

/** Something that is under way wakes the workflow before the due point does: then is the time to set the timer. */
const wakesAnyway = (lead: Lead, at: Instant): boolean => [...lead.wakesAnyway].some((endsAt) => endsAt < at);

/** Setting the timer anew costs two events, letting it ring in vain five: a far move is made, a near one is not. */
function paysToPostpone(lead: Lead, at: Instant): boolean {
  const { alarm } = lead;
  if (alarm === undefined || alarm.postponedCount >= POSTPONED_COUNT_MAX) return false;
  const now = nowOf(lead);
  return alarm.at > now && at - now > 2 * (alarm.at - now);
}

function rearm(lead: Lead, planned: Planned, postponedCount: number): void {
  silence(lead);
  arm(lead, planned, postponedCount);
}

function silence(lead: Lead): void {
  lead.alarm?.scope.cancel();
  lead.alarm = undefined;
}

function arm(lead: Lead, planned: Planned, postponedCount: number): void {
  const scope = new CancellationScope();
  const alarm: Alarm = { at: planned.at, scope, postponedCount };
  lead.alarm = alarm;
  void scope.run(() => ring(lead, alarm, planned));
}

async function ring(lead: Lead, alarm: Alarm, { at, what }: Planned): Promise<void> {
  try {
    await sleep(sleepMs(at - workflowNow(lead.clockOffsetMs)), { summary: what });
  } catch (error) {
    if (isCancellation(error)) return;
    throw error;
  }
  if (lead.alarm === alarm) lead.alarm = undefined;
  wake(lead);
}

/** Temporal takes neither 0 nor anything that is not finite. */
const sleepMs = (ms: DurationMs): DurationMs => Math.min(Math.max(ms, 1), SLEEP_MS_MAX);

/** What rings, as the Temporal UI shows it beside the timer. */
function nameOf(due: DueItem): string {
  switch (due.kind) {
    case 'breach':
      return `${due.clock.name} #${due.clock.n} due`;
    case 'tier':
      return `${due.clock.name} #${due.clock.n} tier ${due.tier}`;
    case 'warning':
      return `${due.clock.name} #${due.clock.n} warning ${due.point}`;
    case 'out-of-reach':
      return `${due.clock.name} #${due.clock.n} out of reach`;
    case 'number-starts':
      return `${due.clock} starts`;
    case 'pause-ends':
    case 'wake':
    case 'age-out':
      return due.kind;
  }
}
