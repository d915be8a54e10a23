import {
  findCalendarMistakes,
  hoursPerDay,
  isUnbroken,
  usesDays,
  type Instant,
} from '../domain/business-time/index.js';
import type { Directory } from '../domain/routing/directory.js';
import {
  agreementSchema,
  type AgreementDocument,
  type WrittenClock,
  type WrittenCondition,
} from './agreement-schema.js';
import type { CalendarKeys } from './calendar-keys.js';
import { guess, listed } from './closed-words.js';
import { dottedPath, type Flaw, type NodePath } from './mistake.js';
import { salvage } from './salvage.js';
import { checkValue, valueAt, type Checked } from './schema-flaws.js';
import { flawsOfStrangers } from './strangers.js';

type Calendars = AgreementDocument['calendars'];

/** Names that the document gives to its parts, also to those that have mistakes of their own. */
interface GivenNames {
  readonly calendar: readonly string[];
  readonly ladder: readonly string[];
  readonly segment: readonly string[];
  readonly review: readonly string[];
}

/** A duration of a clock or its ladder, to which spec T1 applies. */
interface OpenTimeText {
  readonly path: NodePath;
  readonly text: string;
}

/** What an agreement is checked for. */
export interface AgreementCheck {
  /** From when on its calendars must open. */
  readonly at: Instant;
  /** Where it is given, the people, teams and roles that the agreement names must be in it. */
  readonly directory?: Directory;
}

/**
 * Checks a whole agreement: the kind of every value, then, in all parts that are of the right kind, what they name,
 * days on calendars with breaks (spec T1) and calendars that never open in the two years from `at` (spec T5).
 */
export function checkAgreement(
  value: unknown,
  calendars: CalendarKeys,
  { at, directory }: AgreementCheck,
): Checked<AgreementDocument> {
  const checked = checkValue(agreementSchema, value);
  const sound = checked.value ?? salvage(agreementSchema, value, checked.flaws);
  const meaningFlaws = sound === undefined ? [] : flawsOfMeaning(sound, givenNames(value), calendars, at);
  const strangers = sound === undefined || directory === undefined ? [] : flawsOfStrangers(sound, directory);
  const flaws = [...checked.flaws, ...meaningFlaws, ...strangers];
  return flaws.length === 0 ? { value: sound!, flaws: [] } : { flaws };
}

function givenNames(value: unknown): GivenNames {
  const segments = valueAt(value, ['segments']);
  return {
    calendar: Object.keys(valueAt(value, ['calendars']) ?? {}),
    ladder: Object.keys(valueAt(value, ['ladders']) ?? {}),
    segment: Array.isArray(segments) ? segments.map((segment) => String(valueAt(segment, ['name']))) : [],
    review: Object.keys(valueAt(value, ['reviews']) ?? {}),
  };
}

function flawsOfMeaning(document: AgreementDocument, names: GivenNames, calendars: CalendarKeys, at: Instant): Flaw[] {
  const calendarFlaws = flawsOfCalendars(document, calendars);
  const readable = readableCalendars(document.calendars, calendarFlaws);
  return [
    ...calendarFlaws,
    ...flawsOfClosedCalendars(readable, calendars, at),
    ...flawsOfNames(document, names),
    ...flawsOfRepetition(document),
    ...flawsOfDays(document, readable),
  ];
}

function flawsOfCalendars({ timeZone, calendars }: AgreementDocument, keys: CalendarKeys): Flaw[] {
  const reportZone = timeZone === undefined || keys.knowsZone(timeZone) ? [] : [unknownZone(timeZone, keys)];
  const inCalendars = Object.entries(calendars).flatMap(([name, definition]) =>
    findCalendarMistakes(definition, keys.knowsZone).map(({ path, message }) => ({
      path: ['calendars', name, ...path],
      message: path[0] === 'timeZone' ? unknownZone(definition.timeZone, keys).message : message,
    })),
  );
  return [...reportZone, ...inCalendars];
}

function unknownZone(timeZone: string, { zoneNames = [] }: CalendarKeys): Flaw {
  const near = guess(timeZone, zoneNames);
  const advice = near === '' ? '; write one such as "America/New_York"' : near;
  return { path: ['timeZone'], message: `"${timeZone}" is no IANA time zone${advice}` };
}

function readableCalendars(calendars: Calendars, flaws: readonly Flaw[]): Calendars {
  const unreadable = new Set(flaws.filter(({ path }) => path[0] === 'calendars').map(({ path }) => path[1]));
  return Object.fromEntries(Object.entries(calendars).filter(([name]) => !unreadable.has(name)));
}

function flawsOfClosedCalendars(readable: Calendars, { hasNoOpenTime }: CalendarKeys, at: Instant): Flaw[] {
  return Object.entries(readable)
    .filter(([, definition]) => hasNoOpenTime(definition, at))
    .map(([name]) => ({
      path: ['calendars', name],
      atKey: true,
      message:
        `calendar "${name}" has no open time in the two years from ${new Date(at).toISOString().slice(0, 10)}; ` +
        'give it hours or dated exceptions',
    }));
}

