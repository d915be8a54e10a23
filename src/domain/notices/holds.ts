/** What stopping all notices for a while needs of the outside: interfaces only, implemented by `src/db`. */
import type { Actor } from '../access/audit-entry.js';
import type { DurationMs, Instant } from '../business-time/index.js';

/** That no notice of a workspace leaves, from when on, by whom and why. */
export interface NoticeHold {
  readonly heldAt: Instant;
  readonly heldBy: string;
  readonly reason: string | null;
}

/** A notice that is owed and waits. */
export interface HeldNotice {
  readonly key: string;
  /** Sequence of the event that causes it. */
  readonly seq: number;
  /** One of `noticeKinds`. */
  readonly kind: string;
  readonly recipient: string;
}

/** All that waits in a workspace, for the end of a hold or for its turn after one. */
export interface HeldOverview {
  /** Null: notices leave. */
  readonly hold: NoticeHold | null;
  readonly count: number;
  /** Since when the first of them waits; null if none does. */
  readonly oldestAt: Instant | null;
  readonly countByKind: Readonly<Record<string, number>>;
}

/** Where delivering leaves what may not go now. */
export interface HeldNotices {
  /** Whether all is held, and the events of the lead whose notices wait. */
  lookAt(leadId: string): Promise<{ readonly isHeld: boolean; readonly waitingSeqs: readonly number[] }>;
  /** Keeps them until they are let go; what is kept already stays as it is. */
  keep(leadId: string, notices: readonly HeldNotice[]): Promise<void>;
  /** The notices of these events have been delivered; what the lead has left is next, at once. */
  letGo(leadId: string, seqs: readonly number[]): Promise<void>;
}

/** A lead that is to send what waited. */
export interface ReleasableLead {
  readonly leadId: string;
  readonly seqs: readonly number[];
}

/** Who stops and resumes notices. */
export interface HoldChange extends Actor {
  readonly at: Instant;
}

export interface NoticeHolds {
  /** From the commit on nothing leaves. Holding what is held, or releasing what is not, changes nothing: false. */
  hold(change: HoldChange & { readonly reason: string | null }): Promise<boolean>;
  release(change: HoldChange): Promise<boolean>;
  overview(): Promise<HeldOverview>;
  /**
   * Leads whose notices may leave, longest waiting first, each once within `againAfterMs`; none during a hold. Whoever
   * takes one reminds its workflow, or gives it back.
   */
  takeReleasable(againAfterMs: DurationMs, limit: number): Promise<readonly ReleasableLead[]>;
  giveBack(leadIds: readonly string[]): Promise<void>;
}
