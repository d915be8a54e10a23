import * as z from 'zod';
import { parseDuration, type DurationMs, type Instant } from '../domain/business-time/index.js';
import { choose } from './schema-flaws.js';

export const TEXT_LENGTH_MAX = 1_000;

/** Any text that says something, as long as people write them. */
export const text = z.string().min(1, { error: 'a text that is not empty' }).max(TEXT_LENGTH_MAX);
export const freeText = z.string().max(10 * TEXT_LENGTH_MAX);
export const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.null()], {
  error: 'a text, a number, true, false or null',
});

const durationExpected = 'a duration with its units, such as 4h or 1h30m (s, m, h, d or w)';

/** A duration as documents write it (spec T1); `ms` belongs to an overshoot only. */
export const duration = written(
  durationExpected,
  '^(\\d+[smhdw])+$',
  (value) => parseWrittenDuration(value) !== undefined,
);

/** As `duration`, read into milliseconds, with `ms` allowed. */
export const overshootMs = read('a duration such as 4h10m or 0m (ms, s, m, h, d or w)', parseDuration);

export const percent = written(
  'a share such as 75% or 99.5%',
  '^\\d{1,3}(\\.\\d{1,4})?%$',
  (value) => parsePercent(value) !== undefined,
);
export const date = written('a date such as 2026-11-26', '^\\d{4}-\\d{2}-\\d{2}$', isDate);
export const instant = read('an instant such as 2026-11-16T15:00:00Z, with Z or an offset', parseInstant);

export const positiveCount = z.int().min(1, { error: 'a whole number of at least 1' });
export const count = z.int().min(0, { error: 'a whole number of at least 0' });

/** One value, or a list of them. */
export function oneOrMore<T>(schema: z.ZodType<T>): z.ZodType<T | T[]> {
  const list = z.array(schema).min(1);
  return choose<T | T[]>([schema, list], (value) => (Array.isArray(value) ? list : schema));
}

/** A text that `reads` accepts, left as it is written; `pattern` says about the same to editors. */
export function written(expected: string, pattern: string, reads: (value: string) => boolean) {
  return z.string({ error: expected }).refine(reads, { error: expected }).meta({ pattern });
}

/** A text that `parse` turns into a value. */
function read<T>(expected: string, parse: (value: string) => T | undefined) {
  return z.string({ error: expected }).transform((value, context): T => {
    const parsed = parse(value);
    if (parsed !== undefined) return parsed;
    context.issues.push({ code: 'custom', message: expected, input: value });
    return z.NEVER;
  });
}

/** The length of a duration of an agreement; `undefined` if it is not one, or has `ms`. */
export function parseWrittenDuration(value: string): DurationMs | undefined {
  return value.includes('ms') ? undefined : parseDuration(value);
}

/** @throws RangeError if a schema let something else through */
export function requireDuration(value: string): DurationMs {
  const ms = parseWrittenDuration(value);
  if (ms === undefined) throw new RangeError(`"${value}" is no duration; check the document before its terms are made`);
  return ms;
}

/** A share in parts per million, up to four decimals of a percent and at most 100%. */
export function parsePercent(value: string): number | undefined {
  if (!/^\d{1,3}(\.\d{1,4})?%$/.test(value)) return undefined;
  const ppm = Math.round(Number(value.slice(0, -1)) * 10_000);
  return ppm <= 1_000_000 ? ppm : undefined;
}

/** The months as documents write them. */
export const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

const isoInstant =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,3})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** The instant that an ISO 8601 text with an offset names, to the millisecond; `undefined` for anything else. */
export function parseInstant(value: string): Instant | undefined {
  const match = isoInstant.exec(value);
  return match !== null && isDate(match[1]!) ? Date.parse(value) : undefined;
}

/** An instant as documents write it: UTC, milliseconds only where there are any. */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** Whether a text is `YYYY-MM-DD` and the month has that day. */
export function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const [year, month, day] = value.split('-').map(Number) as [number, number, number];
  const found = new Date(Date.UTC(year, month - 1, day));
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
}
