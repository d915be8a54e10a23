/**
 * Here lives what a ladder does when one of its tiers falls due: who is told, and whether the lead moves.
 * When it falls due is planned in `sla`, and telling people is the notices' work, not this folder's.
 */
import type { Draft } from '../lifecycle/draft.js';
import { changeOwner } from '../lifecycle/holding.js';
import { idOf } from '../lifecycle/milestones.js';
import type { DueItem } from '../lifecycle/next-due.js';
import type { RecipientsAnswer } from '../lifecycle/questions.js';
import { holderOf, isClosed, type LeadState } from '../lifecycle/state.js';
import type { HolderRef } from '../routing/directory.js';
import { ladderNameOf, ladderOf } from '../sla/plan.js';

type DueTier = Extract<DueItem, { readonly kind: 'tier' }>;

/**
 * Tells a tier's recipients, as the directory knows them at that instant, and moves the lead if it says so. In shadow it
 * only records what it would have told.
 */
export function fireTier(draft: Draft, { clock, tier, plannedAt }: DueTier): void {
  const { to, reassign } = ladderOf(draft, clock)[tier - 1]!;
  const key = `${draft.state.leadId}/${clock.cycle}/${clock.name}/${clock.n}/${tier}`;
  const { owner, team } = holderOf(draft.state);
  const ladder = ladderNameOf(draft, clock);
  const answer = draft.ask({ kind: 'recipients', key: `${key}/recipients`, asOf: draft.at, to, owner, team, ladder });
  const { told, shadow } = heardBy(answer);
  const heir = reassign && !shadow ? nextOwner(draft, `${key}/next-owner`) : null;
  draft.emit({
    type: 'tier-fired',
    ...idOf(clock),
    tier,
    plannedAt,
    to: told,
    skipped: told.length === 0,
    ...(reassign && { reassigned: heir !== null }),
    ...(shadow && { shadow }),
  });
  if (heir) changeOwner(draft, heir, 'ladder', draft.at);
}

const heardBy = (answer: RecipientsAnswer) =>
  'shadow' in answer ? { told: answer.to, shadow: answer.shadow } : { told: answer, shadow: false as const };

/** Who gets the lead next; nobody if it is closed or a ladder has moved it at this very instant (spec L6). */
function nextOwner(draft: Draft, key: string): HolderRef | null {
  const { state, at } = draft;
  const { team } = holderOf(state);
  if (isClosed(state) || state.movedByLadderAt === at || team === null) return null;
  return draft.ask({ kind: 'next-owner', key, asOf: at, team, exclude: letBreach(state) });
}

/** The present owner and whoever owned this lead in this cycle at the breach of a sales clock. */
function letBreach(state: LeadState): readonly string[] {
  const culprits = state.clocks.flatMap((clock) =>
    clock.verdict === 'breached' && clock.party === 'sales' && clock.cycle === state.cycle ? [clock.heldBy] : [],
  );
  return [...new Set([holderOf(state).owner, ...culprits])].filter((person) => person !== null);
}
