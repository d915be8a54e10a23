/** The rollout that a path speaks of. */
import type { Rollout } from '../../domain/rollout/rollout.js';
import type { ApiParts } from '../parts.js';
import { ProblemError } from '../problems.js';

/** @throws ProblemError `unknown-rollout` */
export async function requireRollout(id: string, { rollouts }: Pick<ApiParts, 'rollouts'>): Promise<Rollout> {
  const rollout = await rollouts.find(id);
  if (rollout !== undefined) return rollout;
  throw new ProblemError('unknown-rollout', { detail: `There is no rollout ${JSON.stringify(id)}` });
}
