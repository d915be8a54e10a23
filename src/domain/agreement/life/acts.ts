/**
 * Here lives how a version of an agreement gets from draft to superseded: who may do what to it in which status, and
 * what follows. Pure: directory, siblings and instants are arguments, and storing, mailing and waiting are others' work.
 */
import type { Instant } from '../../business-time/index.js';
import type { CharterInstants } from '../charter.js';
import type { Charter, VersionStatus } from '../version.js';

/** What can be done to a version; the last two are the clock's. */
export const versionActs = [
  'edit',
  'submit',
  'comment',
  'sign',
  'withdraw',
  'return',
  'publish',
  'activate',
  'mark-overdue',
] as const;
export type VersionActType = (typeof versionActs)[number];

/** Which of them a version takes in which status. */
export const actsAllowedIn = {
  draft: ['edit', 'submit'],
  'in-review': ['comment', 'sign', 'withdraw', 'return'],
  signed: ['comment', 'withdraw', 'return', 'publish'],
  scheduled: ['withdraw', 'return', 'activate'],
  active: ['mark-overdue'],
  superseded: [],
} as const satisfies Readonly<Record<VersionStatus, readonly VersionActType[]>>;

interface Act<Type extends VersionActType> {
  readonly type: Type;
  readonly at: Instant;
  /** A person of the directory, or the administrator. */
  readonly by: string;
}

interface Edit extends Act<'edit'> {
  readonly key: string;
  readonly charter: Charter;
  /** The hash that the editor changed; absent: whatever there is. */
  readonly replaces?: string;
}
interface Sign extends Act<'sign'> {
  /** The hash of what the signer has read. */
  readonly key: string;
}
interface Comment extends Act<'comment'> {
  readonly text: string;
}
/** A reason is kept with the comments. */
interface Reasoned {
  readonly reason?: string;
}

export type VersionAct =
  | Edit
  | (Act<'submit'> & CharterInstants)
  | Comment
  | Sign
  | (Act<'withdraw'> & Reasoned)
  | (Act<'return'> & Reasoned)
  | (Act<'publish'> & CharterInstants)
  | Act<'activate'>
  | Act<'mark-overdue'>;

/** Why an act was refused, in the order in which the reasons are looked for. */
export const versionRefusalCodes = [
  'unknown-version',
  'version-frozen',
  'not-a-draft',
  'not-a-signer',
  'hash-not-current',
  'already-signed',
  'signature-withdrawn',
  'not-in-review',
  'nothing-to-withdraw',
  'already-active',
  'already-published',
  'signatures-missing',
  'signers-missing',
  'overlapping-versions',
  'link-used',
] as const;
export type VersionRefusalCode = (typeof versionRefusalCodes)[number];

export interface VersionRefusal {
  readonly code: VersionRefusalCode;
  /** What stood in the way, as plain values. */
  readonly detail: Readonly<Record<string, unknown>>;
}
