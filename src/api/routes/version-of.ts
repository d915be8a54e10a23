/** The stored version that a path speaks of. */
import type { AgreementVersion } from '../../domain/agreement/index.js';
import type { ApiParts } from '../parts.js';
import { ProblemError } from '../problems.js';
import type { Call } from '../route.js';
import { invalidBody } from '../validated-body.js';

const NUMBER = /^[1-9]\d{0,8}$/;

/** @throws ProblemError `unknown-version` */
export async function requireVersion(
  { params }: Call<unknown>,
  { versions }: Pick<ApiParts, 'versions'>,
): Promise<AgreementVersion> {
  const [name = '', number = ''] = [params['name'], params['version']];
  const version = NUMBER.test(number) ? await versions.findVersion(name, Number(number)) : undefined;
  if (version !== undefined) return version;
  throw new ProblemError('unknown-version', { detail: `There is no version ${number} of ${JSON.stringify(name)}` });
}

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
