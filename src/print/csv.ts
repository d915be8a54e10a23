import { stringify } from 'csv-stringify/sync';
import { withoutFormulas } from './formula-guard.js';

export type CsvField = string | number | null;

/**
 * Lines of RFC 4180 in UTF-8. Texts stand in quotes and hold no formula, numbers are written as they are, and null is
 * an empty field, which an empty text (`""`) is not.
 */
export const csvLines = (rows: readonly (readonly CsvField[])[]): string =>
  stringify(
    rows.map((row) => row.map(fieldOf)),
    {
      record_delimiter: 'windows',
      quoted_string: true,
    },
  );

const fieldOf = (field: CsvField): CsvField => (typeof field === 'string' ? withoutFormulas(field) : field);
