import type { AgreementTerms, Until } from '../agreement/index.js';
import type { DurationMs, Instant } from '../business-time/index.js';
import { foldLead } from '../lifecycle/evolve.js';
import { holderOf, isClosed, type LeadState } from '../lifecycle/state.js';
import type { Directory } from '../routing/directory.js';
import { isOpenClock, type BreachedClock } from '../sla/clock.js';
import { findGaps, type AuditedLead, type GapKind } from './gaps.js';

/** Why a lead goes nowhere by itself. */
export type StuckReason =
  | { readonly kind: GapKind; readonly since: Instant; readonly what: string }
  /** It lies in a queue: nobody owns it. */
  | { readonly kind: 'nobody-owns-it'; readonly since: Instant }
  | { readonly kind: 'owner-absent'; readonly since: Instant; readonly owner: string }
  /** Paused without an end. */
  | { readonly kind: 'paused'; readonly since: Instant; readonly reason: string }
  /** Breached, and everybody whom the ladder knows has heard of it. */
  | { readonly kind: 'ladder-at-its-end'; readonly since: Instant; readonly clock: string; readonly until?: Until };

export interface StuckTerms {
  readonly now: Instant;
  readonly graceMs: DurationMs;
  readonly directory: Directory;
  /** The agreements that the lead's clocks follow, by key, as far as they are stored. */
  readonly agreements: Readonly<Record<string, AgreementTerms>>;
}

/** Every reason for which a lead waits for somebody who will not come by themselves; none: it goes its way. */
export function findStuck(lead: AuditedLead, terms: StuckTerms): readonly StuckReason[] {
  const state = foldLead(lead.story);
  const gaps = findGaps(lead, terms).map(({ kind, since, what }) => ({ kind, since, what }));
  return [
    ...gaps,
    ...withoutOwner(state),
    ...withAbsentOwner(state, terms),
    ...paused(state),
    ...unheard(state, terms),
  ];
}

function withoutOwner(state: LeadState): readonly StuckReason[] {
  const since = state.holders.at(-1)?.from;
  if (isClosed(state) || since === undefined || holderOf(state).owner !== null) return [];
  return [{ kind: 'nobody-owns-it', since }];
}

function withAbsentOwner(state: LeadState, { directory, now }: StuckTerms): readonly StuckReason[] {
  const { owner } = holderOf(state);
  if (isClosed(state) || owner === null) return [];
  const absence = directory.absences.find(({ person, from, until }) => person === owner && from <= now && now < until);
  return absence === undefined ? [] : [{ kind: 'owner-absent', since: absence.from, owner }];
}

const paused = ({ pause }: LeadState): readonly StuckReason[] =>
  pause === null || pause.endsAt !== null ? [] : [{ kind: 'paused', since: pause.since, reason: pause.reason }];

function unheard(state: LeadState, { agreements }: StuckTerms): readonly StuckReason[] {
  return state.clocks
    .filter((clock): clock is BreachedClock => clock.verdict === 'breached' && isOpenClock(clock))
    .filter(({ tiers, plan }) => tiers.length >= plan.tiers.length)
    .map(({ name, dueAt, terms }) => {
      const until = agreements[terms.at(-1)?.agreement ?? '']?.clocks[name]?.until;
      return { kind: 'ladder-at-its-end', since: dueAt, clock: name, ...(until !== undefined && { until }) };
    });
}
