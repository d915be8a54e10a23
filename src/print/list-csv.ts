import type { LeadList } from '../domain/reports/index.js';
import { fieldsOf, namesOf } from './csv-columns.js';
import { csvLines } from './csv.js';

/** What is read and written at once: enough that reading costs little, and writing holds nobody up. */
const PAGE_SIZE = 1_000;

/**
 * A whole list as CSV, however long: it is read page by page, each when the one before has been taken. The first piece has
 * the names of the columns and the first page, so that a list which cannot be read fails before anything is sent.
 */
export async function* listCsv({ columns, pages }: Pick<LeadList, 'columns' | 'pages'>): AsyncGenerator<string> {
  let head = csvLines([columns.flatMap(namesOf)]);
  for await (const { rows } of pages(null, PAGE_SIZE)) {
    const lines = rows.map(({ cells }) => columns.flatMap((column, index) => fieldsOf(column, cells[index] ?? null)));
    yield head + csvLines(lines);
    head = '';
  }
}
