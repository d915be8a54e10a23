import { dirname, isAbsolute, join } from 'node:path';
import * as z from 'zod';
import type { AgreementTerms, Fields } from '../domain/agreement/index.js';
import type { Instant } from '../domain/business-time/index.js';
import type { Signal } from '../domain/lifecycle/events.js';
import type { Directory } from '../domain/routing/directory.js';
import { checkAgreement } from './agreement-flaws.js';
import type { AgreementDocument } from './agreement-schema.js';
import { termsOf } from './agreement-terms.js';
import type { CalendarKeys } from './calendar-keys.js';
import { readLocated, type LocatedText } from './located-text.js';
import { inOrder, type Flaw, type Mistake, type NodePath, type Reading } from './mistake.js';
import { absenceSchema, flawsOfAbsences, parsePeople, personCheck } from './people.js';
import { fieldValue, formatInstant, instant, parseInstant, text } from './scalars.js';
import { salvage } from './salvage.js';
import { expectationsSchema, type Expectations } from './scenario-expectations.js';
import { factSchema, leadSignalSchema, type ScenarioFact } from './scenario-facts.js';
import { checkValue, valueAt } from './schema-flaws.js';
import { setPaths, type Lines } from './set-paths.js';

const { strictObject, array, record } = z;

const scenarioSchema = strictObject({
  scenario: text,
  agreement: text,
  set: record(z.string(), z.unknown()).optional(),
  people: text,
  absences: array(absenceSchema).optional(),
  lead: strictObject({
    at: instant,
    owner: text.optional(),
    fields: record(z.string(), fieldValue),
    signals: array(leadSignalSchema).optional(),
    notifiedAt: instant.optional(),
  }),
  facts: array(factSchema).optional(),
  until: instant,
  expect: expectationsSchema,
});
type WrittenScenario = z.infer<typeof scenarioSchema>;

/** What must happen to a lead when certain facts occur at certain instants, with all that it speaks of read. */
export interface Scenario {
  readonly name: string;
  readonly file: string;
  /** The agreement with the scenario's lines set; `apply-agreement` goes on from it. */
  readonly agreement: AgreementDocument;
  readonly terms: AgreementTerms;
  readonly directory: Directory;
  readonly lead: {
    readonly at: Instant;
    readonly owner?: string;
    readonly fields: Fields;
    readonly signals: readonly Signal[];
    readonly notifiedAt: Instant;
  };
  /** In the order of the file. */
  readonly facts: readonly ScenarioFact[];
  readonly until: Instant;
  readonly expect: Expectations;
}

/** Where scenarios get the files they name. */
export interface ScenarioSources {
  readonly calendars: CalendarKeys;
  /** The text of a file; `undefined` if it cannot be read. */
  readText(path: string): string | undefined;
}

/**
 * Reads a scenario with the agreement and the people it names, whose paths are relative to it.
 * Facts, a notification or an end before the hand-off make it invalid.
 */
export function readScenario(file: string, sources: ScenarioSources): Reading<Scenario> {
  const content = sources.readText(file);
  if (content === undefined) return { mistakes: [unreadable(file, 'a scenario file')] };
  const { value: located, mistakes } = readLocated(content, file);
  if (located === undefined) return { mistakes };
  const { value: whole, flaws } = checkValue(scenarioSchema, located.value);
  const ownMistakes = [...flaws, ...flawsOfTime(located.value)].map(located.locate);
  const written = whole ?? salvage(scenarioSchema, located.value, flaws);
  if (written === undefined) return { mistakes: inOrder(ownMistakes) };
  const people = readDirectory(written, located, sources);
  const agreement = readAgreement(written, located, sources);
  if (ownMistakes.length > 0 || agreement.value === undefined || people.value === undefined) {
    return { mistakes: inOrder([...ownMistakes, ...agreement.mistakes, ...people.mistakes]) };
  }
  return { value: assemble(written, file, agreement.value, people.value, sources.calendars), mistakes: [] };
}

function assemble(
  { scenario, lead, facts = [], until, expect }: WrittenScenario,
  file: string,
  agreement: AgreementDocument,
  directory: Directory,
  calendars: CalendarKeys,
): Scenario {
  return {
    name: scenario,
    file,
    agreement,
    terms: termsOf(agreement, { version: 1 }, calendars),
    directory,
    lead: { ...lead, signals: lead.signals ?? [], notifiedAt: lead.notifiedAt ?? lead.at },
    facts: facts.map((fact, index) => ({ ...fact, index })),
    until,
    expect,
  };
}

