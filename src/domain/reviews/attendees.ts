import type { Instant } from '../business-time/index.js';
import { standIn } from '../routing/answer.js';
import type { Directory } from '../routing/directory.js';

/**
 * Who is asked to a review, in the order of its list and nobody twice: roles, people, and `owner-managers`, the managers
 * of all teams. Whoever is absent at that instant is represented by the delegate.
 */
export function peopleAskedTo(to: readonly string[], directory: Directory, at: Instant): readonly string[] {
  const named = to.flatMap((word) => peopleNamed(word, directory));
  return [...new Set(named.flatMap((person) => standIn(directory, person, at)))];
}

function peopleNamed(word: string, { people, teams, roles }: Directory): readonly string[] {
  if (word === 'owner-managers') return teams.map(({ manager }) => manager);
  return roles[word] ?? people.filter(({ id }) => id === word).map(({ id }) => id);
}
