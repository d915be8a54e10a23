import { parsePeople } from '../../src/documents/index.js';
import { agreementText, peopleText, places, readAgreement, spoilt } from './spec-agreement.js';

test('a directory has its teams, people, roles and absences', () => {
  const { value } = parsePeople(peopleText, 'people.yaml');
  expect(value!.teams[1]).toEqual({ id: 'sdr-west', manager: 'manager-west', calendar: 'sales-us-west' });
  expect(value!.people[5]).toEqual({ id: 'rep-partner-1', team: 'partners', email: 'rep-partner-1@sales.example' });
  expect(value!.roles['cmo']).toEqual(['cmo']);
  expect(value!.absences).toEqual([]);
});

describe('a mistake in a directory is told with its place', () => {
  test.each([
    {
      label: 'a manager who is nobody',
      passage: 'manager: manager-west',
      instead: 'manager: manager-wset',
      path: 'teams.1.manager',
      says: /Did you mean "manager-west"/,
    },
    {
      label: 'a team that there is not',
      passage: 'rep-east-1, team: sdr-east',
      instead: 'rep-east-1, team: sdr-eats',
      path: 'people.0.team',
      says: /no team "sdr-eats". Did you mean "sdr-east"/,
    },
    {
      label: 'a person who stands twice',
      passage: '{ id: rep-east-2',
      instead: '{ id: rep-east-1',
      path: 'people.1.id',
      says: /already stands in people/,
    },
    {
      label: 'a role of nobody',
      passage: 'cro: [cro]',
      instead: 'cro: [ceo]',
      path: 'roles.cro.0',
      says: /no person "ceo"/,
    },
    {
      label: 'a capacity below nothing',
      passage: 'capacity: 80',
      instead: 'capacity: -1',
      path: 'people.0.capacity',
      says: /found the number -1; expected a whole number of at least 0/,
    },
    {
      label: 'an unknown key',
      passage: 'email: cro@',
      instead: 'mail: cro@',
      path: 'people.9.mail',
      says: /known are id, team, email, calendar, capacity/,
    },
  ])('$label', ({ passage, instead, path, says }) => {
    const { text, line } = spoilt(peopleText, passage, instead);
    const { mistakes } = parsePeople(text, 'people.yaml');
    expect(places(mistakes)).toEqual([`${line} ${path}`]);
    expect(mistakes[0]!.message).toMatch(says);
  });

  test('an absence of nobody, to nobody, or that ends before it begins', () => {
    const absences =
      'absences:\n  - { person: x, from: 2026-11-02T00:00:00Z, until: 2026-11-01T00:00:00Z, delegate: y }\n';
    const { mistakes } = parsePeople(`${peopleText}${absences}`, 'people.yaml');
    expect(mistakes.map(({ path }) => path)).toEqual(['absences.0.person', 'absences.0.until', 'absences.0.delegate']);
  });
});

describe('an agreement against a directory', () => {
  const directory = parsePeople(peopleText, 'people.yaml').value!;
  const strangers = (text: string) => readAgreement(text, directory).mistakes;

  test('names nobody unknown when all teams, people and roles are there', () => {
    expect(strangers(agreementText)).toEqual([]);
  });

  test.each([
    {
      label: 'a team of the routing',
      passage: '{ rule: queue, team: sdr-east }',
      instead: '{ rule: queue, team: sdr-eats }',
      path: 'routing.5.team',
    },
    {
      label: 'the owner of a named account',
      passage: 'bigco.example: rep-east-2',
      instead: 'bigco.example: rep-east-9',
      path: 'routing.1.accounts.bigco.example',
    },
    {
      label: 'a recipient of a tier',
      passage: 'to: [cmo, cro] }',
      instead: 'to: [cmo, ceo] }',
      path: 'ladders.quality-dispute.1.to.1',
    },
    {
      label: 'a signer',
      passage: 'sales: head-of-sales',
      instead: 'sales: head-of-sale',
      path: 'signers.sales',
    },
    {
      label: 'the owner of a deliverable',
      passage: 'party: marketing, owner: marketing-ops, every: quarter',
      instead: 'party: marketing, owner: marketing-op, every: quarter',
      path: 'deliverables.0.owner',
    },
    {
      label: 'a guest of a review',
      passage: 'to: [owner-managers, marketing-ops]',
      instead: 'to: [owner-manager, marketing-ops]',
      path: 'reviews.weekly.to.0',
    },
    {
      label: 'a team with a calendar',
      passage: '  sales-us-west:',
      instead: '  sales-us-wst:',
      path: 'calendars',
    },
  ])('$label who is unknown is told with the place', ({ passage, instead, path }) => {
    const { text, line } = spoilt(agreementText, passage, instead);
    expect(places(strangers(text)).map((place) => place.replace(/^\d+ calendars$/, `${line} calendars`))).toEqual([
      `${line} ${path}`,
    ]);
  });
});
