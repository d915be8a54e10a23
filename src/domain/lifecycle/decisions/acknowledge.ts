import { isOpenClock, type Clock } from '../../sla/clock.js';
import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import { idOf, rests } from '../milestones.js';
import { replanTiers } from '../replan.js';
import { refuse, type Decided } from './refuse.js';

export function decideAcknowledge(draft: Draft, command: CommandOf<'acknowledge'>): Decided {
  const clock = newest(draft.state.clocks.filter(({ name }) => name === command.clock));
  const fired = clock?.tiers[clock.tiers.length - 1];
  if (!clock || !fired || !isOpenClock(clock)) return refuse('nothing-to-acknowledge', { clock: command.clock });
  if (fired.acknowledged) return refuse('already-acknowledged', { clock: command.clock, tier: fired.tier });
  draft.emit({ type: 'tier-acknowledged', ...idOf(clock), tier: fired.tier });
  // A resting ladder is planned anew when it goes on.
  if (clock.verdict !== 'paused' && !rests(draft.state, clock.party)) replanTiers(draft, acknowledgedIn(draft, clock));
  return undefined;
}

const newest = (clocks: readonly Clock[]): Clock | undefined =>
  [...clocks].sort((a, b) => b.cycle - a.cycle || b.n - a.n)[0];

function acknowledgedIn<C extends Clock>(draft: Draft, { name, n, cycle }: C): C {
  return draft.state.clocks.find((clock) => clock.name === name && clock.n === n && clock.cycle === cycle) as C;
}
