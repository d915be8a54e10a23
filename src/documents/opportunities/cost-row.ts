import * as z from 'zod';
import type { CostRow } from '../../domain/attribution/ports.js';
import type { Instant } from '../../domain/business-time/index.js';
import { checkValue } from '../schema-flaws.js';
import { flawText, line, money } from './row-parts.js';

const { strictObject } = z;

const costSchema = strictObject({
  agreement: line.optional(),
  month: z
    .string({ error: 'a month such as 2026-11' })
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/, { error: 'a month such as 2026-11' }),
  source: line,
  marketing: money.nullish(),
  sales: money.nullish(),
}).refine(({ marketing, sales }) => !marketing || !sales || marketing.currency === sales.currency, {
  error: 'both costs in one currency',
});

/** A row, or everything that is wrong with it. */
export interface CostReading {
  readonly row?: CostRow;
  readonly mistakes: readonly string[];
}

const DAY_MS = 86_400_000;

/** Reads what a source cost in a month; a month that has not begun anywhere costs nothing yet and is refused. */
export function readCostRow(written: unknown, receivedAt: Instant): CostReading {
  const { value, flaws } = checkValue(costSchema, written);
  if (value === undefined) return { mistakes: flaws.map(flawText) };
  const latest = new Date(receivedAt + DAY_MS).toISOString().slice(0, 'YYYY-MM'.length);
  if (value.month > latest) return { mistakes: [`month: ${value.month} has not begun`] };
  const { agreement, month, source, marketing, sales } = value;
  return {
    row: { agreement: agreement ?? null, month, source, marketing: marketing ?? null, sales: sales ?? null },
    mistakes: [],
  };
}

/** The columns of a file. */
export const costColumns = ['month', 'source', 'marketing', 'sales', 'agreement'] as const;

/** The row that the cells of a line make, as `readCostRow` takes it; empty cells are not there. */
export const costFrom = (cells: Readonly<Record<string, string>>): object =>
  Object.fromEntries(
    Object.entries(cells).flatMap(([name, cell]) => (cell.trim() === '' ? [] : [[name, cell.trim()]])),
  );
