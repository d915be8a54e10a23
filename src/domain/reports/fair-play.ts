import { touchChannels, type TouchChannel } from '../agreement/index.js';
import type { DurationMs, Instant } from '../business-time/index.js';
import { IDLE_AFTER_MS } from './ageing.js';
import type { Contribution } from './contribution.js';
import type { DeedFacts } from './deed-facts.js';
import type { DisputeFacts } from './dispute-facts.js';
import { groupOfLead, NO_GROUP, passesFilter, type LeadFilter } from './grouping.js';
import { groupedBy, groupOfItem, heldItems, isWithin, type OfLead } from './held-item.js';
import type { LeadFacts } from './lead-facts.js';
import { conversionWithinMs } from './shares.js';

/** A touch logged later than this after it happened was logged late. */
export const LOGGED_LATE_AFTER_MS: DurationMs = 15 * 60_000;

/** What is counted of people's deeds, each beside what it is a part of. */
export const deedParts = {
  touches: ({ kind }) => kind === 'touched',
  'logged-late': ({ kind, lateMs }) => kind === 'touched' && lateMs! > LOGGED_LATE_AFTER_MS,
  'by-others': ({ kind, isByOther }) => kind === 'touched' && isByOther,
  acceptances: ({ kind }) => kind === 'accepted',
  'by-implication': ({ flaw }) => flaw === 'by-implication',
  rejections: ({ kind }) => kind === 'rejected',
  untouched: ({ flaw }) => flaw === 'untouched' || flaw === 'untouched-at-the-last',
  'untouched-at-the-last': ({ flaw }) => flaw === 'untouched-at-the-last',
  statuses: ({ kind }) => kind === 'status',
  'without-touch': ({ flaw }) => flaw === 'without-touch',
  notes: ({ note }) => note !== null,
  'identical-notes': (_deed, isAlike) => isAlike,
  acknowledgements: ({ kind }) => kind === 'acknowledged',
  unanswered: ({ flaw }) => flaw === 'unanswered',
  moves: ({ kind }) => kind === 'moved',
  'in-last-quarter': ({ flaw }) => flaw === 'in-last-quarter',
} as const satisfies Record<string, (deed: DeedFacts, isAlike: boolean) => boolean>;
export type DeedPart = keyof typeof deedParts;

/** What is counted of the leads of a source. */
export const sourceParts = {
  mqls: () => true,
  'month-end': (lead, { monthEnds }) => monthEnds.some((span) => isWithin(lead.handedOffAt, span)),
  'with-placeholders': ({ placeholderCount }) => placeholderCount > 0,
  high: ({ priority }) => priority === 'high',
  'high-net': (lead) => lead.priority === 'high' && isNet(lead),
  'high-qualified': (lead) => lead.priority === 'high' && isNet(lead) && isQualified(lead),
  'others-net': (lead) => lead.priority !== 'high' && isNet(lead),
  'others-qualified': (lead) => lead.priority !== 'high' && isNet(lead) && isQualified(lead),
} as const satisfies Record<string, (lead: LeadFacts, asked: Pick<FairPlayAsked, 'monthEnds'>) => boolean>;
export type SourcePart = keyof typeof sourceParts;

const isNet = ({ disputeUpheldAt }: LeadFacts): boolean => disputeUpheldAt === null;
const isQualified = ({ handedOffAt, salesQualifiedAt }: LeadFacts): boolean =>
  salesQualifiedAt !== null && salesQualifiedAt - handedOffAt <= conversionWithinMs['sales-qualified'];

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

export interface FairPlayAsked extends Span {
  readonly filter: LeadFilter;
  readonly asOf: Instant;
  /** The last three open days of each month in the period. */
  readonly monthEnds: readonly Span[];
}

type Counts<Part extends string> = Readonly<Record<string, Readonly<Record<Part, number>>>>;

/** What could have flattered figures, by whom it concerns. */
export interface FairPlay {
  /** By whoever held the lead, and by whoever did it. */
  readonly byOwner: Counts<DeedPart>;
  readonly byActor: Counts<DeedPart>;
  /** First touches of the period's leads, by their first owner and channel. */
  readonly channels: Counts<TouchChannel>;
  /** Leads open as of the report, by whoever holds them. */
  readonly open: Counts<'open' | 'idle'>;
  readonly sources: Counts<SourcePart>;
  /** Disputes about leads of a source, decided in the period. */
  readonly disputes: Counts<'denied' | 'upheld'>;
}

