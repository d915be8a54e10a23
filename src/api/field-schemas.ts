/**
 * Kinds of fields that several bodies have: texts with limits, instants, dates, maps of field values.
 */
import { z } from 'zod';
import type { Instant } from '../domain/business-time/index.js';

/** How far ahead of our clock the sender's may be. */
export const SKEW_MS_MAX = 120_000;

const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

const INSTANT_ADVICE =
  'must be an instant that exists, from 2000 to 2099, with an offset, to the millisecond, like 2026-11-23T15:00:00Z';
const instantShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** ISO 8601 with `Z` or an offset, as milliseconds UTC. A date that does not exist is refused, never moved. */
export const instant = z
  .string({ error: (issue) => (issue.input === undefined ? 'is missing: give an instant' : INSTANT_ADVICE) })
  .refine((text) => instantShape.test(text) && z.iso.datetime({ offset: true }).safeParse(text).success, {
    error: INSTANT_ADVICE,
    abort: true,
  })
  .transform((text): Instant => Date.parse(text))
  .refine((at) => at >= EARLIEST && at < LATEST, { error: INSTANT_ADVICE });

/** A local date, kept as text: YYYY-MM-DD. */
export const localDate = z.iso.date({ error: 'must be a date that exists, like 2027-02-01' });

/** A name or id that fits into rows, subjects and search attributes. */
export const shortText = (lengthMax: number) =>
  z
    .string()
    .min(1)
    .max(lengthMax)
    .refine((text) => isStorable(text) && !hasControlCharacter(text), {
      error: 'must be one line of valid Unicode without control characters',
    })
    .refine((text) => text.trim() === text, { error: 'must not begin or end with a space' });

/** What somebody wrote: line breaks are welcome, nothing but white space is not. */
export const prose = z
  .string()
  .max(10_000)
  .refine((text) => text.trim() !== '', { error: 'must not be empty' })
  .refine(isStorable, { error: 'must be valid Unicode without NUL' });

const fieldName = z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,99}$/, {
  error: 'must begin with a letter and have at most 100 letters, digits, _ . -',
});

const VALUE_LENGTH_MAX = 4_000;

const fieldValue = z.union([z.string().max(VALUE_LENGTH_MAX).refine(isStorable), z.number(), z.boolean(), z.null()], {
  error: ({ input }) =>
    typeof input === 'string'
      ? `must be at most ${VALUE_LENGTH_MAX} characters long, of valid Unicode without NUL`
      : 'must be a text, a number, true, false or null',
});

const FIELD_COUNT_MAX = 200;

/** What is known of a prospect, by field name. */
export const fields = z.record(fieldName, fieldValue).refine((map) => Object.keys(map).length <= FIELD_COUNT_MAX, {
  error: `must have at most ${FIELD_COUNT_MAX} fields`,
});

/** PostgreSQL keeps neither NUL nor half a surrogate pair. */
function isStorable(text: string): boolean {
  return !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);
}

const hasControlCharacter = (text: string): boolean => [...text].some((char) => char < ' ' || char === '\u007f');