/** Paths are relative to the file that names them, unless they begin at the root. */
const placeOf = (path: string, { file }: LocatedText): string => (isAbsolute(path) ? path : join(dirname(file), path));

function readDirectory(written: WrittenScenario, located: LocatedText, sources: ScenarioSources): Reading<Directory> {
  const path = placeOf(written.people, located);
  const content = sources.readText(path);
  if (content === undefined) return { mistakes: [missingFile(located, 'people', path)] };
  const read = parsePeople(content, path);
  if (read.value === undefined) return read;
  const { absences = [], lead } = written;
  const flaws = [
    ...flawsOfAbsences(absences, read.value, ['absences']),
    ...personCheck(read.value)(lead.owner, ['lead', 'owner']),
  ];
  if (flaws.length > 0) return { mistakes: inOrder(flaws.map(located.locate)) };
  return { value: { ...read.value, absences: [...read.value.absences, ...absences] }, mistakes: [] };
}

function readAgreement(
  written: WrittenScenario,
  located: LocatedText,
  sources: ScenarioSources,
): Reading<AgreementDocument> {
  const path = placeOf(written.agreement, located);
  const content = sources.readText(path);
  if (content === undefined) return { mistakes: [missingFile(located, 'agreement', path)] };
  const { value: original, mistakes } = readOnce(content, path, sources);
  if (original === undefined) return { mistakes };
  return checkWithLines(original, written.set ?? {}, located, { calendars: sources.calendars, at: written.lead.at });
}

interface ReadText {
  readonly content: string;
  readonly reading: Reading<LocatedText>;
}

const lastRead = new WeakMap<ScenarioSources, Map<string, ReadText>>();

/** As `readLocated`, but anew only where the text has changed: a folder of scenarios speaks of one agreement. */
function readOnce(content: string, path: string, sources: ScenarioSources): Reading<LocatedText> {
  const texts = lastRead.get(sources) ?? new Map<string, ReadText>();
  lastRead.set(sources, texts);
  const known = texts.get(path);
  if (known?.content === content) return known.reading;
  const reading = readLocated(content, path);
  texts.set(path, { content, reading });
  return reading;
}

/** A mistake that a line of `set` made is told where that line stands; all others where the agreement has them. */
function checkWithLines(
  original: LocatedText,
  lines: Lines,
  scenario: LocatedText,
  { calendars, at }: { readonly calendars: CalendarKeys; readonly at: Instant },
): Reading<AgreementDocument> {
  const set = setPaths(original.value, lines);
  if (set.places === undefined) {
    return { mistakes: set.flaws.map((flaw) => scenario.locate({ ...flaw, path: ['set', ...flaw.path] })) };
  }
  const checked = checkAgreement(set.document, calendars, { at });
  if (checked.value !== undefined) return { value: checked.value, mistakes: [] };
  const locate = (flaw: Flaw): Mistake => {
    const line = [...set.places].find(([, place]) => isWithin(flaw.path, place));
    if (line === undefined) return original.locate(flaw);
    const [key, place] = line;
    return scenario.locate({ ...flaw, path: ['set', key, ...flaw.path.slice(place.length)] });
  };
  return { mistakes: inOrder(checked.flaws.map(locate)) };
}

function isWithin(path: NodePath, place: NodePath): boolean {
  const length = Math.min(path.length, place.length);
  return path.slice(0, length).every((part, index) => String(part) === String(place[index]));
}

/** Looks at the values as written, so that one wrong fact does not hide another. */
function flawsOfTime(value: unknown): Flaw[] {
  const handedOffAt = instantAt(value, ['lead', 'at']);
  const facts = valueAt(value, ['facts']);
  const factPaths = Array.isArray(facts) ? facts.map((_, index) => ['facts', index, 'at']) : [];
  return [['lead', 'notifiedAt'], ...factPaths, ['until']].flatMap((path) => {
    const at = instantAt(value, path);
    if (at === undefined || handedOffAt === undefined || at >= handedOffAt) return [];
    return [{ path, message: `${formatInstant(at)} lies before the hand-off at ${formatInstant(handedOffAt)}` }];
  });
}

function instantAt(value: unknown, path: NodePath): Instant | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' ? parseInstant(found) : undefined;
}

function missingFile(located: LocatedText, key: 'agreement' | 'people', path: string): Mistake {
  return located.locate({
    path: [key],
    message: `there is no readable file ${path}; the path is relative to this file`,
  });
}

function unreadable(file: string, expected: string): Mistake {
  return { file, line: 1, column: 1, path: '', message: `there is no readable file here; expected ${expected}` };
}