/** Counts what could have flattered figures, over leads that are known in full. */
export function tallyFairPlay(contributions: readonly Contribution[], asked: FairPlayAsked): FairPlay {
  const deeds = heldItems(contributions, asked.filter, (one) => one.deeds).filter(({ item }) =>
    isWithin(item.at, asked),
  );
  const isAlike = alikeIn(contributions, asked);
  const deedCounts = (keyOf: (one: OfLead<DeedFacts>) => string) =>
    countsOf(deeds, keyOf, deedParts, ({ item }, holds) => holds(item, isAlike(item)));
  const leads = contributions
    .map(({ lead }) => lead)
    .filter((lead) => !lead.isTest && !lead.isExcluded && passesFilter(asked.filter, lead))
    .filter(({ handedOffAt }) => isWithin(handedOffAt, asked));
  return {
    byOwner: deedCounts((one) => groupOfItem('owner', one)),
    byActor: deedCounts(({ item }) => item.actor ?? NO_GROUP),
    channels: countsOf(
      leads.filter(({ touchedAt }) => touchedAt !== null),
      (lead) => groupOfLead('owner', lead),
      channelParts,
      (lead, holds) => holds(lead),
    ),
    open: openCounts(contributions, asked),
    sources: countsOf(
      leads,
      (lead) => groupOfLead('source', lead),
      sourceParts,
      (lead, holds) => holds(lead, asked),
    ),
    disputes: disputeCounts(contributions, asked),
  };
}

const channelParts = Object.fromEntries(
  touchChannels.map((channel) => [channel, ({ touchedChannel }: LeadFacts) => touchedChannel === channel]),
) as Readonly<Record<TouchChannel, (lead: LeadFacts) => boolean>>;

const openParts = {
  open: () => true,
  idle: ({ lastTouchedAt, startedAt }: Contribution['standing'], { asOf }: FairPlayAsked) =>
    asOf - (lastTouchedAt ?? startedAt) >= IDLE_AFTER_MS,
} as const;

function openCounts(contributions: readonly Contribution[], asked: FairPlayAsked): FairPlay['open'] {
  const standings = heldItems(contributions, asked.filter, ({ standing }) => (standing.isOpen ? [standing] : []));
  return countsOf(
    standings,
    (one) => groupOfItem('owner', one),
    openParts,
    ({ item }, holds) => holds(item, asked),
  );
}

const disputeParts = {
  denied: ({ outcome }: DisputeFacts) => outcome === 'denied',
  upheld: ({ outcome }: DisputeFacts) => outcome === 'upheld',
} as const;

function disputeCounts(contributions: readonly Contribution[], asked: FairPlayAsked): FairPlay['disputes'] {
  const decided = heldItems(contributions, asked.filter, ({ disputes }) => disputes).filter(({ item }) =>
    isWithin(item.resolvedAt, asked),
  );
  return countsOf(
    decided,
    (one) => groupOfItem('source', one),
    disputeParts,
    ({ item }, holds) => holds(item),
  );
}

/** Notes that the same person wrote more than once in the period, whatever leads they were about. */
function alikeIn(contributions: readonly Contribution[], asked: FairPlayAsked): (deed: DeedFacts) => boolean {
  const keyOf = ({ actor, note }: DeedFacts): string => JSON.stringify([actor, note]);
  const counts = new Map<string, number>();
  for (const { deeds } of contributions.filter(({ lead }) => !lead.isTest)) {
    for (const deed of deeds.filter(({ at, note, actor }) => note !== null && actor !== null && isWithin(at, asked))) {
      counts.set(keyOf(deed), (counts.get(keyOf(deed)) ?? 0) + 1);
    }
  }
  return (deed) => (counts.get(keyOf(deed)) ?? 0) > 1;
}

/** Groups of which nothing is counted are left out. */
function countsOf<Item, Part extends string, Holds>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  parts: Readonly<Record<Part, Holds>>,
  isCounted: (item: Item, holds: Holds) => boolean,
): Counts<Part> {
  const names = Object.keys(parts) as Part[];
  const countIn = (members: readonly Item[]) =>
    Object.fromEntries(names.map((name) => [name, members.filter((one) => isCounted(one, parts[name])).length]));
  const groups = [...groupedBy(items, keyOf)].map(([group, members]): [string, Record<string, number>] => [
    group,
    countIn(members),
  ]);
  return Object.fromEntries(
    groups.filter(([, counts]) => Object.values(counts).some((count) => count > 0)),
  ) as Counts<Part>;
}
