import * as z from 'zod';
import type { Instant } from '../../domain/business-time/index.js';
import { readLocated } from '../located-text.js';
import { inOrder, type Reading } from '../mistake.js';
import { text } from '../scalars.js';
import { checkValue } from '../schema-flaws.js';

const { strictObject, record } = z;

/** The columns that each kind of row has, beside those that every row has; `fields` stands for all `field.<name>`. */
export const historyColumns = {
  'hand-off': ['agreement', 'owner', 'team', 'actions', 'fields'],
  notified: ['recipient'],
  accept: [],
  reject: ['reason', 'notes'],
  touch: ['channel', 'outcome', 'origin', 'occurredAt', 'nextStepAt'],
  status: ['text', 'nextStepAt'],
  qualify: ['need', 'budget', 'authority', 'timeline', 'intent'],
  dispose: ['route', 'reason', 'notes', 'wakeOn', 'friction', 'contentGap'],
  feedback: ['notes'],
  reassign: ['to'],
  pause: ['reason', 'until'],
  resume: [],
  acknowledge: ['clock'],
  dispute: ['reason', 'notes'],
  'resolve-dispute': ['decision', 'notes'],
  enrich: ['fields'],
  signal: ['score', 'action', 'signal', 'value'],
  opportunity: ['amount', 'status', 'crmId'],
  reopen: ['reason'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const ofEveryRow = ['source', 'externalId', 'factId', 'do', 'at', 'by'] as const;

const known: ReadonlySet<string> = new Set([...ofEveryRow, ...Object.values(historyColumns).flat()]);
const isColumn = (name: string): boolean => (known.has(name) && name !== 'fields') || name.startsWith('field.');

const column = z.string().refine(isColumn, { error: 'a column of ours, or field.<name>' });

const mappingSchema = strictObject({
  /** Ours: theirs. */
  columns: record(column, text).default({}),
  /** For columns that the file has not. */
  constants: record(column, text).default({}),
  /** By column of ours: what they write, and what it means; null: leave such rows out. */
  values: record(column, record(z.string(), z.union([text, z.null()]))).default({}),
  /** Where instants without an offset are local times. */
  timeZone: text.optional(),
});
export type HistoryMapping = z.output<typeof mappingSchema>;

export const plainMapping: HistoryMapping = { columns: {}, constants: {}, values: {} };

/** Reads how another system's export says what we ask for. */
export function parseHistoryMapping(content: string, file: string): Reading<HistoryMapping> {
  const { value: located, mistakes } = readLocated(content, file);
  if (located === undefined) return { mistakes };
  const { value, flaws } = checkValue(mappingSchema, located.value);
  return value === undefined ? { mistakes: inOrder(flaws.map(located.locate)) } : { value, mistakes: [] };
}

/** Columns of a header that mean nothing without a mapping. */
export const unknownColumns = (header: readonly string[]): readonly string[] =>
  header.filter((name) => !isColumn(name));

/** A local time as an instant; `time` is HH:MM. */
export type LocalInstant = (timeZone: string, date: string, time: string) => Instant;

/**
 * The row that the cells of a line make, as `readHistoryRow` takes it; undefined if the mapping leaves such rows out.
 * Empty cells are not there; numbers, true and false in fields are what they look like.
 */
export function historyRowFrom(
  cells: Readonly<Record<string, string>>,
  mapping: HistoryMapping,
  localInstant: LocalInstant,
): object | undefined {
  const cell = (name: string): string | null | undefined => cellOf(cells, mapping, name);
  const kind = cell('do');
  if (kind === null) return undefined;
  const named = [...ofEveryRow, ...columnsOf(kind)].filter((name) => name !== 'fields');
  const said = named.map((name): readonly [string, unknown] => [name, cell(name)]);
  if (said.some(([, value]) => value === null)) return undefined;
  const row = said.flatMap(([name, value]) =>
    typeof value === 'string' ? [entryOf(name, value, mapping, localInstant)] : [],
  );
  const fields = columnsOf(kind).includes('fields') ? [['fields', fieldsOf(cells, mapping)]] : [];
  return Object.fromEntries([...row, ...fields]) as object;
}

const columnsOf = (kind: string | undefined): readonly string[] =>
  kind !== undefined && kind in historyColumns ? historyColumns[kind as keyof typeof historyColumns] : [];

function cellOf(cells: Readonly<Record<string, string>>, mapping: HistoryMapping, name: string) {
  const written = cells[mapping.columns[name] ?? name]?.trim();
  const said = written === undefined || written === '' ? mapping.constants[name] : written;
  if (said === undefined) return undefined;
  const meaning = mapping.values[name]?.[said];
  return meaning === undefined ? said : meaning;
}

const instants: readonly string[] = ['at', 'occurredAt', 'nextStepAt', 'until'];
const answers: readonly string[] = ['need', 'budget', 'authority', 'timeline'];
const numbers: readonly string[] = ['score', 'value'];

function entryOf(
  name: string,
  value: string,
  { timeZone }: HistoryMapping,
  localInstant: LocalInstant,
): readonly [string, unknown] {
  if (instants.includes(name)) return [name, instantText(value, timeZone, localInstant)];
  if (answers.includes(name) || numbers.includes(name)) return [name, valueOf(value)];
  if (name === 'actions') return ['signals', value.split(';').map((one) => actionOf(one, timeZone, localInstant))];
  return [name, value];
}

/** `demo-request@2026-07-01T10:00:00Z`: what a lead did before its hand-off. */
function actionOf(written: string, timeZone: string | undefined, localInstant: LocalInstant) {
  const [action = '', at = ''] = written.trim().split('@');
  return { action, at: instantText(at, timeZone, localInstant) };
}

const localTime = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d))?$/;

/** With an offset as it stands; without one by the mapping's time zone, if it has one. */
function instantText(value: string, timeZone: string | undefined, localInstant: LocalInstant): string {
  const [, date, time, seconds = '0'] = localTime.exec(value) ?? [];
  if (timeZone === undefined || date === undefined || time === undefined) return value;
  return new Date(localInstant(timeZone, date, time) + Number(seconds) * 1_000).toISOString();
}

function fieldsOf(cells: Readonly<Record<string, string>>, mapping: HistoryMapping): object {
  const names = new Set([...Object.keys(cells), ...Object.keys(mapping.columns), ...Object.keys(mapping.constants)]);
  const fields = [...names].filter((name) => name.startsWith('field.'));
  return Object.fromEntries(
    fields.flatMap((name) => {
      const value = cellOf(cells, mapping, name);
      return typeof value === 'string' ? [[name.slice('field.'.length), valueOf(value)]] : [];
    }),
  );
}

/** A number is one only if it would be written so: 007 and 1e3 stay texts. */
function valueOf(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  return String(Number(value)) === value ? Number(value) : value;
}
