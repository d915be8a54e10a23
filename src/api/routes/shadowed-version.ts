import type { AgreementVersion } from '../../domain/agreement/index.js';
import type { VersionReader } from '../../domain/agreement/ports.js';
import { ProblemError } from '../problems.js';
import type { Call } from '../route.js';
import { invalidBody } from '../validated-body.js';

/**
 * The version that the path names, by its number or as `active`.
 * @throws ProblemError `unknown-version`
 */
export async function requireShadowable(
  { params }: Pick<Call<unknown>, 'params'>,
  versions: Pick<VersionReader, 'findVersion' | 'listVersions'>,
): Promise<AgreementVersion> {
  const { name = '', version = '' } = params;
  const number = version === 'active' ? await activeNumber(name, versions) : numberOf(version);
  const found = number === undefined ? undefined : await versions.findVersion(name, number);
  if (found === undefined) throw new ProblemError('unknown-version', { detail: `There is no ${name}@${version}` });
  return found;
}

const numberOf = (version: string): number | undefined =>
  /^[1-9]\d{0,8}$/.test(version) ? Number(version) : undefined;

async function activeNumber(name: string, versions: Pick<VersionReader, 'listVersions'>): Promise<number | undefined> {
  const all = await versions.listVersions(name);
  return all.find(({ status }) => status === 'active')?.version;
}

/** @throws ProblemError `version-superseded`: nothing of it can change any more */
export function requireInLife({ name, version, status }: AgreementVersion): void {
  if (status !== 'superseded') return;
  throw new ProblemError('version-superseded', { detail: `${name}@${version} was superseded` });
}

/** @throws ProblemError `invalid-body` for each name that is no ladder of the version */
export function requireLadders({ terms }: AgreementVersion, said: readonly { path: string; ladder: string }[]): void {
  const known = Object.keys(terms.ladders);
  const errors = said
    .filter(({ ladder }) => !known.includes(ladder))
    .map(({ path, ladder }) => ({
      path,
      message: `${JSON.stringify(ladder)} is no ladder of this version: it has ${known.join(', ') || 'none'}`,
    }));
  if (errors.length > 0) throw invalidBody(errors);
}
