import { parties, type Party } from '../../domain/agreement/index.js';
import type { LintRule, LintSubject } from './rule.js';

export const oneSideOnly: LintRule = {
  id: 'one-side-only',
  severity: 'error',
  finds: 'Only marketing, or only sales, has promised anything: no clock and no target of the other party.',
  advice: 'give the other party a clock or a target: an agreement binds both',
  look: ({ document }) =>
    parties
      .filter((party) => !hasPromised(document, party))
      .map((party) => ({ path: ['clocks'], atKey: true, message: `${party} promises nothing` })),
};

function hasPromised({ clocks, targets = {} }: LintSubject['document'], party: Party): boolean {
  return [...Object.values(clocks), ...Object.values(targets)].some((promise) => promise.party === party);
}
