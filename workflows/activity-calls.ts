import { log, proxyActivities, proxyLocalActivities, TemporalFailure } from '@temporalio/workflow';
import type { LeadActivities, Recording } from '../activities/lead-activities.js';
import type { NoticeReceipt } from '../activities/notice-contract.js';
import type { LeadEvent } from '../src/domain/lifecycle/events.js';
import type { Answer, Question } from '../src/domain/lifecycle/questions.js';
import { nextInputOf, nowOf, wake, type Lead } from './lead.js';
import { workflowNow } from './workflow-clock.js';

/** What takes the database a few milliseconds when it is there. */
type Quick = Pick<LeadActivities, 'recordEvents' | 'answerQuestion'>;

/** One attempt within the workflow task: a single event in the history, and no further task. */
const atOnce = proxyLocalActivities<Quick>({ scheduleToCloseTimeout: 2_000, retry: { maximumAttempts: 1 } });

/** As long as it takes; the database itself ends a transaction after 5 s. */
const untilItWorks = proxyActivities<LeadActivities>({
  startToCloseTimeout: 10_000,
  retry: { initialInterval: 500, backoffCoefficient: 2, maximumInterval: 10_000 },
});

const DATABASE_PATIENCE_MS = 60_000;
/** By then the first try of a notice has ended, one way or the other. */
const NOTICE_TRIAL_MS = 60_000;
/** A mail server may think for long before it takes a mail. */
const NOTICE_ATTEMPT_MS = 60_000;
/** A worker that is silent for so long is dead, and another takes its attempt over. */
const NOTICE_SILENCE_MS = 15_000;

/** Appends decided events to the ledger; returns when they stand there, or with what does. */
export const recordEvents = (lead: Lead, events: readonly LeadEvent[]): Promise<Recording> =>
  askDatabase(lead, ({ recordEvents: record }) =>
    record.executeWithOptions(summarised(events.map(({ type }) => type)), [placeOf(lead), events]),
  );

/** Asks the directory or a calendar; returns when there is an answer. */
export const answerQuestion = (lead: Lead, question: Question): Promise<Answer> =>
  askDatabase(lead, ({ answerQuestion: answer }) =>
    answer.executeWithOptions(summarised([question.kind, question.key]), [placeOf(lead), question]),
  );

/**
 * Asks at once; without an answer, by ordinary activities that try for ever, and so for the next minute. Then at once
 * again.
 */
async function askDatabase<T>(lead: Lead, ask: (way: typeof atOnce | typeof untilItWorks) => Promise<T>): Promise<T> {
  if (nowOf(lead) < lead.databaseAwayUntil) return ask(untilItWorks);
  lead.atOnceCount += 1;
  try {
    return await ask(atOnce);
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    log.warn('no answer at once; asking until there is one', {
      leadId: lead.leadId,
      reason: String(error.cause ?? error),
    });
    lead.databaseAwayUntil = nowOf(lead) + DATABASE_PATIENCE_MS;
  } finally {
    lead.atOnceCount -= 1;
  }
  return ask(untilItWorks);
}

/** Has people told what happened. Tried once with a time limit that the alarm can count on, then for ever. */
export async function deliverNotices(lead: Lead, events: readonly LeadEvent[]): Promise<NoticeReceipt> {
  const { workspace, leadId, recordedSeq: stateSeq } = lead;
  const request = [{ workspace, leadId, events, stateSeq }] as const;
  const summary = summarised(events.map(({ type }) => type));
  const attempt = { ...summary, startToCloseTimeout: NOTICE_ATTEMPT_MS, heartbeatTimeout: NOTICE_SILENCE_MS };
  const trial = { ...attempt, scheduleToCloseTimeout: NOTICE_TRIAL_MS, retry: { maximumAttempts: 1 } };
  const endsAt = workflowNow(lead.clockOffsetMs) + NOTICE_TRIAL_MS;
  lead.wakesAnyway.add(endsAt);
  try {
    return await untilItWorks.deliverNotices.executeWithOptions(trial, [...request]);
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    log.warn('a notice did not get out; trying until it does', { leadId, reason: String(error.cause ?? error) });
  } finally {
    lead.wakesAnyway.delete(endsAt);
    wake(lead);
  }
  return untilItWorks.deliverNotices.executeWithOptions(attempt, [...request]);
}

/** Stores what a later restart of this lead begins from. */
export const storeSettled = (lead: Lead): Promise<void> =>
  untilItWorks.storeSettled.executeWithOptions(summarised(['settled', lead.state.stage]), [
    nextInputOf(lead),
    nowOf(lead),
  ]);

const placeOf = ({ workspace, leadId }: Lead) => ({ workspace, leadId });

/** One line beside the activity in the Temporal UI; the server takes no more than 400 bytes. */
const summarised = (parts: readonly string[]) => ({ summary: parts.join(', ').slice(0, 120) });
