import * as z from 'zod';
import type { Absence, Directory } from '../domain/routing/directory.js';
import { guess } from './closed-words.js';
import { readLocated } from './located-text.js';
import { inOrder, type Flaw, type NodePath, type Reading } from './mistake.js';
import { count, instant, text } from './scalars.js';
import { checkValue } from './schema-flaws.js';

const { strictObject, array, record, int } = z;

export const absenceSchema = strictObject({ person: text, from: instant, until: instant, delegate: text.optional() });

const peopleSchema = strictObject({
  teams: array(strictObject({ id: text, manager: text, calendar: text.optional() })),
  people: array(
    strictObject({
      id: text,
      team: text.optional(),
      email: text.optional(),
      calendar: text.optional(),
      capacity: count.optional(),
      dailySteps: int().min(1, { error: 'a whole number of at least 1' }).optional(),
    }),
  ),
  roles: record(z.string(), array(text)).optional(),
  absences: array(absenceSchema).optional(),
});

/** Reads a directory of teams, people, roles and, where it has them, absences. */
export function parsePeople(content: string, file: string): Reading<Directory> {
  const { value: located, mistakes } = readLocated(content, file);
  if (located === undefined) return { mistakes };
  const checked = checkValue(peopleSchema, located.value);
  if (checked.value === undefined) return { mistakes: inOrder(checked.flaws.map(located.locate)) };
  const directory: Directory = { roles: {}, absences: [], ...checked.value };
  const flaws = flawsOfDirectory(directory);
  return flaws.length === 0 ? { value: directory, mistakes: [] } : { mistakes: inOrder(flaws.map(located.locate)) };
}

/** What is wrong with absences, which stand at `path`: people that there are not, and ends before the beginning. */
export function flawsOfAbsences(absences: readonly Absence[], directory: Directory, path: NodePath): Flaw[] {
  const knows = personCheck(directory);
  return absences.flatMap(({ person, from, until, delegate }, index) => [
    ...knows(person, [...path, index, 'person']),
    ...knows(delegate, [...path, index, 'delegate']),
    ...(from < until ? [] : [{ path: [...path, index, 'until'], message: 'the absence ends before it begins' }]),
  ]);
}

/** Says so of a person whom the directory does not have. */
export function personCheck({ people }: Directory): (id: string | undefined, path: NodePath) => Flaw[] {
  const ids = people.map(({ id }) => id);
  return (id, path) =>
    id === undefined || ids.includes(id)
      ? []
      : [
          {
            path,
            message: `there is no person "${id}" in the directory${guess(id, ids) || '; add them to its people'}`,
          },
        ];
}

function flawsOfDirectory(directory: Directory): Flaw[] {
  const { teams, people, roles, absences } = directory;
  const knows = personCheck(directory);
  const teamIds = teams.map(({ id }) => id);
  return [
    ...twice('teams', teamIds),
    ...teams.flatMap(({ manager }, index) => knows(manager, ['teams', index, 'manager'])),
    ...twice(
      'people',
      people.map(({ id }) => id),
    ),
    ...people.flatMap(({ team }, index) =>
      team === undefined || teamIds.includes(team)
        ? []
        : [
            {
              path: ['people', index, 'team'],
              message: `there is no team "${team}"${guess(team, teamIds) || '; add it to teams'}`,
            },
          ],
    ),
    ...Object.entries(roles).flatMap(([role, holders]) =>
      holders.flatMap((person, index) => knows(person, ['roles', role, index])),
    ),
    ...flawsOfAbsences(absences, directory, ['absences']),
  ];
}

function twice(list: string, ids: readonly string[]): Flaw[] {
  return ids.flatMap((id, index) =>
    ids.indexOf(id) === index
      ? []
      : [{ path: [list, index, 'id'], message: `"${id}" already stands in ${list}; write it once` }],
  );
}
