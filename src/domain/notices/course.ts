import type { AgreementTerms, Tier } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { LeadState } from '../lifecycle/state.js';
import { isOpenClock, type BreachedClock, type Clock, type PendingClock } from '../sla/clock.js';
import { capitalised, listed, spoken } from './words.js';

/** Something that will happen to the lead by itself, as things are planned now. */
export interface CoursePoint {
  readonly at: Instant;
  readonly text: string;
}

export type Agreements = Readonly<Record<string, AgreementTerms>>;

const POINT_COUNT_MAX = 5;

/**
 * What happens if nobody acts: breaches and tiers of sales clocks in the order of their instants, the next few of them.
 * Paused clocks plan nothing. Tiers stand at their planned instants, no earlier than the one before (spec L2).
 */
export const courseOf = (state: LeadState, agreements: Agreements): readonly CoursePoint[] =>
  state.clocks
    .filter((clock) => clock.party === 'sales' && isOpenClock(clock))
    .flatMap((clock) => courseOfClock(clock, agreements))
    .sort((one, other) => one.at - other.at)
    .slice(0, POINT_COUNT_MAX);

function courseOfClock(clock: Clock, agreements: Agreements): readonly CoursePoint[] {
  if (clock.verdict !== 'pending' && clock.verdict !== 'breached') return [];
  const points = [...breachOf(clock), ...tiersAhead(clock, agreements)];
  const instants = [...new Set(points.map(({ at }) => at))];
  return instants.map((at) => {
    const texts = points.filter((point) => point.at === at).map(({ text }) => text);
    return { at, text: `${capitalised(spoken(clock.name))}: ${listed(texts)}` };
  });
}

const breachOf = (clock: PendingClock | BreachedClock): readonly CoursePoint[] =>
  clock.verdict === 'pending' ? [{ at: clock.plan.dueAt, text: 'the promise is missed' }] : [];

function tiersAhead(clock: PendingClock | BreachedClock, agreements: Agreements): readonly CoursePoint[] {
  const tiers = ladderOf(clock, agreements);
  const firedCount = clock.tiers.length;
  let earliestAt: Instant = clock.tiers.at(-1)?.at ?? clock.startedAt;
  return clock.plan.tiers.slice(firedCount).map(({ at }, index) => {
    earliestAt = Math.max(earliestAt, at);
    return { at: earliestAt, text: tierText(tiers[firedCount + index]) };
  });
}

function ladderOf({ name, terms }: Clock, agreements: Agreements): readonly Tier[] {
  const agreement = agreements[terms.at(-1)?.agreement ?? ''];
  return agreement?.ladders[agreement.clocks[name]?.ladder ?? ''] ?? [];
}

function tierText(tier: Tier | undefined): string {
  if (!tier) return 'the next tier of the ladder hears of it';
  const hears = `${listed(tier.to.map(recipientName))} ${tier.to.length === 1 ? 'hears' : 'hear'} of it`;
  return tier.reassign ? `${hears} and the lead goes to the next person of the team` : hears;
}

const recipientName = (to: string): string =>
  to === 'owner-manager' ? "the owner's manager" : to === 'owner' ? 'the owner' : to;
