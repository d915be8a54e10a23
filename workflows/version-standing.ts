import { defineSignal, setHandler } from '@temporalio/workflow';
import type { VersionStanding } from '../src/domain/agreement/life/index.js';
import type { Instant } from '../src/domain/business-time/index.js';
import { heedNextRun } from './builds.js';
import { standsSignal } from './messages.js';
import { holdsBefore, meanwhile } from './waiting.js';

/** A version as its workflow knows it: as it was last told. */
export interface Version {
  standing: VersionStanding;
  /** Somebody asked for the next run. */
  isRunToEnd: boolean;
}

/** What is done while a version stands as it does. */
export type Errand = (standing: VersionStanding) => Promise<void>;

/** From the first instant on the workflow hears how its version stands; an older word that comes late changes nothing. */
export function openVersion(first: VersionStanding): Version {
  const version: Version = { standing: first, isRunToEnd: false };
  setHandler(defineSignal<[VersionStanding]>(standsSignal), (standing) => hear(version, standing));
  heedNextRun(() => void (version.isRunToEnd = true));
  return version;
}

export function hear(version: Version, standing: VersionStanding): void {
  if (standing.revision > version.standing.revision) version.standing = standing;
}

/** A draft waits for nothing, and nothing comes after a version that was superseded. */
export const isOver = ({ standing: { status } }: Version): boolean => status === 'draft' || status === 'superseded';

/** Returns when the version stands otherwise; an errand that is not done by then is given up. */
export async function untilMoved(version: Version, errand?: Errand): Promise<void> {
  await movesBefore(version, undefined, errand);
}

/** Whether the version came to stand otherwise, or its run is to end, before `at`; without `at` it waits for that as long as it takes. */
export async function movesBefore(version: Version, at: Instant | undefined, errand?: Errand): Promise<boolean> {
  const { standing } = version;
  return meanwhile(
    async () => errand?.(standing),
    () => holdsBefore(() => version.isRunToEnd || version.standing.revision !== standing.revision, at),
  );
}
