import { proxyActivities } from '@temporalio/workflow';
import type { AgreementActivities, VersionPlace } from '../activities/agreement-contract.js';
import type { VersionStanding } from '../src/domain/agreement/life/index.js';
import { hear, type Errand, type Version } from './version-standing.js';
import { workflowNow } from './workflow-clock.js';

/** Database and mail server may be away for long: everything is tried until it is done. */
const calls = proxyActivities<AgreementActivities>({
  startToCloseTimeout: 60_000,
  retry: { initialInterval: 1_000, maximumInterval: 60_000 },
});

export const askSigners: Errand = (standing) => calls.askSigners(placeOf(standing));

export const remindSigners =
  (week: number): Errand =>
  (standing) =>
    calls.remindSigners(placeOf(standing), week);

/** From this instant on, as the workflow sees it, new leads follow the version. */
export async function activate(version: Version): Promise<void> {
  hear(version, await calls.activateVersion(placeOf(version.standing), workflowNow()));
}

export async function markOverdue(version: Version): Promise<void> {
  hear(version, await calls.markOverdue(placeOf(version.standing), workflowNow()));
}

const placeOf = ({ workspace, name, version }: VersionStanding): VersionPlace => ({ workspace, name, version });
