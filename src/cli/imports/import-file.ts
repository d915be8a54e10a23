/**
 * Here lives what commands that import files have in common: a file is read piece by piece, the API is sent rows and says
 * which are bad. What a column or a row means is not decided here.
 */
import { parse, type CsvError, type Info } from 'csv-parse';
import { Readable } from 'node:stream';
import { ask } from '../lead/api-answers.js';
import type { CliPorts, ExitCode } from '../ports.js';

/** So many rows go to the API together, at most so many bytes of them: one request stays under its limit. */
const BATCH_ROWS_MAX = 200;
const BATCH_BYTES_MAX = 200_000;

interface NumberedRow {
  readonly line: number;
  readonly row: object;
}

interface Report {
  readonly stored: number;
  readonly known: number;
  readonly refused: readonly { readonly index: number; readonly code: string; readonly message: string }[];
}

/** What a kind of file is, and where its rows go. */
export interface FileForm {
  readonly path: string;
  readonly unknownColumns: (header: readonly string[]) => readonly string[];
  /** What to do about one that is unknown. */
  readonly columnsAdvice: string;
  /** Undefined: the line is left out by the reader's own wish. */
  readonly rowFrom: (cells: Record<string, string>) => object | undefined;
}

/** Imports a CSV file: ends with 1 if a row was bad, with 2 if the import could not go on. */
export async function importFile(file: string, ports: CliPorts, form: FileForm): Promise<ExitCode> {
  const text = ports.openText(file);
  if (text !== undefined) return new ImportRun(file, form, ports).read(text);
  ports.output.error(`${file}:1: there is no readable file here; expected CSV`);
  return 2;
}

/** One file on its way: a batch of rows at a time is in memory. */
class ImportRun {
  #batch: NumberedRow[] = [];
  #byteCount = 0;
  #counts = { stored: 0, known: 0, leftOut: 0, bad: 0 };

  constructor(
    private readonly file: string,
    private readonly form: FileForm,
    private readonly ports: CliPorts,
  ) {}

  async read(text: AsyncIterable<string>): Promise<ExitCode> {
    const records = Readable.from(text).pipe(
      parse({
        columns: (header: string[]) => this.#header(header),
        bom: true,
        info: true,
        skip_empty_lines: true,
        skip_records_with_error: true,
        on_skip: (error) => this.#skipped(error),
      }),
    );
    try {
      for await (const { record, info } of records as AsyncIterable<{ record: Record<string, string>; info: Info }>) {
        this.#add(record, info.lines);
        if (this.#isFull() && !(await this.#send())) return 2;
      }
    } catch (error) {
      this.ports.output.error(`${this.file}: ${error instanceof Error ? error.message : String(error)}`);
      return 2;
    }
    if (!(await this.#send())) return 2;
    const { stored, known, leftOut, bad } = this.#counts;
    const others = leftOut === 0 ? '' : `, ${leftOut} left out by the mapping`;
    this.ports.output.line(`${stored} rows imported, ${known} known from before, ${bad} bad${others}`);
    return bad === 0 ? 0 : 1;
  }

  /** Every column has to be known: a misspelt one would be lost without a word. */
  #header(header: string[]): string[] {
    const unknown = this.form.unknownColumns(header);
    if (unknown.length === 0) return header;
    throw new Error(`unknown column ${unknown.join(', ')}; ${this.form.columnsAdvice}`);
  }

  #skipped(error: CsvError | undefined): undefined {
    this.#bad(Number(error?.['lines'] ?? 0), error?.message ?? 'this line cannot be read');
    return undefined;
  }

  #bad(line: number, message: string): void {
    this.#counts.bad += 1;
    this.ports.output.error(`${this.file}:${line}: ${message}`);
  }

  #add(cells: Record<string, string>, line: number): void {
    const row = this.form.rowFrom(cells);
    if (row === undefined) {
      this.#counts.leftOut += 1;
      return;
    }
    this.#batch.push({ line, row });
    this.#byteCount += Buffer.byteLength(JSON.stringify(row));
  }

  #isFull(): boolean {
    return this.#batch.length >= BATCH_ROWS_MAX || this.#byteCount >= BATCH_BYTES_MAX;
  }

  /** False: the API could not take it, which then has been told. */
  async #send(): Promise<boolean> {
    const batch = this.#batch;
    this.#batch = [];
    this.#byteCount = 0;
    if (batch.length === 0) return true;
    const asked = await ask(this.ports, 'POST', this.form.path, { rows: batch.map(({ row }) => row) });
    if (asked.exitCode !== 0) return false;
    const { stored, known, refused } = asked.answer.body as Report;
    this.#counts.stored += stored;
    this.#counts.known += known;
    for (const { index, message } of refused) this.#bad(batch[index]!.line, message);
    return true;
  }
}
