import type { CalendarKey, DurationMs, Instant } from '../business-time/index.js';
import { percentile } from './compliance.js';
import type { Contribution } from './contribution.js';
import { groupOfLead, passesFilter } from './grouping.js';
import { ALL, type Asked } from './share-tally.js';

/** How fast first answers were, over a cohort (spec/reports.md, first response and buyer's wait). */
export interface FirstResponseTally {
  readonly leadCount: number;
  readonly answeredCount: number;
  /** Open time of the answered, pauses out. */
  readonly answeredMs: DurationMs;
  readonly unansweredCount: number;
  /** Open time that the unanswered have waited so far: with it, the average is at least this. */
  readonly unansweredMs: DurationMs;
  readonly leftOut: Readonly<Record<string, number>>;
  /** Over the whole cohort, where the unanswered count as infinite. */
  readonly medianMs: DurationMs | 'not-reached' | null;
  readonly p90Ms: DurationMs | 'not-reached' | null;
  /** Elapsed time from the lead's own act to the first touch, of those answered whose act is known. */
  readonly waitedCount: number;
  readonly waitedMs: DurationMs;
}

/** Open time of a calendar in `[from, until)`. */
export type OpenTimeOn = (calendar: CalendarKey, from: Instant, until: Instant) => DurationMs;

/** Why a lead's first response is counted in neither. */
export const responseExclusions = ['dispute-upheld', 'rejected-untouched'] as const;

/** What of a lead its first response is made of. */
export interface Response {
  readonly group: string;
  readonly exclusion: (typeof responseExclusions)[number] | null;
  /** Null: unanswered. */
  readonly answeredMs: DurationMs | null;
  /** Of an unanswered one: so far, and since when it goes on on which calendar. */
  readonly usedMs: DurationMs;
  readonly usedUntil: Instant;
  readonly runsOn: CalendarKey | null;
  readonly waitedMs: DurationMs | null;
}

/** The first response of a lead whose agreement promises one. */
export function responseOf({ lead, firstResponse }: Contribution, group: string): Response | undefined {
  if (firstResponse === null) return undefined;
  const { completedAt, usedMs, usedUntil, runsOn } = firstResponse;
  const isAnswered = completedAt !== null;
  const wasRejected = lead.cycles[0]?.decision === 'rejected' && lead.touchedAt === null;
  return {
    group,
    exclusion: lead.disputeUpheldAt !== null ? 'dispute-upheld' : wasRejected ? 'rejected-untouched' : null,
    answeredMs: isAnswered ? (usedMs ?? 0) : null,
    usedMs: usedMs ?? 0,
    usedUntil,
    runsOn,
    waitedMs: isAnswered && lead.actedAt !== null && lead.touchedAt !== null ? lead.touchedAt - lead.actedAt : null,
  };
}

/** Counts first responses over leads that are known in full, by group. */
export function tallyFirstResponse(
  contributions: readonly Contribution[],
  { from, to, filter, by }: Asked,
  asOf: Instant,
  openTimeOn: OpenTimeOn,
): Readonly<Record<string, FirstResponseTally>> {
  const responses = contributions
    .filter(({ lead }) => !lead.isTest && !lead.isExcluded && lead.handedOffAt >= from && lead.handedOffAt < to)
    .filter(({ lead }) => passesFilter(filter, lead))
    .flatMap((one) => responseOf(one, by === undefined ? ALL : groupOfLead(by, one.lead)) ?? []);
  return sumResponses(responses, asOf, openTimeOn);
}

/** Adds up responses; each unanswered one goes on until `asOf`. */
export function sumResponses(
  responses: readonly Response[],
  asOf: Instant,
  openTimeOn: OpenTimeOn,
): Readonly<Record<string, FirstResponseTally>> {
  const groups: Record<string, Response[]> = {};
  for (const response of responses) (groups[response.group] ??= []).push(response);
  return Object.fromEntries(
    Object.entries(groups).map(([group, members]) => [group, tallyOf(members, asOf, openTimeOn)]),
  );
}

function tallyOf(responses: readonly Response[], asOf: Instant, openTimeOn: OpenTimeOn): FirstResponseTally {
  const counted = responses.filter(({ exclusion }) => exclusion === null);
  const answered = counted.filter(({ answeredMs }) => answeredMs !== null);
  const unanswered = counted.filter(({ answeredMs }) => answeredMs === null);
  const waited = answered.filter(({ waitedMs }) => waitedMs !== null);
  const reached = responses.flatMap(({ answeredMs }) => answeredMs ?? []).sort((a, b) => a - b);
  const rank = (share: number) => percentile(reached, share, responses.length - reached.length);
  return {
    leadCount: responses.length,
    answeredCount: answered.length,
    answeredMs: sum(answered.map(({ answeredMs }) => answeredMs ?? 0)),
    unansweredCount: unanswered.length,
    unansweredMs: sum(unanswered.map((response) => waitedSoFar(response, asOf, openTimeOn))),
    leftOut: countsOf(responses.flatMap(({ exclusion }) => exclusion ?? [])),
    medianMs: rank(0.5),
    p90Ms: rank(0.9),
    waitedCount: waited.length,
    waitedMs: sum(waited.map(({ waitedMs }) => waitedMs ?? 0)),
  };
}

const waitedSoFar = ({ usedMs, usedUntil, runsOn }: Response, asOf: Instant, openTimeOn: OpenTimeOn): DurationMs =>
  usedMs + (runsOn === null || usedUntil >= asOf ? 0 : openTimeOn(runsOn, usedUntil, asOf));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function countsOf(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