/** Everything that speaks of a part of the document by a name that the document does not give. */
function flawsOfNames(document: AgreementDocument, names: GivenNames): Flaw[] {
  const must = (kind: keyof GivenNames, name: string | undefined, path: NodePath): Flaw[] =>
    name === undefined || names[kind].includes(name) ? [] : [unknownName(kind, name, names[kind], path)];
  const inConditions = (conditions: readonly WrittenCondition[] | undefined, path: NodePath) =>
    (conditions ?? []).flatMap((condition, index) =>
      'segment' in condition ? must('segment', condition.segment, [...path, index, 'segment']) : [],
    );
  const { clocks, routing = [], targets = {}, reviews = {}, breaches = {} } = document;
  return [
    ...must('calendar', document.defaultCalendar, ['defaultCalendar']),
    ...Object.entries(targets).flatMap(([name, { bySegment = {} }]) =>
      Object.keys(bySegment).flatMap((segment) => must('segment', segment, ['targets', name, 'bySegment', segment])),
    ),
    ...Object.entries(clocks).flatMap(([name, { calendar, ladder, overrides = [] }]) => [
      ...overrides.flatMap(({ when }, index) => inConditions(when, ['clocks', name, 'overrides', index, 'when'])),
      ...must('calendar', calendar, ['clocks', name, 'calendar']),
      ...must('ladder', ladder, ['clocks', name, 'ladder']),
    ]),
    ...routing.flatMap(({ when }, index) => inConditions(when, ['routing', index, 'when'])),
    ...Object.entries(reviews).flatMap(([name, { calendar }]) =>
      must('calendar', calendar, ['reviews', name, 'calendar']),
    ),
    ...must('review', breaches.first, ['breaches', 'first']),
    ...must('review', breaches.second, ['breaches', 'second']),
  ];
}

function unknownName(kind: string, name: string, names: readonly string[], path: NodePath): Flaw {
  const known =
    names.length === 0 ? `the agreement has no ${kind}` : `there are ${listed(names).replace(/ or /, ' and ')}`;
  return { path, message: `there is no ${kind} "${name}" in this agreement; ${known}${guess(name, names)}` };
}

function flawsOfRepetition({ segments = [], reasons = {}, clocks }: AgreementDocument): Flaw[] {
  const { rejection = [], disposition = [] } = reasons;
  const idsOf = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  return [
    ...twice(
      ['segments'],
      'name',
      segments.map(({ name }) => name),
    ),
    ...Object.entries(clocks).flatMap(([name, { warn = [] }]) => twice(['clocks', name, 'warn'], undefined, warn)),
    ...twice(['reasons', 'rejection'], 'id', idsOf(rejection)),
    ...twice(['reasons', 'disposition'], 'id', idsOf(disposition)),
  ];
}

function twice(list: NodePath, key: string | undefined, names: readonly string[]): Flaw[] {
  return names.flatMap((name, index) => {
    const firstIndex = names.indexOf(name);
    if (firstIndex === index) return [];
    const path = [...list, index, ...(key === undefined ? [] : [key])];
    return [{ path, message: `"${name}" already stands at ${[...list, firstIndex].join('.')}; write it once` }];
  });
}

/** Days and weeks where an hour of the day may be closed (spec T1); a ladder's are told once, for the first clock. */
function flawsOfDays(document: AgreementDocument, readable: Calendars): Flaw[] {
  const flaws = new Map<string, Flaw>();
  for (const [name, clock] of Object.entries(document.clocks)) {
    if (mayCountDays(clock, readable)) continue;
    for (const { path, text } of [...textsOfClock(name, clock), ...textsOfLadder(document, clock)]) {
      const place = dottedPath(path);
      if (!usesDays(text) || flaws.has(place)) continue;
      flaws.set(place, { path, message: daysRefused(text, name, clock, document, readable) });
    }
  }
  return [...flaws.values()];
}

/** A calendar that is not there or cannot be read has told its own mistakes: no more are made of it. */
function mayCountDays({ calendar }: WrittenClock, readable: Calendars): boolean {
  if (calendar === undefined) return false;
  const definition = readable[calendar];
  return definition === undefined || isUnbroken(definition);
}

function textsOfClock(name: string, { within, overrides = [], warn = [] }: WrittenClock): OpenTimeText[] {
  const path = ['clocks', name];
  return [
    { path: [...path, 'within'], text: within },
    ...overrides.map((override, index) => ({ path: [...path, 'overrides', index, 'within'], text: override.within })),
    ...warn.map((point, index) => ({ path: [...path, 'warn', index], text: point.replace(/ left$/, '') })),
  ];
}

function textsOfLadder({ ladders = {} }: AgreementDocument, { ladder }: WrittenClock): OpenTimeText[] {
  if (ladder === undefined) return [];
  return (ladders[ladder] ?? []).flatMap(({ after, holdOnAcknowledge }, index) => [
    { path: ['ladders', ladder, index, 'after'], text: after ?? '' },
    { path: ['ladders', ladder, index, 'holdOnAcknowledge'], text: holdOnAcknowledge ?? '' },
  ]);
}

function daysRefused(
  text: string,
  clockName: string,
  { calendar }: WrittenClock,
  { defaultCalendar }: AgreementDocument,
  readable: Calendars,
): string {
  const broken = Object.keys(readable).find((name) => !isUnbroken(readable[name]!));
  const measure = calendar ?? (defaultCalendar in readable ? defaultCalendar : (broken ?? defaultCalendar));
  const definition = readable[measure];
  const unbroken = Object.keys(readable).find((name) => isUnbroken(readable[name]!));
  const runsOn = calendar === undefined ? "the calendar of the lead's owner" : `"${calendar}", which closes`;
  return (
    `"${text}" counts days, but clock "${clockName}" runs on ${runsOn}; ` +
    (definition === undefined ? '' : `a business day of "${measure}" has ${hoursPerDay(definition)}: `) +
    `write hours, or give the clock a calendar that is open without a break${unbroken === undefined ? '' : `, such as "${unbroken}"`}`
  );
}
