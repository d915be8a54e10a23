import type { Instant } from '../domain/business-time/index.js';

/** An instant as PostgreSQL reads it, to the millisecond. */
export const timestampOf = (instant: Instant): string => new Date(instant).toISOString();

/** The same where there may be none. */
export const timestampOrNull = (instant: Instant | null | undefined): string | null =>
  instant === null || instant === undefined ? null : timestampOf(instant);

export const instantOf = (timestamp: Date): Instant => timestamp.getTime();
