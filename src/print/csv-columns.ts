import type { Cell, Column } from '../domain/reports/index.js';
import type { CsvField } from './csv.js';

/** The unit is part of the name; an amount takes two columns. */
export function namesOf({ id, kind }: Column): readonly string[] {
  switch (kind) {
    case 'open-time':
    case 'elapsed':
      return [withUnit(id, 'Ms')];
    case 'days':
      return [withUnit(id, 'Days')];
    case 'money':
      return [id, `${id}Currency`];
    case 'text':
    case 'count':
    case 'share':
    case 'instant':
    case 'status':
      return [id];
  }
}

const withUnit = (id: string, unit: string): string => (id.endsWith(unit) ? id : `${id}${unit}`);

/** The values of a cell, one for each of its column's names. */
export function fieldsOf({ kind }: Column, cell: Cell): readonly CsvField[] {
  if (cell !== null && typeof cell === 'object') return [cell.minor / 100, cell.currency];
  return [kind === 'instant' && typeof cell === 'number' ? isoOf(cell) : cell];
}

export const isoOf = (at: number): string => new Date(at).toISOString();
