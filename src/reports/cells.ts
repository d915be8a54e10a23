import type { Cell, CellKind, Column, ShareTally } from '../domain/reports/index.js';

/** Persons with fewer leads than this are shown, but nothing is said of them. */
export const LEADS_MIN = 20;

/** What is said below a table of persons. */
export const fewLeadsNotes = (by: string): readonly string[] =>
  by === 'owner' ? [`Persons with fewer than ${LEADS_MIN} leads are greyed: too few to say anything.`] : [];

/** A row of a person with too few leads is greyed. */
export const fewLeads = (by: string, leadCount: number): { readonly isFaint?: true } =>
  by === 'owner' && leadCount < LEADS_MIN ? { isFaint: true } : {};

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
