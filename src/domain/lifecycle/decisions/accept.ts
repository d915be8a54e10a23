import type { Instant } from '../../business-time/index.js';
import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import { endClocks, reach, type Reach } from '../milestones.js';
import { refuse, type Decided } from './refuse.js';

export function decideAccept(draft: Draft, { at }: CommandOf<'accept'>): Decided {
  const { acceptedAt } = draft.state;
  if (acceptedAt !== null) return refuse('already-decided', { acceptedAt });
  accept(draft, at, false);
  return undefined;
}

/** The lead is taken, said so or by its first human touch of the cycle (spec §2, `accepted`). */
export function accept(draft: Draft, acceptedAt: Instant, byImplication: boolean, how: Reach = {}): void {
  draft.emit({ type: 'accepted', acceptedAt, byImplication });
  reach(draft, 'decided', acceptedAt, how);
  reach(draft, 'accepted', acceptedAt, how);
}

/** A touch logged late shows that the lead was taken earlier than somebody said: breaches of that may turn (spec C9). */
export function correctAcceptance(draft: Draft, touchedAt: Instant): void {
  const among = draft.state.clocks.filter(
    (clock) => clock.verdict === 'breached' && clock.cycle === draft.state.cycle && touchedAt <= clock.dueAt,
  );
  for (const milestone of ['decided', 'accepted'] as const) endClocks(draft, milestone, touchedAt, { among });
}
