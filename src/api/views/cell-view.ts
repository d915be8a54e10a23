import type { Cell, CellKind } from '../../domain/reports/index.js';
import { iso } from './iso.js';

/** A cell as JSON: instants as text, all else as it was counted. */
export const cellView = (cell: Cell, kind: CellKind): Cell =>
  kind === 'instant' && typeof cell === 'number' ? iso(cell) : cell;
