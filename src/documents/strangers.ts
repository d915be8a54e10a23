import type { Directory } from '../domain/routing/directory.js';
import type { AgreementDocument } from './agreement-schema.js';
import { guess } from './closed-words.js';
import type { Flaw, NodePath } from './mistake.js';

/** Who a ladder may name besides people and roles (spec L3). */
const relationsOfLadders = ['owner', 'owner-manager'];
/** Who is asked to a review besides people and roles. */
const relationsOfReviews = ['owner-managers'];

/**
 * Teams, people and roles that an agreement names and a directory does not have, and calendars on which its teams and
 * people work and that the agreement does not have. The directory is operational data and may change after the
 * agreement is signed, so this is a check of both together, not of the agreement.
 */
export function flawsOfStrangers(document: AgreementDocument, directory: Directory): Flaw[] {
  return [
    ...flawsOfAddressees(document, directory),
    ...flawsOfRouting(document, directory),
    ...flawsOfCalendars(document, directory),
  ];
}

/** Everything that is addressed: signers, tiers, owners of deliverables, guests of reviews. */
function flawsOfAddressees(document: AgreementDocument, { people, roles }: Directory): Flaw[] {
  const { signers, ladders = {}, deliverables = [], reviews = {} } = document;
  const known = [...Object.keys(roles), ...people.map(({ id }) => id)];
  const mustBe = (words: readonly string[], path: NodePath, relations: readonly string[]) =>
    words.flatMap((word, index) => must('role or person', word, [...relations, ...known], [...path, index]));
  return [
    ...Object.entries(signers ?? {}).flatMap(([party, word]) =>
      must('role or person', word, known, ['signers', party]),
    ),
    ...Object.entries(ladders).flatMap(([name, tiers]) =>
      tiers.flatMap(({ to }, tier) => mustBe(to, ['ladders', name, tier, 'to'], relationsOfLadders)),
    ),
    ...deliverables.flatMap(({ owner }, index) =>
      must('role or person', owner, known, ['deliverables', index, 'owner']),
    ),
    ...Object.entries(reviews).flatMap(([name, { to }]) => mustBe(to, ['reviews', name, 'to'], relationsOfReviews)),
  ];
}

function flawsOfRouting({ routing = [] }: AgreementDocument, { people, teams }: Directory): Flaw[] {
  const teamIds = teams.map(({ id }) => id);
  const personIds = people.map(({ id }) => id);
  return routing.flatMap((rule, index) => [
    ...('team' in rule ? must('team', rule.team, teamIds, ['routing', index, 'team']) : []),
    ...Object.entries('accounts' in rule ? rule.accounts : {}).flatMap(([account, person]) =>
      must('person', person, personIds, ['routing', index, 'accounts', account]),
    ),
  ]);
}

/** Only of teams that get leads by this agreement: others may work by another one. */
function flawsOfCalendars({ calendars, routing = [] }: AgreementDocument, { people, teams }: Directory): Flaw[] {
  const routed = new Set(routing.flatMap((rule) => ('team' in rule ? [rule.team] : [])));
  const workers = [
    ...teams.filter(({ id }) => routed.has(id)),
    ...people.filter(({ team }) => team !== undefined && routed.has(team)),
  ];
  return workers
    .flatMap(({ id, calendar }) => (calendar === undefined ? [] : [{ id, calendar }]))
    .filter(({ calendar }) => !(calendar in calendars))
    .map(({ id, calendar }) => ({
      path: ['calendars'],
      atKey: true,
      message: `"${id}" works on calendar "${calendar}", which this agreement does not have${guess(calendar, Object.keys(calendars))}`,
    }));
}

function must(kind: string, word: string, known: readonly string[], path: NodePath): Flaw[] {
  if (known.includes(word)) return [];
  return [{ path, message: `there is no ${kind} "${word}" in the directory${guess(word, known)}` }];
}
