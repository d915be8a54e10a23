import type { AgreementDocument, WrittenCondition } from '../agreement-schema.js';
import { nearestWord } from '../closed-words.js';
import type { Flaw, NodePath } from '../mistake.js';
import type { LintRule } from './rule.js';

/** What the engine itself fills in or reads. */
const fieldsOfEngine = ['email', 'emailDomain', 'score', 'existingOwner'];

/** A name that nothing defines: the same word elsewhere in the document is all that speaks for it. */
interface Mention {
  readonly kind: 'field' | 'action' | 'signal';
  readonly name: string;
  /** Absent in a mere list: firstName beside lastName is no mistake. */
  readonly path?: NodePath;
}

export const probableTypo: LintRule = {
  id: 'probable-typo',
  severity: 'warning',
  finds: 'A condition on a field, action or signal named nowhere else, and almost like one that is.',
  advice: 'write both alike; if they are different things, nothing is wrong',
  look: ({ document }) => {
    const mentions = mentionsOf(document);
    return mentions.flatMap(({ kind, name, path }, index): Flaw[] => {
      const others = mentions.filter((other, at) => at !== index && other.kind === kind).map((other) => other.name);
      const known = kind === 'field' ? [...others, ...fieldsOfEngine] : others;
      if (path === undefined || known.includes(name)) return [];
      const near = nearestWord(name, known);
      if (near === undefined) return [];
      return [{ path, message: `no other place names ${kind} "${name}", but one names "${near}"` }];
    });
  },
};

function mentionsOf(document: AgreementDocument): readonly Mention[] {
  const { qualification = {}, segments = [], clocks, routing = [], attribution = {} } = document;
  const { mql = {}, highPriority, requiredFields, enrichedFields } = qualification;
  return [
    ...listOf('field', requiredFields),
    ...listOf('field', enrichedFields),
    ...listOf('action', attribution.marketing),
    ...inConditions(mql.fit, ['qualification', 'mql', 'fit']),
    ...inConditions(mql.engagement, ['qualification', 'mql', 'engagement']),
    ...inConditions(mql.exclude, ['qualification', 'mql', 'exclude']),
    ...inConditions(highPriority, ['qualification', 'highPriority']),
    ...segments.flatMap(({ when }, index) => inConditions(when, ['segments', index, 'when'])),
    ...Object.entries(clocks).flatMap(([name, { overrides = [] }]) =>
      overrides.flatMap(({ when }, index) => inConditions(when, ['clocks', name, 'overrides', index, 'when'])),
    ),
    ...routing.flatMap(({ when }, index) => inConditions(when, ['routing', index, 'when'])),
  ];
}

const listOf = (kind: Mention['kind'], names: readonly string[] = []): readonly Mention[] =>
  names.map((name) => ({ kind, name }));

const inConditions = (conditions: readonly WrittenCondition[] = [], path: NodePath): readonly Mention[] =>
  conditions.flatMap((condition, index): readonly Mention[] => {
    if ('field' in condition) return [{ kind: 'field', name: condition.field, path: [...path, index, 'field'] }];
    if ('action' in condition) return [{ kind: 'action', name: condition.action, path: [...path, index, 'action'] }];
    return 'signal' in condition ? [{ kind: 'signal', name: condition.signal, path: [...path, index, 'signal'] }] : [];
  });
