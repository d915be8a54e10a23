import type { CalendarDefinition, CalendarKey, Instant } from '../domain/business-time/index.js';

/** What documents ask of the pinned zone data, which is not theirs to read; `src/zones` answers. */
export interface CalendarKeys {
  /** The IANA release, such as `2026f`. */
  readonly zoneRelease: string;
  keyOf(definition: CalendarDefinition): CalendarKey;
  knowsZone(timeZone: string): boolean;
  /** All names that it knows, to tell which one was probably meant. */
  readonly zoneNames?: readonly string[];
  /** Whether a calendar stays closed for the two years from `at` (spec T5). */
  hasNoOpenTime(definition: CalendarDefinition, at: Instant): boolean;
}
