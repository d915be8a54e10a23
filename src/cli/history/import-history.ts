import { parse, type CsvError, type Info } from 'csv-parse';
import { Readable } from 'node:stream';
import {
  formatMistake,
  historyRowFrom,
  parseHistoryMapping,
  plainMapping,
  unknownColumns,
  type HistoryMapping,
} from '../../documents/index.js';
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

/** `handoff history import`: ends with 1 if a row was bad, with 2 if the import could not go on. */
export async function importHistory(file: string, mappingFile: string | undefined, ports: CliPorts): Promise<ExitCode> {
  const mapping = mappingFile === undefined ? plainMapping : readMapping(mappingFile, ports);
  const text = ports.openText(file);
  if (text === undefined) ports.output.error(`${file}:1: there is no readable file here; expected CSV`);
  if (mapping === undefined || text === undefined) return 2;
  const run = new ImportRun(file, mapping, mappingFile !== undefined, ports);
  return run.read(text);
}

function readMapping(file: string, { readText, output }: CliPorts): HistoryMapping | undefined {
  const content = readText(file);
  if (content === undefined) output.error(`${file}:1:1: there is no readable file here; expected a mapping in YAML`);
  if (content === undefined) return undefined;
  const { value, mistakes } = parseHistoryMapping(content, file);
  for (const mistake of mistakes) output.error(formatMistake(mistake));
  return value;
}

/** One file on its way: a batch of rows at a time is in memory. */
class ImportRun {
  #batch: NumberedRow[] = [];
  #byteCount = 0;
  #counts = { stored: 0, known: 0, leftOut: 0, bad: 0 };

  constructor(
    private readonly file: string,
    private readonly mapping: HistoryMapping,
    private readonly isMapped: boolean,
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

  /** Without a mapping every column has to be one of ours: a misspelt one would be lost without a word. */
  #header(header: string[]): string[] {
    const unknown = this.isMapped ? [] : unknownColumns(header);
    if (unknown.length === 0) return header;
    throw new Error(
      `unknown column ${unknown.join(', ')}; give a mapping, or write columns as docs/what-if.md lists them`,
    );
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
    const row = historyRowFrom(cells, this.mapping, this.ports.localInstant);
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
    const asked = await ask(this.ports, 'POST', '/v1/history/imports', { rows: batch.map(({ row }) => row) });
    if (asked.exitCode !== 0) return false;
    const { stored, known, refused } = asked.answer.body as Report;
    this.#counts.stored += stored;
    this.#counts.known += known;
    for (const { index, message } of refused) this.#bad(batch[index]!.line, message);
    return true;
  }
}
