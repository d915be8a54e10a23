import { z } from 'zod';
import type { Reader } from '../../console/reports/frame.js';
import type { NamedLink } from '../../console/reports/report-page.js';
import type { AskedWords } from '../../console/reports/report-form.js';
import { clockGroupings, neighboursOf, type DatePeriod, type PeriodAsked } from '../../domain/reports/index.js';
import { requirePrincipal } from '../principal.js';
import type { Call } from '../route.js';
import { askedParameters, requirePeriod } from './asked.js';

/** What a page for readers can be asked; the same words as for the API. */
export const pageQuery = z.strictObject({ ...askedParameters, by: z.enum(clockGroupings).optional() });

/** What was asked, without the fields of the form that were left empty. */
export const wordsIn = ({ query }: Pick<Call<unknown>, 'query'>): AskedWords =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [],
    ),
  );

type PeriodWords = { readonly [P in 'period' | 'from' | 'to']?: string | undefined };

/** The period that is asked for; none at all: the month in which the as-of lies. */
export const periodAsked = (asked: PeriodWords): PeriodAsked =>
  asked.period === undefined && asked.from === undefined && asked.to === undefined
    ? { current: 'month' }
    : requirePeriod(asked);

export const PERIOD_WORDS = ['period', 'from', 'to'];

/** What was asked, but for these. */
export const without = (words: AskedWords, names: readonly string[]): AskedWords =>
  Object.fromEntries(Object.entries(words).filter(([name]) => !names.includes(name)));

/** A path with words behind the question mark; none: without one. */
export function addressOf(path: string, words: AskedWords): string {
  const query = new URLSearchParams(
    Object.entries(words).map(([name, value]): [string, string] => [name, value ?? '']),
  );
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** The same question about another period. */
export function aboutPeriod(path: string, words: AskedWords, period: DatePeriod): NamedLink {
  return { text: period.name, href: addressOf(path, { ...without(words, PERIOD_WORDS), ...periodWords(period) }) };
}

export const periodWords = ({ kind, name, fromDate, toDate }: DatePeriod): Record<string, string> =>
  kind === 'days' ? { from: fromDate, to: toDate } : { period: name };

export function neighbourLinks(path: string, words: AskedWords, period: DatePeriod) {
  const [before, after] = neighboursOf(period).map((one) => aboutPeriod(path, words, one));
  return { before: before!, after: after! };
}

/** Whoever has signed in; period and agreement go with them from report to report. */
export function readerOf(call: Call<unknown>, words: AskedWords = {}): Reader {
  const { id, person } = requirePrincipal(call);
  const kept = Object.entries(words).filter(([name]) => [...PERIOD_WORDS, 'agreement'].includes(name));
  return { name: person ?? id, keeps: addressOf('', Object.fromEntries(kept)) };
}
