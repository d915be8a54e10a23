/** The stored version that a path speaks of, and what answers about one have in common. */
import type { AgreementVersion, VersionRef, VersionSummary } from '../../domain/agreement/index.js';
import type { VersionOutcome, VersionReader } from '../../domain/agreement/ports.js';
import { ProblemError, versionProblem } from '../problems.js';
import { json, type Call, type Reply } from '../route.js';
import { invalidBody } from '../validated-body.js';
import { versionSummaryView } from '../views/version-view.js';

export const VERSION_PATH = '/v1/agreements/:name/versions/:version';

type Named = Pick<Call<unknown>, 'params'>;
/** The part of the API's parts that is read. */
interface Reads<What extends keyof VersionReader> {
  readonly versions: Pick<VersionReader, What>;
}

/**
 * The version that the path names.
 * @throws ProblemError `unknown-version` if it is not even a number
 */
export function refOf({ params }: Named): VersionRef {
  const name = params['name'] ?? '';
  const version = params['version'] ?? '';
  if (!/^[1-9]\d{0,8}$/.test(version)) throw unknownVersion(`${name}@${version}`);
  return { name, version: Number(version) };
}

/** @throws ProblemError `unknown-version` */
export async function requireVersion(call: Named, { versions }: Reads<'findVersion'>): Promise<AgreementVersion> {
  const ref = refOf(call);
  const version = await versions.findVersion(ref.name, ref.version);
  if (version === undefined) throw unknownVersion(`${ref.name}@${ref.version}`);
  return version;
}

/** @throws ProblemError `unknown-version` if there is no agreement of that name */
export async function requireVersions({ params }: Named, { versions }: Reads<'listVersions'>) {
  const name = params['name'] ?? '';
  const found = await versions.listVersions(name);
  if (found.length === 0) throw unknownVersion(name);
  return found;
}

const unknownVersion = (named: string): ProblemError =>
  new ProblemError('unknown-version', { detail: `There is no ${named}` });

/** What became of an act: the version after it, or the problem. */
export const replyOf = (outcome: VersionOutcome): Reply =>
  outcome.kind === 'done' ? json(200, versionSummaryView(outcome.version)) : refusalReply(outcome);

export function refusalReply({ refusal }: Extract<VersionOutcome, { kind: 'refused' }>): Reply {
  const problem = versionProblem(refusal);
  return { status: problem.status, content: { kind: 'problem', problem } };
}

export const locationOf = ({ name, version }: Pick<VersionSummary, 'name' | 'version'>): string =>
  `/v1/agreements/${encodeURIComponent(name)}/versions/${version}`;

/** @throws ProblemError `invalid-body` that names each segment which the version does not have */
export function requireSegments({ terms, name, version }: AgreementVersion, segments: readonly string[]): void {
  const known = terms.segments.map((segment) => segment.name);
  const errors = segments.flatMap((segment, index) =>
    known.includes(segment)
      ? []
      : [
          {
            path: `segments.${index}`,
            message: `${JSON.stringify(segment)} is no segment of ${name}@${version}: known are ${known.join(', ')}`,
          },
        ],
  );
  if (errors.length > 0) throw invalidBody(errors);
}
