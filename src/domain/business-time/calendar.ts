import type { Instant } from './instant.js';

/**
 * When a party works, as the agreement writes it (spec T2): hours by day or range of days (`mon-fri`), in local time
 * of an IANA zone; whole closed days; dated exceptions that replace a day's hours, also those of a closed day.
 */
export interface CalendarDefinition {
  readonly timeZone: string;
  readonly hours: Readonly<Record<string, readonly string[]>>;
  readonly closed?: readonly string[];
  readonly exceptions?: Readonly<Record<string, readonly string[]>>;
}

/** Names what a calendar means: 16 hex digits of the hash of its definition and the release of the zone data. */
export type CalendarKey = string;

/**
 * The open hours of one calendar between two instants, as plain integers that need no zone data any more.
 * What lies before `from`, or at or after `until`, is unknown, not closed.
 */
export interface CalendarWindows {
  readonly key: CalendarKey;
  readonly from: Instant;
  readonly until: Instant;
  /** `[open, close, open, close, …]`: half-open, sorted, disjoint, not touching, UTC. */
  readonly flat: readonly Instant[];
  /** Open without a break: one window from the first instant to the last. */
  readonly unbroken?: true;
}
