/** Milliseconds since 1970-01-01T00:00:00Z, whole. Documents write it as ISO 8601; only edges convert. */
export type Instant = number;

/** A length of time in whole milliseconds. */
export type DurationMs = number;

/** The furthest instants a `Date` can hold: an unbroken calendar is open from the first to the last. */
export const FIRST_INSTANT: Instant = -8_640_000_000_000_000;
export const LAST_INSTANT: Instant = 8_640_000_000_000_000;
