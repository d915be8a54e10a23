import { touchChannels } from '../domain/agreement/index.js';
import {
  conversionWithinMs,
  IDLE_AFTER_MS,
  LOGGED_LATE_AFTER_MS,
  type DeedPart,
  type FairPlay,
  type LeadFilter,
  type SourcePart,
} from '../domain/reports/index.js';
import { complianceFigures } from './compliance-query.js';
import { countParts, inPeriod, type Figure, type Figures, type Part } from './figures.js';
import type { Span } from './known-rows.js';
import type { ListAsked } from './lead-list.js';
import { knownFor, type Known, type ReportAsked, type ReportSource } from './ports.js';

const flawIs = (...flaws: readonly string[]): string => `flaw IN (${flaws.map((flaw) => `'${flaw}'`).join(', ')})`;

/** The twins of `deedParts` in `src/domain/reports/fair-play.ts`. */
const deedConditions: Readonly<Record<DeedPart, string>> = {
  touches: `kind = 'touched'`,
  'logged-late': `kind = 'touched' AND late_ms > ${LOGGED_LATE_AFTER_MS}`,
  'by-others': `kind = 'touched' AND is_by_other`,
  acceptances: `kind = 'accepted'`,
  'by-implication': flawIs('by-implication'),
  rejections: `kind = 'rejected'`,
  untouched: flawIs('untouched', 'untouched-at-the-last'),
  'untouched-at-the-last': flawIs('untouched-at-the-last'),
  statuses: `kind = 'status'`,
  'without-touch': flawIs('without-touch'),
  notes: 'note_hash IS NOT NULL',
  'identical-notes': 'alike_count > 1',
  acknowledgements: `kind = 'acknowledged'`,
  unanswered: flawIs('unanswered'),
  moves: `kind = 'moved'`,
  'in-last-quarter': flawIs('in-last-quarter'),
};

const net = 'dispute_upheld_at IS NULL';
const qualified = `sales_qualified_at - handed_off_at <= interval '${conversionWithinMs['sales-qualified']} milliseconds'`;

/** The twins of `sourceParts`, but for the month's end, which only the calendar knows. */
const sourceConditions: Readonly<Record<Exclude<SourcePart, 'month-end'>, string>> = {
  mqls: 'true',
  'with-placeholders': 'placeholder_count > 0',
  high: `priority = 'high'`,
  'high-net': `priority = 'high' AND ${net}`,
  'high-qualified': `priority = 'high' AND ${net} AND ${qualified}`,
  'others-net': `priority IS DISTINCT FROM 'high' AND ${net}`,
  'others-qualified': `priority IS DISTINCT FROM 'high' AND ${net} AND ${qualified}`,
};

const ofMqls = (condition: string): Part => inPeriod('handed_off_at', `NOT is_excluded AND ${condition}`);

const mapValues = <V, R>(record: Readonly<Record<string, V>>, change: (value: V) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

const literal = (at: number): string => `'${new Date(at).toISOString()}'::timestamptz`;
const inAny = (spans: readonly Span[]): string =>
  spans.map(({ from, to }) => `(handed_off_at >= ${literal(from)} AND handed_off_at < ${literal(to)})`).join(' OR ') ||
  'false';

const deeds: Figure = {
  rows: 'deed',
  parts: mapValues(
    deedConditions,
    (condition): Part =>
      () =>
        condition,
  ),
};

const firstTouches: Figure = {
  rows: 'lead',
  at: 'handed_off_at',
  parts: Object.fromEntries(touchChannels.map((channel) => [channel, ofMqls(`touched_channel = '${channel}'`)])),
};

/** The part that counts touches on any channel; only lists need it. */
export const ANY_CHANNEL = 'touched';

const openLeads: Figure = {
  rows: 'standing',
  parts: {
    open: () => 'is_open',
    idle: ({ asOf }) =>
      `is_open AND coalesce(last_touched_at, started_at) <= ${asOf} - interval '${IDLE_AFTER_MS} milliseconds'`,
  },
};

const decidedDisputes: Figure = {
  rows: 'dispute',
  parts: {
    denied: inPeriod('resolved_at', `outcome = 'denied'`),
    upheld: inPeriod('resolved_at', `outcome = 'upheld'`),
  },
};

const sources = (monthEnds: readonly Span[]): Figure => ({
  rows: 'lead',
  at: 'handed_off_at',
  parts: { ...mapValues(sourceConditions, ofMqls), 'month-end': ofMqls(`(${inAny(monthEnds)})`) },
});

/** The last three open days of each month of the period. */
export const monthEndsOf = (
  { lastOpenDays }: Pick<ReportSource, 'lastOpenDays'>,
  { agreement, governance, months, period }: ListAsked,
): readonly Span[] =>
  months
    .filter(({ from, to }) => from < period.to && to > period.from)
    .map((month) => ({ from: lastOpenDays(agreement, governance, month, 3), to: month.to }));

const figuresWith = (monthEnds: readonly Span[]) => ({
  deeds,
  'first-touches': firstTouches,
  'open-leads': openLeads,
  disputes: decidedDisputes,
  sources: sources(monthEnds),
});

/** What could have flattered figures, as numbers with lists behind them. */
export const fairPlayFigures = (source: ReportSource, asked: ListAsked): Figures => ({
  ...figuresWith(monthEndsOf(source, asked)),
  'first-touches': {
    ...firstTouches,
    parts: { ...firstTouches.parts, [ANY_CHANNEL]: ofMqls('touched_channel IS NOT NULL') },
  },
  compliance: complianceFigures['compliance']!,
});

/** Counts what could have flattered figures by SQL; gives what `tallyFairPlay` would give over the same leads. */
export async function queryFairPlay(
  { query }: Pick<ReportSource, 'query'>,
  known: Known,
  asked: Span & { readonly filter: LeadFilter; readonly monthEnds: readonly Span[] },
): Promise<FairPlay> {
  const figures = figuresWith(asked.monthEnds);
  const count = async (name: keyof typeof figures, by: 'owner' | 'actor' | 'source') => {
    const { from, to, filter } = asked;
    const groups = await countParts(query, known, figures[name], { from, to, filter, by });
    return Object.fromEntries(
      Object.entries(groups).filter(([, counts]) => Object.values(counts).some((counted) => counted > 0)),
    );
  };
  const [byOwner, byActor, channels, open, ofSources, disputes] = await Promise.all([
    count('deeds', 'owner'),
    count('deeds', 'actor'),
    count('first-touches', 'owner'),
    count('open-leads', 'owner'),
    count('sources', 'source'),
    count('disputes', 'source'),
  ]);
  return { byOwner, byActor, channels, open, sources: ofSources, disputes };
}

/** What could have flattered the figures of a report's period. */
export function findFairPlay(source: ReportSource, asked: ReportAsked): Promise<FairPlay> {
  const { from, to } = asked.period;
  const monthEnds = monthEndsOf(source, asked);
  return queryFairPlay(source, knownFor(source, asked), { from, to, filter: asked.filter, monthEnds });
}
