/** The contract of a version's life, between the workflow that waits for its days and the activities it asks. Types only. */
import type { VersionStanding } from '../src/domain/agreement/life/index.js';
import type { VersionRef } from '../src/domain/agreement/index.js';
import type { Instant } from '../src/domain/business-time/index.js';

/** Which version, and in which workspace its rows lie. */
export interface VersionPlace extends VersionRef {
  readonly workspace: string;
}

export interface AgreementActivities {
  /** Mails everybody who may still sign a link to do so, once for each review. */
  askSigners(place: VersionPlace): Promise<void>;
  /** Puts a scheduled version into force if its instant has come, and says how it stands by then. */
  activateVersion(place: VersionPlace, at: Instant): Promise<VersionStanding>;
  /** Marks a version whose day of review has passed, and says how it stands by then. */
  markOverdue(place: VersionPlace, at: Instant): Promise<VersionStanding>;
  /** Mails the signers that the version is overdue for review, once for each week after it. */
  remindSigners(place: VersionPlace, week: number): Promise<void>;
}
