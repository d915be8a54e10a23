import { guess, listed } from '../closed-words.js';
import type { Flaw } from '../mistake.js';
import type { LintRule } from './rule.js';

/** How reports credit the pipeline; there is one way for each credit (spec/reports.md). */
const creditsCounted = {
  marketingSourced: ['first-touch-is-marketing'],
  salesSourced: ['no-marketing-touch'],
  marketingInfluenced: ['any-marketing-touch'],
} as const;

type Credit = keyof typeof creditsCounted;

export const creditNotCounted: LintRule = {
  id: 'credit-not-counted',
  severity: 'error',
  finds: 'A rule of attribution that no report counts by: what is signed would not be what is shown.',
  advice: 'write the rule that reports count by, or leave it out',
  look: ({ document: { attribution = {} } }) =>
    (Object.keys(creditsCounted) as Credit[]).flatMap((credit): Flaw[] => {
      const [word, words] = [attribution[credit], creditsCounted[credit] as readonly string[]];
      if (word === undefined || words.includes(word)) return [];
      const message = `nothing counts by "${word}"; there is ${listed(words)}${guess(word, words)}`;
      return [{ path: ['attribution', credit], message }];
    }),
};
