import type { RoutingRule } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type {
  Answer,
  DirectoryQuestion,
  NextOwnerQuestion,
  RecipientsQuestion,
  RouteAnswer,
  RouteQuestion,
} from '../lifecycle/questions.js';
import { allHold } from '../qualification/index.js';
import type { Directory, HolderRef, Person, Workload } from './directory.js';

/** Answers a step's question from the directory as known now, for the question's own instant; pure. */
export function answerFromDirectory(question: DirectoryQuestion, directory: Directory, workload: Workload): Answer {
  switch (question.kind) {
    case 'person':
      return holderFor(directory, question.person);
    case 'recipients':
      return recipients(question, directory);
    case 'next-owner':
      return nextOwner(question, directory, workload);
    case 'route':
      return route(question, directory, workload);
  }
}

const personOf = (directory: Directory, id: string): Person | undefined =>
  directory.people.find((person) => person.id === id);

const teamOf = (directory: Directory, id: string | null) => directory.teams.find((team) => team.id === id);

/** A person as holder of a lead, with team and calendar; null for somebody unknown. */
function holderFor(directory: Directory, id: string): HolderRef | null {
  const person = personOf(directory, id);
  if (!person) return null;
  const team = teamOf(directory, person.team ?? null);
  return { owner: id, queue: null, team: person.team ?? null, calendar: person.calendar ?? team?.calendar ?? null };
}

const queueOf = (directory: Directory, team: string): HolderRef => ({
  owner: null,
  queue: team,
  team,
  calendar: teamOf(directory, team)?.calendar ?? null,
});

const absenceOf = (directory: Directory, person: string, at: Instant) =>
  directory.absences.find((absence) => absence.person === person && absence.from <= at && at < absence.until);

/** Not absent and holding fewer open leads than their capacity (spec O1). */
function isAvailable(directory: Directory, workload: Workload, id: string, at: Instant): boolean {
  const person = personOf(directory, id);
  if (!person || absenceOf(directory, id, at)) return false;
  return person.capacity === undefined || (workload.openLeadCounts[id] ?? 0) < person.capacity;
}

function recipients(question: RecipientsQuestion, directory: Directory): readonly string[] {
  const named = question.to.flatMap((word) => peopleFor(word, question, directory));
  const present = named.flatMap((person) => standIn(directory, person, question.asOf));
  return [...new Set(present)];
}

function peopleFor(word: string, { owner, team }: RecipientsQuestion, directory: Directory): readonly string[] {
  if (word === 'owner') return owner === null ? [] : [owner];
  if (word === 'owner-manager') return teamOf(directory, team) ? [teamOf(directory, team)!.manager] : [];
  return directory.roles[word] ?? (personOf(directory, word) ? [word] : []);
}

/** The person, or if absent the delegate; nobody if that one is missing or absent too (spec L3). */
export function standIn(directory: Directory, person: string, at: Instant): readonly string[] {
  const absences = directory.absences.filter(
    (absence) => absence.person === person && absence.from <= at && at < absence.until,
  );
  if (absences.length === 0) return [person];
  const delegate = absences.find((absence) => absence.delegate !== undefined)?.delegate;
  return delegate === undefined || absenceOf(directory, delegate, at) ? [] : [delegate];
}

function nextOwner(question: NextOwnerQuestion, directory: Directory, workload: Workload): HolderRef | null {
  const candidates = availableMembers(directory, workload, question.team, question.asOf);
  const next = roundRobin(
    candidates.filter((id) => !question.exclude.includes(id)),
    workload,
  );
  return next === undefined ? null : holderFor(directory, next);
}

const availableMembers = (directory: Directory, workload: Workload, team: string, at: Instant): readonly string[] =>
  directory.people
    .filter((person) => person.team === team)
    .map((person) => person.id)
    .filter((id) => isAvailable(directory, workload, id, at));

/** Who was given a lead longest ago; never-given ones first; ties by id (spec O2). */
function roundRobin(candidates: readonly string[], { lastGivenAt }: Workload): string | undefined {
  const givenAt = (id: string): number => lastGivenAt[id] ?? Number.NEGATIVE_INFINITY;
  const inTurn = (a: string, b: string): number => {
    if (givenAt(a) !== givenAt(b)) return givenAt(a) < givenAt(b) ? -1 : 1;
    return a < b ? -1 : 1;
  };
  return [...candidates].sort(inTurn)[0];
}

function route(question: RouteQuestion, directory: Directory, workload: Workload): RouteAnswer {
  const { lastOwner, asOf } = question;
  if (lastOwner !== null && isAvailable(directory, workload, lastOwner, asOf)) {
    return { holder: holderFor(directory, lastOwner)!, routedBy: 'same-owner' };
  }
  for (const rule of question.rules) {
    const holder = ruleApplies(rule, question) ? yieldOf(rule, question, directory, workload) : null;
    if (holder) return { holder, routedBy: rule.rule };
  }
  return { holder: { owner: null, queue: null, team: null, calendar: null }, routedBy: 'nobody' };
}

const ruleApplies = (rule: RoutingRule, question: RouteQuestion): boolean =>
  allHold(rule.when, {
    at: question.asOf,
    fields: question.fields,
    signals: question.signals,
    segment: question.segment,
    priority: question.priority,
  });

function yieldOf(
  rule: RoutingRule,
  question: RouteQuestion,
  directory: Directory,
  workload: Workload,
): HolderRef | null {
  const ifAvailable = (id: unknown): HolderRef | null =>
    typeof id === 'string' && isAvailable(directory, workload, id, question.asOf) ? holderFor(directory, id) : null;
  switch (rule.rule) {
    case 'existing-owner':
      return ifAvailable(question.lastOwner ?? question.fields['existingOwner']);
    case 'named-account':
      return ifAvailable(question.emailDomain === null ? undefined : rule.accounts[question.emailDomain]);
    case 'partner':
    case 'round-robin':
      return ifAvailable(roundRobin(availableMembers(directory, workload, rule.team, question.asOf), workload));
    case 'queue':
      return queueOf(directory, rule.team);
  }
}
