import type { CostOutcome } from '../../domain/attribution/ports.js';

/** Why a cost is not kept, and what to do. */
export const costMessages: Readonly<Record<Exclude<CostOutcome, 'stored' | 'known'>, string>> = {
  'unknown-agreement': 'there is no agreement of that name, and no default one to take its place',
  'other-currency':
    'costs of this agreement stand in another currency: convert the amount, for they are added up in one',
};
