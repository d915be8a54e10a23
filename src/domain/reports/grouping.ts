import type { ClockFacts } from './clock-facts.js';
import type { LeadFacts } from './lead-facts.js';

/** By what figures of leads can be split, each as at hand-off (R2, R4). */
export const leadGroupings = ['team', 'owner', 'segment', 'source', 'priority', 'version'] as const;
export type LeadGrouping = (typeof leadGroupings)[number];

/** By what figures of clocks can be split; owner and team are those that a clock is counted for. */
export const clockGroupings = ['commitment', 'party', ...leadGroupings] as const;
export type ClockGrouping = (typeof clockGroupings)[number];

/** A grouping of leads, if it is one: clocks can be split by more. */
export const leadGroupingOf = (by: ClockGrouping | undefined): LeadGrouping | undefined =>
  leadGroupings.find((known) => known === by);

/** The group of what has no team, owner, segment, source or priority. */
export const NO_GROUP = 'none';

/** Which leads a figure looks at: those that have each of these. */
export type LeadFilter = Readonly<Partial<Record<LeadGrouping, string>>>;

/** By what else lists of what happened to leads can be chosen: an actor is whoever did it. */
export const itemGroupings = ['kind', 'reason', 'route', 'step', 'stage', 'tier', 'channel', 'actor'] as const;
export type ItemGrouping = (typeof itemGroupings)[number];
export type ListGrouping = ClockGrouping | ItemGrouping;

/** Which rows a list looks at. */
export type ListFilter = Readonly<Partial<Record<ListGrouping, string>>>;

/** Which clocks a list looks at. */
export type ClockFilter = Readonly<Partial<Record<ClockGrouping, string>>>;

const leadKeys: { readonly [G in LeadGrouping]: (lead: LeadFacts) => string | null } = {
  team: ({ team }) => team,
  owner: ({ owner }) => owner,
  segment: ({ segment }) => segment,
  source: ({ source }) => source,
  priority: ({ priority }) => priority,
  version: ({ agreement }) => `${agreement.name}@${agreement.version}`,
};

const clockKeys: { readonly [G in ClockGrouping]?: (clock: ClockFacts) => string | null } = {
  commitment: ({ clock }) => clock,
  party: ({ party }) => party,
  team: ({ countedFor }) => countedFor.team,
  owner: ({ countedFor }) => countedFor.owner,
  version: ({ agreement }) => `${agreement.name}@${agreement.version}`,
};

/** The group that a lead's figures belong to. */
export const groupOfLead = (by: LeadGrouping, lead: LeadFacts): string => leadKeys[by](lead) ?? NO_GROUP;

/** The group that a clock's verdict belongs to. */
export function groupOfClock(by: ClockGrouping, lead: LeadFacts, clock: ClockFacts): string {
  const ofClock = clockKeys[by];
  return (ofClock ? ofClock(clock) : leadKeys[by as LeadGrouping](lead)) ?? NO_GROUP;
}

/** Whether a lead has all that a filter asks for. */
export const passesFilter = (filter: LeadFilter, lead: LeadFacts): boolean =>
  Object.entries(filter).every(([by, value]) => groupOfLead(by as LeadGrouping, lead) === value);

/** Whether a clock has all that a filter asks for: owner and team are those that it is counted for. */
export const clockPasses = (filter: ClockFilter, lead: LeadFacts, clock: ClockFacts): boolean =>
  Object.entries(filter).every(([by, value]) => groupOfClock(by as ClockGrouping, lead, clock) === value);
