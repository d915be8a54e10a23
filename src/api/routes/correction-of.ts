/** The correction that a path speaks of. */
import type { Correction, CorrectionStatus, VerdictListing } from '../../domain/correction/index.js';
import type { ApiParts } from '../parts.js';
import { ProblemError } from '../problems.js';
import type { Call } from '../route.js';

export const CORRECTION_PATH = '/v1/corrections/:id';

/** @throws ProblemError `unknown-correction` */
export async function requireCorrection(
  { params }: Pick<Call<unknown>, 'params'>,
  { corrections }: Pick<ApiParts, 'corrections'>,
): Promise<Correction> {
  const id = params['id'] ?? '';
  const correction = await corrections.find(id);
  if (correction !== undefined) return correction;
  throw new ProblemError('unknown-correction', { detail: `There is no correction ${JSON.stringify(id)}` });
}

/** What was put to whoever approves, until it is done. */
export const listingIn = (status: CorrectionStatus): VerdictListing => (status === 'done' ? 'rejudged' : 'listed');
