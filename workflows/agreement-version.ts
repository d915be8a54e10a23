import { setCurrentDetails } from '@temporalio/workflow';
import type { Instant } from '../src/domain/business-time/index.js';
import type { VersionStanding } from '../src/domain/agreement/life/index.js';
import type { VersionStatus } from '../src/domain/agreement/version.js';
import { onCurrentBuild } from './builds.js';
import { activate, askSigners, markOverdue, remindSigners } from './version-calls.js';
import { isOver, movesBefore, openVersion, untilMoved, type Version } from './version-standing.js';
import { workflowNow } from './workflow-clock.js';

/**
 * One version of an agreement, from its review to its end: its signers are asked, its day is waited for and puts it
 * into force, and when its day of review has passed, its signers are reminded until another version takes its place.
 * What people do to it is decided elsewhere and told to this workflow; back in draft, it ends and begins anew.
 */
export async function agreementVersion(first: VersionStanding): Promise<VersionStatus> {
  const version = openVersion(first);
  while (!isOver(version)) {
    setCurrentDetails(detailsOf(version.standing));
    await liveThrough(version);
    if (version.isRunToEnd) await onCurrentBuild<typeof agreementVersion>(version.standing); // does not return
  }
  return version.standing.status;
}

/** Returns when the version stands otherwise than it did, or its run is to end. */
async function liveThrough(version: Version): Promise<void> {
  const { status } = version.standing;
  if (status === 'in-review') await untilMoved(version, askSigners);
  else if (status === 'scheduled') await waitForItsDay(version);
  else if (status === 'active') await watchItsReview(version);
  else await untilMoved(version);
}

async function waitForItsDay(version: Version): Promise<void> {
  if (!(await movesBefore(version, version.standing.effectiveAt))) await activate(version);
}

/** Until its day of review nothing happens; from then on its signers hear of it once a week. */
async function watchItsReview(version: Version): Promise<void> {
  const { reviewDueAt } = version.standing;
  if (reviewDueAt === undefined) return untilMoved(version);
  if (await movesBefore(version, reviewDueAt)) return;
  await markOverdue(version);
  await remindWeekly(version, reviewDueAt);
}

const WEEK_MS = 7 * 86_400_000;

/** Weeks that passed while nothing could run are not made up for. */
async function remindWeekly(version: Version, reviewDueAt: Instant): Promise<void> {
  for (let isMoved = false; !isMoved;) {
    const week = Math.floor((workflowNow() - reviewDueAt) / WEEK_MS);
    isMoved = await movesBefore(version, reviewDueAt + (week + 1) * WEEK_MS, remindSigners(week));
  }
}

function detailsOf({ name, version, status, effectiveAt, reviewDueAt }: VersionStanding): string {
  const waits = {
    'in-review': 'for its signatures',
    signed: 'to be published',
    scheduled: `for ${textOf(effectiveAt)}`,
    active: `for its review, by ${textOf(reviewDueAt)}`,
  } as const;
  return `**${name}@${version}** is ${status}` + (status in waits ? ` and waits ${waits[status as 'active']}` : '');
}

const textOf = (at: Instant | undefined): string => (at === undefined ? 'a day not named' : new Date(at).toISOString());
