/**
 * Views turn domain values into what the API answers: plain JSON with instants in UTC. They decide nothing and read
 * neither clock nor database.
 */
import type { Instant } from '../../domain/business-time/index.js';

/** ISO 8601 in UTC, to the millisecond. */
export const iso = (at: Instant): string => new Date(at).toISOString();

export const isoOrNull = (at: Instant | null | undefined): string | null =>
  at === null || at === undefined ? null : iso(at);
