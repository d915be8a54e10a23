import type { Directory } from '../../routing/directory.js';
import { parties, type Party } from '../terms.js';
import type { Charter, VersionSignature, VersionSummary } from '../version.js';

/** Who may sign for each side, as the directory has them now. */
export type Signers = Readonly<Record<Party, readonly string[]>>;

/** A role's people, or the one person who is named; nobody for a name that the directory does not have. */
export function signersOf({ signers }: Charter, { people, roles }: Pick<Directory, 'people' | 'roles'>): Signers {
  const named = (name: string | undefined): readonly string[] =>
    name === undefined ? [] : (roles[name] ?? people.filter(({ id }) => id === name).map(({ id }) => id));
  return { marketing: named(signers?.marketing), sales: named(signers?.sales) };
}

/** The signatures that count. */
export const standingSignatures = ({ signatures }: VersionSummary): readonly VersionSignature[] =>
  signatures.filter(({ withdrawnAt }) => withdrawnAt === undefined);

/** The sides that have not signed, in the order of the document. */
export function unsignedParties(version: VersionSummary): readonly Party[] {
  const signed = standingSignatures(version).map(({ party }) => party);
  return parties.filter((party) => !signed.includes(party));
}

/** Sides for which nobody can sign; both, where the same person alone would have to sign for both. */
export function partiesWithoutSigner(signers: Signers): readonly Party[] {
  const empty = parties.filter((party) => signers[party].length === 0);
  const people = new Set(parties.flatMap((party) => signers[party]));
  return empty.length === 0 && people.size < parties.length ? parties : empty;
}
