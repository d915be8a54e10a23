import type { Instant } from '../domain/business-time/index.js';
import { instant } from './field-schemas.js';
import { invalidQuery } from './validated-body.js';

/** What is younger may still be on its way into the database, and two answers as of it could differ. */
const RECORDED_AFTER_MS = 10_000;

/** `?asOf=`: what was recorded by that instant, the same whenever it is asked. */
export const asOfParameter = instant.optional();

/** @throws ProblemError `invalid-query` if the instant lies ahead, or so close that its records may not be complete */
export function requireRecorded(asOf: Instant | undefined, receivedAt: Instant): Instant | undefined {
  if (asOf === undefined || asOf <= receivedAt - RECORDED_AFTER_MS) return asOf;
  const message = 'must lie at least 10 s in the past; leave it out to read what is recorded by now';
  throw invalidQuery([{ path: 'asOf', message }]);
}

/** The latest instant as of which everything is known: what is asked without `asOf` is asked as of it. */
export const lastRecorded = (receivedAt: Instant): Instant => receivedAt - RECORDED_AFTER_MS;
