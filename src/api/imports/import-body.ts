/**
 * Here lives what imports over HTTP have in common: rows as JSON or CSV, each bad one named by its place, good ones kept.
 * What a row means is asked of `src/documents`, what becomes of it of a store.
 */
import { parse, type CsvError, type Info } from 'csv-parse/sync';
import { z } from 'zod';
import { invalidBody } from '../validated-body.js';

const ROW_COUNT_MAX = 1_000;

/** `{ "rows": […] }`, or, declared as `text/csv`, a file with a header. */
export const importBody = z
  .strictObject({ rows: z.array(z.unknown()).min(1).max(ROW_COUNT_MAX).optional(), csv: z.string().optional() })
  .refine(({ rows, csv }) => (rows === undefined) !== (csv === undefined), {
    error: 'needs rows, a list, or to be CSV declared as text/csv',
    path: ['rows'],
  });
export type ImportBody = z.output<typeof importBody>;

/** A row from 0 in a list, or by its line of a file. */
export type Place = { readonly index: number } | { readonly line: number };

/** A row as it was sent, with what already speaks against it. */
export interface SentRow {
  readonly place: Place;
  readonly written: unknown;
  readonly mistake?: string;
}

/** How the cells of a file become a row. */
export interface CsvForm {
  readonly columns: readonly string[];
  readonly rowFrom: (cells: Readonly<Record<string, string>>) => object;
}

/** @throws ProblemError `invalid-body`: too many rows, no header, or a column that is none of ours */
export function sentRows({ rows, csv }: ImportBody, form: CsvForm): readonly SentRow[] {
  if (rows !== undefined) return rows.map((written, index) => ({ place: { index }, written }));
  const bad: SentRow[] = [];
  const records = parse(csv ?? '', {
    columns: (header: string[]) => requireColumns(header, form),
    bom: true,
    info: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      const line = Number(error?.['lines'] ?? 0);
      bad.push({ place: { line }, written: null, mistake: error?.message ?? 'this line cannot be read' });
      return undefined;
    },
  }) as unknown as readonly { readonly record: Record<string, string>; readonly info: Info }[];
  if (records.length > ROW_COUNT_MAX) throw invalidBody([{ path: '', message: TOO_MANY }]);
  return [
    ...records.map(({ record, info }) => ({ place: { line: info.lines }, written: form.rowFrom(record) })),
    ...bad,
  ];
}

const TOO_MANY = `has more than ${ROW_COUNT_MAX} rows: send it in parts, or use the command line, which does`;

/** A misspelt column would be lost without a word. */
function requireColumns(header: readonly string[], { columns }: CsvForm): string[] {
  const names = header.map((name) => name.trim());
  const unknown = names.filter((name) => !columns.includes(name));
  if (unknown.length === 0) return names;
  throw invalidBody(unknown.map((name) => ({ path: name, message: `is no column here: ${columns.join(', ')} are` })));
}

export type RefusedRow = Place & { readonly code: string; readonly message: string };

export interface ImportReport {
  readonly stored: number;
  /** The same was there from before. */
  readonly known: number;
  readonly refused: readonly RefusedRow[];
}

/** A row that can be kept or refused, with its place. */
interface ReadRow<Row> {
  readonly place: Place;
  readonly row?: Row;
  readonly mistakes: readonly string[];
}

/** Reads every row, has the good ones kept, and says what became of all, in the order in which they were sent. */
export async function importRows<Row, Outcome extends string>(
  sent: readonly SentRow[],
  read: (written: unknown) => { readonly row?: Row; readonly mistakes: readonly string[] },
  keep: (rows: readonly Row[]) => Promise<readonly (Outcome | 'stored' | 'known')[]>,
  messages: Readonly<Record<Outcome, string>>,
): Promise<ImportReport> {
  const rows = sent.map(({ place, written, mistake }): ReadRow<Row> => {
    return { place, ...(mistake === undefined ? read(written) : { mistakes: [mistake] }) };
  });
  const good = rows.flatMap(({ place, row }) => (row === undefined ? [] : [{ place, row }]));
  const outcomes = good.length === 0 ? [] : await keep(good.map(({ row }) => row));
  const unread = rows.flatMap(({ place, mistakes }): RefusedRow[] =>
    mistakes.length === 0 ? [] : [{ ...place, code: 'invalid-row', message: mistakes.join('; ') }],
  );
  const refused = good.flatMap(({ place }, index): RefusedRow[] => {
    const outcome = outcomes[index]!;
    return isKept(outcome) ? [] : [{ ...place, code: outcome, message: messages[outcome] }];
  });
  return {
    stored: outcomes.filter((outcome) => outcome === 'stored').length,
    known: outcomes.filter((outcome) => outcome === 'known').length,
    refused: [...unread, ...refused].toSorted((a, b) => positionOf(a) - positionOf(b)),
  };
}

const isKept = (outcome: string): outcome is 'stored' | 'known' => outcome === 'stored' || outcome === 'known';

const positionOf = (place: Place): number => ('index' in place ? place.index : place.line);
