import type { Cell, CellKind, Column, ShareTally } from '../domain/reports/index.js';

/** Persons with fewer leads than this are shown, but nothing is said of them. */
export const LEADS_MIN = 20;

/** A column by the name that its values have in data, and by the one that readers see. */
export const column = (id: string, title: string, kind: CellKind): Column => ({ id, title, kind });

/** What was counted in neither, as one text: `cancelled by contact 3, pending 2`; null: nothing was. */
export function leftOutText(leftOut: ShareTally['leftOut']): string | null {
  const parts = Object.entries(leftOut)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, count]) => `${reason} ${count}`);
  return parts.length === 0 ? null : parts.join(', ');
}

/** A part of a whole; of nothing there is no share. */
export const shareOf = (count: number, whole: number): Cell => (whole === 0 ? 'no-leads' : count / whole);

/** How many of all. */
export const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
