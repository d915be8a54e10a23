/** What shadow needs of the outside: interfaces only, implemented by `src/db`, handed in by `src/bin`. */
import type { Actor } from '../access/audit-entry.js';
import type { Instant } from '../business-time/index.js';
import type { GoingLive, Shadow, VersionRef } from './shadow.js';

/** The shadow of a version, since when it has it in this form, and who said so. */
export interface ShadowRecord {
  readonly shadow: Shadow;
  readonly since: Instant;
  readonly by: string;
}

/** A notice that shadow has kept from leaving, for good: it is never sent. */
export interface WithheldNotice {
  readonly key: string;
  /** Sequence of the event that would have caused it; the ledger up to it has all that it would have said. */
  readonly seq: number;
  readonly kind: string;
  readonly recipient: string;
  readonly agreement: VersionRef;
  /** Of the tier, the warning or whatever else it was to tell. */
  readonly clock: string | null;
  readonly point: string | null;
  /** When what it was to tell took place. */
  readonly at: Instant;
}

/** What the delivery of one lead's notices needs to know. */
export interface ShadowLook {
  /** By `nameOfVersion`; a version that is not there is live. */
  readonly shadows: Readonly<Record<string, Shadow>>;
  /** When notices of the lead were withheld, by their keys. */
  readonly withheldAts: Readonly<Record<string, Instant>>;
}

export const nameOfVersion = ({ name, version }: VersionRef): string => `${name}@${version}`;

export interface ShadowedNotices {
  lookAt(leadId: string, agreements: readonly VersionRef[]): Promise<ShadowLook>;
  /** Sets them aside for good; what is set aside already stays as it is. */
  withhold(leadId: string, notices: readonly WithheldNotice[], at: Instant): Promise<void>;
}

export interface ShadowChange extends Actor {
  readonly at: Instant;
}

/** How many notices of one kind would have gone out. */
export interface WithheldCount {
  readonly kind: string;
  readonly clock: string | null;
  readonly point: string | null;
  readonly count: number;
}

export interface ListedNotice extends WithheldNotice {
  readonly leadId: string;
  readonly withheldAt: Instant;
}

/** What would have gone out, had the version been live. */
export interface WithheldOverview {
  readonly count: number;
  readonly leadCount: number;
  /** Tiers that would have moved their lead to the next person, had there been one. */
  readonly unmadeMoveCount: number;
  readonly counts: readonly WithheldCount[];
}

export interface ShadowStore {
  find(version: VersionRef): Promise<ShadowRecord | undefined>;
  /** In place of the shadow that it may have. */
  set(version: VersionRef, shadow: Shadow, change: ShadowChange): Promise<void>;
  /** Decides under a lock, and keeps what is left. */
  goLive(
    version: VersionRef,
    decide: (shadow: Shadow | undefined) => GoingLive,
    change: ShadowChange,
  ): Promise<GoingLive>;
  overview(version: VersionRef): Promise<WithheldOverview>;
  /** The newest first, from the one before `before` on, the place of a notice in the list. */
  list(version: VersionRef, before: number | undefined, limit: number): Promise<readonly PlacedNotice[]>;
}

export interface PlacedNotice extends ListedNotice {
  /** Grows with each notice that is withheld. */
  readonly place: number;
}
