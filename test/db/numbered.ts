import type { PastFact, PastLead } from '../../src/domain/what-if/past-lead.js';

/** A lead as it is kept: each command is called by its number among the facts, '' if it is none of them. */
export function numbered({ story, ...lead }: PastLead): PastLead {
  const ids = story.facts.map(({ command }) => command.id);
  const numberOf = (id: string): string => String(ids.indexOf(id) + 1 || '');
  const facts = story.facts.map(({ command, touchSaidBy }): PastFact => ({
    command: { ...command, id: numberOf(command.id) },
    ...(touchSaidBy !== undefined && { touchSaidBy: numberOf(touchSaidBy) }),
  }));
  return { ...lead, story: { ...story, facts } };
}
