import type { Instant } from '../../business-time/index.js';
import type { Party } from '../terms.js';
import type { Charter, VersionSummary } from '../version.js';

/** What happened to a version. */
export type VersionEvent =
  | { readonly type: 'edited'; readonly key: string; readonly charter: Charter; readonly at: Instant }
  | { readonly type: 'submitted'; readonly at: Instant }
  | { readonly type: 'commented'; readonly by: string; readonly text: string; readonly at: Instant }
  | { readonly type: 'signed'; readonly party: Party; readonly person: string; readonly at: Instant }
  /** All signatures count for nothing from now on. */
  | { readonly type: 'returned-to-draft'; readonly at: Instant }
  | {
      readonly type: 'published';
      readonly effectiveAt: Instant;
      readonly reviewDueAt?: Instant;
      readonly at: Instant;
    }
  | { readonly type: 'activated'; readonly at: Instant }
  | { readonly type: 'superseded'; readonly at: Instant }
  | { readonly type: 'became-overdue'; readonly at: Instant };

/** The version after an event; only a comment leaves it as it was. */
export function evolveVersion<Version extends VersionSummary>(version: Version, event: VersionEvent): Version {
  if (event.type === 'commented') return version;
  return { ...version, ...changeOf(version, event), revision: version.revision + 1 };
}

type Change = { readonly [Field in keyof VersionSummary]?: VersionSummary[Field] | undefined };

function changeOf(version: VersionSummary, event: Exclude<VersionEvent, { type: 'commented' }>): Change {
  const { at } = event;
  switch (event.type) {
    case 'edited':
      return { key: event.key, charter: event.charter };
    case 'submitted':
      return { status: 'in-review', submittedAt: at };
    case 'signed':
      return signed(version, event);
    case 'returned-to-draft':
      return { ...unpublished, status: 'draft', signatures: withdrawn(version, at) };
    case 'published':
      return published(event);
    case 'activated':
      return { status: 'active', activatedAt: at };
    case 'superseded':
      return { status: 'superseded', supersededAt: at };
    case 'became-overdue':
      return { overdueSince: at };
  }
}

const unpublished = {
  submittedAt: undefined,
  publishedAt: undefined,
  effectiveAt: undefined,
  reviewDueAt: undefined,
} satisfies Change;

const published = ({ at, effectiveAt, reviewDueAt }: Extract<VersionEvent, { type: 'published' }>): Change => ({
  status: 'scheduled',
  publishedAt: at,
  effectiveAt,
  ...(reviewDueAt !== undefined && { reviewDueAt }),
});

/** The second side's signature completes the version. */
function signed(version: VersionSummary, { party, person, at }: Extract<VersionEvent, { type: 'signed' }>): Change {
  const isComplete = version.signatures.some((one) => one.withdrawnAt === undefined && one.party !== party);
  return {
    signatures: [...version.signatures, { party, person, key: version.key, signedAt: at }],
    ...(isComplete && { status: 'signed' }),
  };
}

const withdrawn = ({ signatures }: VersionSummary, at: Instant): VersionSummary['signatures'] =>
  signatures.map((signature) => ({ ...signature, withdrawnAt: signature.withdrawnAt ?? at }));
