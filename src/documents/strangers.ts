import type { Directory } from '../domain/routing/directory.js';
import type { AgreementDocument } from './agreement-schema.js';
import { guess } from './closed-words.js';
import { readLocated } from './located-text.js';
import { inOrder, type Flaw, type Mistake, type NodePath } from './mistake.js';

/** Who a ladder may name besides people and roles (spec L3). */
const relations = ['owner', 'owner-manager'];

/**
 * Teams, people and roles that an agreement names and a directory does not have. The directory is operational data
 * and may change after the agreement is signed, so this is a check of both together, not of the agreement.
 */
export function findStrangers(
  text: string,
  file: string,
  document: AgreementDocument,
  directory: Directory,
): readonly Mistake[] {
  const { value: located } = readLocated(text, file);
  return located === undefined ? [] : inOrder(flawsOfStrangers(document, directory).map(located.locate));
}

function flawsOfStrangers({ ladders = {}, routing = [] }: AgreementDocument, directory: Directory): Flaw[] {
  const people = directory.people.map(({ id }) => id);
  const teams = directory.teams.map(({ id }) => id);
  const addressees = [...relations, ...Object.keys(directory.roles), ...people];
  const inLadders = Object.entries(ladders).flatMap(([name, tiers]) =>
    tiers.flatMap(({ to }, tier) =>
      to.flatMap((word, index) => must('role or person', word, addressees, ['ladders', name, tier, 'to', index])),
    ),
  );
  const inRouting = routing.flatMap((rule, index) => [
    ...('team' in rule ? must('team', rule.team, teams, ['routing', index, 'team']) : []),
    ...Object.entries('accounts' in rule ? rule.accounts : {}).flatMap(([account, person]) =>
      must('person', person, people, ['routing', index, 'accounts', account]),
    ),
  ]);
  return [...inLadders, ...inRouting];
}

function must(kind: string, word: string, known: readonly string[], path: NodePath): Flaw[] {
  if (known.includes(word)) return [];
  return [{ path, message: `there is no ${kind} "${word}" in the directory${guess(word, known)}` }];
}
