import {
  condition,
  defineQuery,
  defineSignal,
  proxyActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import type { CorrectionActivities, CorrectionProgress } from '../activities/correction-contract.js';
import { correctionLeadStatuses, type CorrectionSubject } from '../src/domain/correction/correction.js';
import { hasOutgrownRun, heedNextRun, onCurrentBuild } from './builds.js';
import { nudgeSignal, progressQuery, type CorrectionInput } from './messages.js';

/** A batch takes seconds; a worker that is silent for so long is dead, and another takes the batch over. */
const { judgeBatch } = proxyActivities<CorrectionActivities>({
  startToCloseTimeout: 5 * 60_000,
  heartbeatTimeout: 10_000,
  retry: { initialInterval: 500, backoffCoefficient: 2, maximumInterval: 10_000 },
});

/** What one run knows of its correction; all that lasts stands in the database. */
interface CorrectionRun {
  progress: CorrectionProgress | null;
  /** Somebody has ordered something since the last batch began. */
  isNudged: boolean;
}

/**
 * A calendar that turned out wrong: first the verdicts that would change are listed, batch after batch, and that run
 * ends; once somebody has approved, another one has each lead judged anew.
 */
export async function reAdjudication(input: CorrectionInput): Promise<CorrectionProgress> {
  const run = openRun();
  for (;;) {
    run.isNudged = false;
    const progress = await judgeBatch({ workspace: input.workspace, correctionId: input.correctionId });
    show(run, progress);
    if (hasEnded(run, progress)) return progress;
    if (progress.waitMs >= 1) await condition(() => run.isNudged, Math.ceil(progress.waitMs));
    if (hasOutgrownRun()) await onCurrentBuild<typeof reAdjudication>(input); // does not return
  }
}

function openRun(): CorrectionRun {
  const run: CorrectionRun = { progress: null, isNudged: false };
  const nudge = (): void => void (run.isNudged = true);
  setHandler(defineSignal(nudgeSignal), nudge);
  heedNextRun(nudge);
  setHandler(defineQuery(progressQuery), () => run.progress);
  return run;
}

/** An order that came during the last batch is looked at first. */
const hasEnded = ({ isNudged }: CorrectionRun, { correction: { status } }: CorrectionProgress): boolean =>
  !isNudged && status !== 'listing' && status !== 'approved';

function show(run: CorrectionRun, progress: CorrectionProgress): void {
  run.progress = progress;
  setCurrentDetails(detailsOf(progress));
}

const whatWasWrong = (subject: CorrectionSubject): string =>
  'touch' in subject
    ? `a touch of ${subject.leadId}`
    : `the calendar ${subject.calendar} of ${subject.agreement}, versions ${subject.versions.join(', ')}`;

/** How far it has come, as Markdown for the Temporal UI. */
function detailsOf({
  correction: { subject, reason, status, counts, createdBy, approvedBy },
}: CorrectionProgress): string {
  const present = correctionLeadStatuses.filter((name) => counts[name] > 0);
  return [
    `**${reason}**: ${whatWasWrong(subject)}`,
    '',
    `**${status}**, written by ${createdBy}${approvedBy === null ? '' : `, approved by ${approvedBy}`}`,
    '',
    present.map((name) => `${counts[name]} ${name}`).join(', ') || 'No lead yet.',
  ].join('\n');
}
