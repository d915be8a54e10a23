import type { CellKind } from '../../domain/reports/index.js';

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const GAP = '·';

/**
 * Values as blocks of eight heights, from zero to the largest, shares to 100 %: the lowest block is nothing or next to
 * it, and where there is no value stands a dot.
 */
export function sparkline(values: readonly (number | null)[], kind: CellKind): string {
  const known = values.filter((value) => value !== null);
  const top = Math.max(kind === 'share' ? 1 : 0, ...known);
  return values.map((value) => (value === null ? GAP : blockFor(top === 0 ? 0 : value / top))).join('');
}

const blockFor = (share: number): string => BLOCKS[Math.round(Math.max(0, share) * (BLOCKS.length - 1))]!;
