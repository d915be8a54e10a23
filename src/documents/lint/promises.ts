import { spoken } from '../../domain/notices/words.js';
import type { AgreementDocument } from '../agreement-schema.js';
import type { Flaw } from '../mistake.js';
import { parsePercent, requireDuration } from '../scalars.js';
import type { LintRule } from './rule.js';

/** What the page for signatures holds at a size that can be read; `agreement-pdf.test.ts` holds it to that. */
const COMMITMENT_COUNT_MAX = 28;

export const noConsequence: LintRule = {
  id: 'no-consequence',
  severity: 'warning',
  finds: 'A promise of either side that nothing follows from: no ladder, no review of breaches, on no agenda.',
  advice: 'give it a ladder, name a review under breaches.first, or put it on the agenda of a review',
  look: ({ document }) =>
    document.breaches?.first === undefined
      ? promisesOf(document)
          .filter(({ name, ladder }) => ladder === undefined && !isOnAgenda(document, name))
          .map(({ kind, name }) => ({
            path: [kind, name],
            atKey: true,
            message: `nothing follows when ${spoken(name)} is missed`,
          }))
      : [],
};

interface NamedPromise {
  readonly kind: 'clocks' | 'targets';
  readonly name: string;
  readonly ladder?: string;
}

function promisesOf({ clocks, targets = {} }: AgreementDocument): readonly NamedPromise[] {
  return [
    ...Object.entries(clocks).map(([name, { ladder }]): NamedPromise => ({
      kind: 'clocks',
      name,
      ...(ladder && { ladder }),
    })),
    ...Object.keys(targets).map((name): NamedPromise => ({ kind: 'targets', name })),
  ];
}

const isOnAgenda = ({ reviews = {} }: AgreementDocument, name: string): boolean =>
  Object.values(reviews).some(({ agenda = [] }) => agenda.includes(name));

export const vaguePromise: LintRule = {
  id: 'vague-promise',
  severity: 'warning',
  finds: 'A promise without a number: a clock with no goal, a target of nothing, a review with neither day nor time.',
  advice: 'say how much, how often or by when, so that both sides can see whether it was kept',
  look: ({ document: { clocks, targets = {}, reviews = {} } }) => [
    ...Object.entries(clocks)
      .filter(([, { goal }]) => goal === undefined)
      .map(([name]) => vague(['clocks', name], `clock "${name}" has no goal: how many must be met?`)),
    ...Object.entries(targets)
      .filter(([, { atLeast, atMost }]) => atMost === undefined && isNothing(atLeast))
      .map(([name]) => vague(['targets', name, 'atLeast'], `target "${name}" is met by nothing`)),
    ...Object.entries(reviews)
      .filter(([, { on, within }]) => on === undefined && within === undefined)
      .map(([name]) => vague(['reviews', name], `review "${name}" has no day and no time`)),
  ],
};

const vague = (path: Flaw['path'], message: string): Flaw => ({ path, atKey: path.length === 2, message });

function isNothing(amount: string | number | undefined): boolean {
  if (typeof amount !== 'string') return amount === undefined || amount === 0;
  const share = parsePercent(amount);
  if (share !== undefined) return share === 0;
  return (
    /^0(\.0+)? [A-Z]{3}$/.test(amount) || (/^[\d.]+ [A-Z]{3}$/.test(amount) ? false : requireDuration(amount) === 0)
  );
}

export const tooManyCommitments: LintRule = {
  id: 'too-many-commitments',
  severity: 'warning',
  finds: `More clocks and targets than fit one page that people read: above ${COMMITMENT_COUNT_MAX}.`,
  advice: 'keep what both heads would defend in a review, and leave the rest to reports',
  look: ({ document }) => {
    const count = promisesOf(document).length;
    if (count <= COMMITMENT_COUNT_MAX) return [];
    return [{ path: ['clocks'], atKey: true, message: `${count} commitments do not fit one page` }];
  },
};
