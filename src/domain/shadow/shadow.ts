/**
 * Here lives what it means that a version of an agreement is in shadow: it judges as always, but is silent, wholly or on
 * some of its ladders. Which notices there are and what a tier does is decided elsewhere; here nothing is told or moved.
 */
import type { AgreementRef } from '../agreement/index.js';
import type { RecipientsAnswer, RecipientsQuestion } from '../lifecycle/questions.js';

export const shadowScopes = ['all', 'ladders'] as const satisfies readonly Shadow['covers'][];

/** How much of a version is silent. */
export type Shadow =
  /** Nothing is mailed and no ladder moves a lead, save that the ladders named here are live. */
  | { readonly covers: 'all'; readonly liveLadders: readonly string[] }
  /** The tiers of these ladders tell nobody and move no lead; all else is live. */
  | { readonly covers: 'ladders'; readonly ladders: readonly string[] };

/** A version by its name and number. */
export type VersionRef = Pick<AgreementRef, 'name' | 'version'>;

/** Whether the tiers of a ladder are silent; a version without shadow is live. */
export function isLadderSilent(shadow: Shadow | undefined, ladder: string): boolean {
  if (shadow === undefined) return false;
  return shadow.covers === 'all' ? !shadow.liveLadders.includes(ladder) : shadow.ladders.includes(ladder);
}

/** Whether every notice is silent that no ladder causes. */
export const isSilent = (shadow: Shadow | undefined): boolean => shadow?.covers === 'all';

export const goLiveRefusals = ['not-in-shadow', 'ladder-is-live'] as const;
export type GoLiveRefusal = (typeof goLiveRefusals)[number];

/** What is left in shadow: nothing is null. */
export type GoingLive =
  { readonly kind: 'live'; readonly left: Shadow | null } | { readonly kind: 'refused'; readonly code: GoLiveRefusal };

/** Ends the shadow, or that of one ladder; the others stay as they are. */
export function goLive(shadow: Shadow | undefined, ladder: string | undefined): GoingLive {
  if (shadow === undefined) return { kind: 'refused', code: 'not-in-shadow' };
  if (ladder === undefined) return { kind: 'live', left: null };
  if (!isLadderSilent(shadow, ladder)) return { kind: 'refused', code: 'ladder-is-live' };
  return { kind: 'live', left: withoutLadder(shadow, ladder) };
}

function withoutLadder(shadow: Shadow, ladder: string): Shadow | null {
  if (shadow.covers === 'all') return { ...shadow, liveLadders: [...shadow.liveLadders, ladder] };
  const ladders = shadow.ladders.filter((name) => name !== ladder);
  return ladders.length === 0 ? null : { ...shadow, ladders };
}

/** The version whose ladder a question is about; of a question from before there was shadow, none. */
export const versionAskedFor = ({ ladder }: RecipientsQuestion): VersionRef | undefined =>
  ladder && { name: ladder.agreement, version: ladder.version };

/** Who hears of a tier, or, on a ladder in shadow, who would. */
export const hearing = (
  { ladder }: RecipientsQuestion,
  to: readonly string[],
  shadow: Shadow | undefined,
): RecipientsAnswer => (ladder && isLadderSilent(shadow, ladder.name) ? { to, shadow: true } : to);
