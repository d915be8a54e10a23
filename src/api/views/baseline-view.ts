import { goalValue, type EnteredBaseline } from '../../domain/reports/index.js';
import { iso } from './iso.js';

/** A baseline: shares of 1, times in milliseconds, money in hundredths, with the currency. */
export const baselineView = ({ metric, amount, note, by, recordedAt }: EnteredBaseline) => ({
  metric,
  kind: amount?.kind ?? null,
  value: amount === null ? null : goalValue(amount),
  ...(amount?.kind === 'money' && { currency: amount.currency }),
  note,
  by,
  recordedAt: iso(recordedAt),
});
