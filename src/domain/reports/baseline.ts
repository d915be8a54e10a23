import type { TargetAmount } from '../agreement/index.js';
import type { Actor } from '../access/audit-entry.js';
import type { Instant } from '../business-time/index.js';
import { shareNames, type ShareName } from './shares.js';

type AmountKind = TargetAmount['kind'];

/** Metrics that can have a baseline, with what theirs is an amount of; the names are those of targets. */
export const baselineKinds: Readonly<Record<string, AmountKind>> = {
  'mql-volume': 'count',
  ...(Object.fromEntries(shareNames.map((name) => [name, 'share'])) as Record<ShareName, 'share'>),
  'average-first-response': 'time',
  'marketing-sourced-pipeline': 'money',
  'weekly-feedback': 'share',
};

/** How a metric stood before: what somebody entered; null takes back what was entered. */
export interface BaselineEntry {
  readonly metric: string;
  /** Counts and money are those of a month. */
  readonly amount: TargetAmount | null;
}

export interface EnteredBaseline extends BaselineEntry {
  /** Whence it comes, in words. */
  readonly note: string | null;
  readonly by: string;
  readonly recordedAt: Instant;
}

/** Baselines are appended and never changed: as of an instant the last one entered by then counts. */
export interface BaselineStore {
  enter(agreement: string, entries: readonly BaselineEntry[], note: string | null, actor: Actor): Promise<void>;
  /** The last of each metric as of an instant, those taken back left out, by metric. */
  list(agreement: string, asOf: Instant | undefined): Promise<readonly EnteredBaseline[]>;
}
