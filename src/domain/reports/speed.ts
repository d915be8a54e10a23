import type { DurationMs, Instant } from '../business-time/index.js';
import { percentile } from './compliance.js';
import type { Contribution } from './contribution.js';
import { responseOf, type Response } from './first-response.js';
import { groupOfLead, NO_GROUP, passesFilter, type LeadGrouping } from './grouping.js';
import { groupedBy, isWithin } from './held-item.js';
import { ALL, type Asked } from './share-tally.js';

const MINUTE_MS: DurationMs = 60_000;
const HOUR_MS: DurationMs = 60 * MINUTE_MS;

/** How fast an answer came, in open time: after the bin before and by `untilMs`, which still belongs to it. */
export const speedBins = [
  { bin: 'within 5 min', untilMs: 5 * MINUTE_MS },
  { bin: 'within 15 min', untilMs: 15 * MINUTE_MS },
  { bin: 'within 30 min', untilMs: 30 * MINUTE_MS },
  { bin: 'within 1 h', untilMs: HOUR_MS },
  { bin: 'within 2 h', untilMs: 2 * HOUR_MS },
  { bin: 'within 4 h', untilMs: 4 * HOUR_MS },
  { bin: 'within 8 h', untilMs: 8 * HOUR_MS },
  { bin: 'later', untilMs: Number.POSITIVE_INFINITY },
] as const;
export type SpeedBin = (typeof speedBins)[number]['bin'];

/** By what first answers can be split; the channel is that of the first touch. */
export type SpeedGrouping = 'channel' | LeadGrouping;

/** First answers of a cohort by how fast they came: bins, unanswered and left out sum to all. */
export interface SpeedTally {
  readonly leadCount: number;
  readonly binCounts: Readonly<Record<SpeedBin, number>>;
  readonly unansweredCount: number;
  /** Upheld disputes, and leads rejected untouched. */
  readonly leftOutCount: number;
}

export type SpeedAsked = Omit<Asked, 'by'> & { readonly by?: SpeedGrouping };

/** Puts first answers into bins, by group. */
export function tallySpeed(
  contributions: readonly Contribution[],
  asked: SpeedAsked,
): Readonly<Record<string, SpeedTally>> {
  const responses = cohortOf(contributions, asked).flatMap((one) => responseOf(one, groupOf(asked.by, one)) ?? []);
  const groups = groupedBy(responses, ({ group }) => group);
  return Object.fromEntries([...groups].map(([group, members]) => [group, tallyOf(members)]));
}

const cohortOf = (contributions: readonly Contribution[], asked: Omit<Asked, 'by'>): readonly Contribution[] =>
  contributions.filter(
    ({ lead }) =>
      !lead.isTest && !lead.isExcluded && isWithin(lead.handedOffAt, asked) && passesFilter(asked.filter, lead),
  );

function groupOf(by: SpeedGrouping | undefined, { lead }: Contribution): string {
  if (by === undefined) return ALL;
  return by === 'channel' ? (lead.touchedChannel ?? NO_GROUP) : groupOfLead(by, lead);
}

function tallyOf(responses: readonly Response[]): SpeedTally {
  const counted = responses.filter(({ exclusion }) => exclusion === null);
  const binCounts = Object.fromEntries(
    speedBins.map(({ bin }) => [bin, counted.filter(({ answeredMs }) => binOf(answeredMs) === bin).length]),
  ) as SpeedTally['binCounts'];
  return {
    leadCount: responses.length,
    binCounts,
    unansweredCount: counted.filter(({ answeredMs }) => answeredMs === null).length,
    leftOutCount: responses.length - counted.length,
  };
}

const binOf = (answeredMs: DurationMs | null): SpeedBin | undefined =>
  answeredMs === null ? undefined : speedBins.find(({ untilMs }) => answeredMs <= untilMs)?.bin;

/** Local time minus UTC from an instant on, until the next one begins; the first holds from ever. */
export interface ZoneOffset {
  readonly from: Instant;
  readonly offsetMs: DurationMs;
}

/** Leads handed off in one hour of the week, and how long half of them waited for their answer. */
export interface HourTally {
  /** From Monday, 00:00 to 01:00, which is 0; local time. */
  readonly hourOfWeek: number;
  readonly leadCount: number;
  /** Of all of them, where the unanswered count as infinite. */
  readonly medianMs: DurationMs | 'not-reached';
}

export const HOURS_OF_WEEK = 168;

/** Counts first answers by the hour of the week at which leads were handed off, in its order. */
export function tallyHours(
  contributions: readonly Contribution[],
  asked: Omit<Asked, 'by'>,
  offsets: readonly ZoneOffset[],
): readonly HourTally[] {
  const responses = cohortOf(contributions, asked).flatMap(
    (one) => responseOf(one, String(hourOfWeek(one.lead.handedOffAt, offsets))) ?? [],
  );
  return [...groupedBy(responses, ({ group }) => group)]
    .map(([hour, members]) => hourTally(Number(hour), members))
    .toSorted((a, b) => a.hourOfWeek - b.hourOfWeek);
}

function hourTally(hour: number, members: readonly Response[]): HourTally {
  const answered = members.flatMap(({ answeredMs }) => answeredMs ?? []).sort((a, b) => a - b);
  const medianMs = percentile(answered, 0.5, members.length - answered.length) as HourTally['medianMs'];
  return { hourOfWeek: hour, leadCount: members.length, medianMs };
}

/** The first instant of all clocks, 1 January 1970, was a Thursday. */
export const EPOCH_HOUR_OF_WEEK = 72;

function hourOfWeek(at: Instant, offsets: readonly ZoneOffset[]): number {
  const { offsetMs } = offsets.findLast(({ from }) => from <= at) ?? offsets[0]!;
  return (Math.floor((at + offsetMs) / HOUR_MS) + EPOCH_HOUR_OF_WEEK) % HOURS_OF_WEEK;
}
