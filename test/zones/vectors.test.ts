/**
 * Every vector of the specification, and of the folder named by HANDOFF_VECTORS, gives what it expects (spec §7).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isOpen, openTimeBetween, type CalendarDefinition, type Pause } from '../../src/domain/business-time/index.js';
import { localToInstant } from '../../src/domain/business-time/zone-table.js';
import { addInCalendar, compile, nextOpeningInCalendar, NoOpenTimeError, zoneTable } from '../../src/zones/index.js';

type Question =
  | { op: 'add'; calendar: CalendarDefinition; start: string; ms: number; pauses?: [string, string][] }
  | { op: 'between'; calendar: CalendarDefinition; start: string; end: string; pauses?: [string, string][] }
  | { op: 'next-open'; calendar: CalendarDefinition; start: string }
  | { op: 'is-open'; calendar: CalendarDefinition; at: string }
  | { op: 'local'; zone: string; date: string; time: string };
type Answer = string | number | boolean | { error: string };
type Vector = Question & { id: string; note: string; expect: Answer };

const specVectors = join(import.meta.dirname, '../spec/vectors');
const folders = [specVectors, process.env['HANDOFF_VECTORS']].filter((folder) => folder !== undefined && folder !== '');
const files = folders.flatMap((folder) =>
  readdirSync(folder as string)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => join(folder as string, name)),
);

const readVectors = (file: string): Vector[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Vector);

const iso = (at: number): string => new Date(at).toISOString();
const pausesOf = (pauses: [string, string][] = []): Pause[] =>
  pauses.map(([from, until]) => [Date.parse(from), Date.parse(until)]);

function answerTo(vector: Vector): Answer {
  switch (vector.op) {
    case 'add': {
      const { calendar, start, ms, pauses } = vector;
      return iso(addInCalendar(vector.id, calendar, Date.parse(start), ms, pausesOf(pauses)));
    }
    case 'between': {
      const [from, until] = [Date.parse(vector.start), Date.parse(vector.end)];
      const windows = compile(vector.calendar, from, Math.max(from, until));
      return openTimeBetween(windows, from, until, pausesOf(vector.pauses));
    }
    case 'next-open':
      return iso(nextOpeningInCalendar(vector.id, vector.calendar, Date.parse(vector.start)));
    case 'is-open':
      return isOpen(compile(vector.calendar, Date.parse(vector.at), Date.parse(vector.at) + 1), Date.parse(vector.at));
    case 'local':
      return iso(localToInstant(zoneTable, vector.zone, vector.date, vector.time));
  }
}

function answerOrError(vector: Vector): Answer {
  try {
    return answerTo(vector);
  } catch (error) {
    if (error instanceof NoOpenTimeError) return { error: error.code };
    throw error;
  }
}

const expected = (answer: Answer): Answer => (typeof answer === 'string' ? iso(Date.parse(answer)) : answer);

describe.each(files.map((file) => ({ file, name: basename(file) })))('the vectors of $name', ({ file }) => {
  const vectors = readVectors(file);

  test('are there', () => expect(vectors.length).toBeGreaterThan(0));

  test.each(vectors)('$id: $note', (vector) => expect(answerOrError(vector)).toEqual(expected(vector.expect)));
});
