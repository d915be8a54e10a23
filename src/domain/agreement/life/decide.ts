import type { Instant } from '../../business-time/index.js';
import { parties } from '../terms.js';
import type { CharterInstants } from '../charter.js';
import type { VersionSummary } from '../version.js';
import {
  actsAllowedIn,
  type VersionAct,
  type VersionActType,
  type VersionRefusal,
  type VersionRefusalCode,
} from './acts.js';
import type { VersionEvent } from './events.js';
import { partiesWithoutSigner, standingSignatures, unsignedParties, type Signers } from './signers.js';

export type VersionDecision =
  | { readonly kind: 'events'; readonly events: readonly VersionEvent[] }
  | { readonly kind: 'refused'; readonly refusal: VersionRefusal };

/** What a decision about a version depends on beside it. */
export interface VersionSurroundings {
  /** The other versions of its agreement. */
  readonly siblings: readonly VersionSummary[];
  readonly signers: Signers;
}

type ActOf<Type extends VersionActType> = Extract<VersionAct, { readonly type: Type }>;

/** What follows from an act: events, or why it is refused. The clock's acts are never refused: late ones do nothing. */
export function decideVersion(
  version: VersionSummary,
  act: VersionAct,
  surroundings: VersionSurroundings,
): VersionDecision {
  switch (act.type) {
    case 'edit':
      return decideEdit(version, act);
    case 'submit':
      return decideSubmit(version, act, surroundings);
    case 'comment':
      return decideComment(version, act);
    case 'sign':
      return decideSign(version, act, surroundings);
    case 'withdraw':
      return decideWithdraw(version, act, surroundings);
    case 'return':
      return decideReturn(version, act);
    case 'publish':
      return decidePublish(version, act, surroundings);
    case 'activate':
      return decideActivate(version, act);
    case 'mark-overdue':
      return decideOverdue(version, act);
  }
}

function decideEdit(version: VersionSummary, { key, charter, replaces, at }: ActOf<'edit'>): VersionDecision {
  if (!isAllowed(version, 'edit')) return refuse('version-frozen', { status: version.status });
  if (replaces !== undefined && replaces !== version.key) return refuse('hash-not-current', { hash: version.key });
  return key === version.key ? nothing : follow({ type: 'edited', key, charter, at });
}

function decideSubmit(version: VersionSummary, act: ActOf<'submit'>, { siblings, signers }: VersionSurroundings) {
  if (!isAllowed(version, 'submit')) return refuse('not-a-draft', { status: version.status });
  const without = partiesWithoutSigner(signers);
  if (without.length > 0) return refuse('signers-missing', { parties: without, signers: version.charter.signers });
  return findOverlap(beginningOf(act), siblings) ?? follow({ type: 'submitted', at: act.at });
}

function decideComment(version: VersionSummary, { by, text, at }: ActOf<'comment'>): VersionDecision {
  if (!isAllowed(version, 'comment')) return refuse('not-in-review', { status: version.status });
  return follow({ type: 'commented', by, text, at });
}

function decideSign(version: VersionSummary, { by, key, at }: ActOf<'sign'>, { signers }: VersionSurroundings) {
  const own = parties.filter((party) => signers[party].includes(by));
  if (own.length === 0) return refuse('not-a-signer', { signers: version.charter.signers });
  if (key !== version.key) return refuse('hash-not-current', { hash: version.key });
  const party = unsignedParties(version).find((unsigned) => own.includes(unsigned));
  const standing = standingSignatures(version);
  const earlier = standing.find(({ person }) => person === by) ?? standing.find((one) => own.includes(one.party));
  if (earlier !== undefined && (party === undefined || earlier.person === by)) {
    return refuse('already-signed', { party: earlier.party, person: earlier.person, signedAt: earlier.signedAt });
  }
  if (party === undefined || !isAllowed(version, 'sign')) return refuseUnreviewed(version);
  return follow({ type: 'signed', party, person: by, at });
}

/** Out of review, because somebody took a signature of this very document back, or for another reason. */
function refuseUnreviewed({ status, signatures, key }: VersionSummary): VersionDecision {
  const last = signatures.findLast((signature) => signature.key === key && signature.withdrawnAt !== undefined);
  if (status !== 'draft' || last === undefined) return refuse('not-in-review', { status });
  return refuse('signature-withdrawn', { withdrawnAt: last.withdrawnAt });
}

/** A signer takes their own signature back; whoever has not signed yet sends the version back instead. */
function decideWithdraw(version: VersionSummary, act: ActOf<'withdraw'>, { signers }: VersionSurroundings) {
  const { by } = act;
  const hasSigned = standingSignatures(version).some(({ person }) => person === by);
  const isSigner = parties.some((party) => signers[party].includes(by));
  if (!hasSigned && !isSigner) return refuse('not-a-signer', { signers: version.charter.signers });
  return returned(version, act, hasSigned);
}

/** Whoever may send a version back does so, with or without signatures. */
const decideReturn = (version: VersionSummary, act: ActOf<'return'>): VersionDecision => returned(version, act, true);

function returned(version: VersionSummary, act: ActOf<'withdraw'> | ActOf<'return'>, hasCause: boolean) {
  const { status } = version;
  const { type, by, reason, at } = act;
  if (status === 'active' || status === 'superseded') return refuse('already-active', { status });
  if (!isAllowed(version, type) || !hasCause) return refuse('nothing-to-withdraw', { status });
  const because = reason === undefined ? [] : [{ type: 'commented', by, text: reason, at } as const];
  return follow(...because, { type: 'returned-to-draft', at });
}

/** A version whose day has come is in force at once; another one waits for it. */
function decidePublish(version: VersionSummary, act: ActOf<'publish'>, { siblings }: VersionSurroundings) {
  const { status, publishedAt } = version;
  if (status === 'draft' || status === 'in-review') {
    return refuse('signatures-missing', { status, parties: unsignedParties(version) });
  }
  if (!isAllowed(version, 'publish')) return refuse('already-published', { status, publishedAt });
  const { at, reviewDueAt } = act;
  const effectiveAt = beginningOf(act);
  const overlap = findOverlap(effectiveAt, siblings);
  if (overlap !== undefined) return overlap;
  const published = { type: 'published', effectiveAt, ...(reviewDueAt !== undefined && { reviewDueAt }), at } as const;
  return effectiveAt <= at ? follow(published, { type: 'activated', at }) : follow(published);
}

/** Before its day, and once it was taken back or is in force, there is nothing to do. */
function decideActivate(version: VersionSummary, { at }: ActOf<'activate'>): VersionDecision {
  const isDue = version.effectiveAt !== undefined && version.effectiveAt <= at;
  return isAllowed(version, 'activate') && isDue ? follow({ type: 'activated', at }) : nothing;
}

function decideOverdue(version: VersionSummary, { at }: ActOf<'mark-overdue'>): VersionDecision {
  const { reviewDueAt, overdueSince } = version;
  const isDue = overdueSince === undefined && reviewDueAt !== undefined && reviewDueAt <= at;
  return isAllowed(version, 'mark-overdue') && isDue ? follow({ type: 'became-overdue', at: reviewDueAt }) : nothing;
}

const beginningOf = ({ effectiveFromAt, at }: CharterInstants & { readonly at: Instant }): Instant =>
  effectiveFromAt ?? at;

/** Each version is in force until the next begins: a new one begins after all that are published. */
function findOverlap(beginsAt: Instant, siblings: readonly VersionSummary[]): VersionDecision | undefined {
  const published = siblings.filter(({ status }) => status === 'active' || status === 'scheduled');
  const blocking = published.find(({ effectiveAt }) => effectiveAt !== undefined && effectiveAt >= beginsAt);
  if (blocking === undefined) return undefined;
  const { version, status, effectiveAt } = blocking;
  return refuse('overlapping-versions', { beginsAt, version, status, effectiveAt });
}

const isAllowed = ({ status }: VersionSummary, type: VersionActType): boolean =>
  (actsAllowedIn[status] as readonly VersionActType[]).includes(type);

const nothing: VersionDecision = { kind: 'events', events: [] };
const follow = (...events: readonly VersionEvent[]): VersionDecision => ({ kind: 'events', events });
const refuse = (code: VersionRefusalCode, detail: VersionRefusal['detail']): VersionDecision => ({
  kind: 'refused',
  refusal: { code, detail },
});
