import type { FigureStatus } from '../domain/reports/index.js';
import type { TextLook } from './blocks.js';

const INK = '#1d2733';
const QUIET = '#55626f';
const FAINT = '#8592a0';
export const ACCENT = '#0b5c5c';
export const HAIRLINE = '#dde3e9';
export const STRONG_LINE = '#9fb0bf';

/** How the texts of a report look on paper. */
export const looks = {
  over: { font: 'plain', size: 8, color: QUIET, spacing: 0.5 },
  title: { font: 'title', size: 19, color: INK },
  under: { font: 'plain', size: 9, color: QUIET },
  heading: { font: 'bold', size: 11.5, color: ACCENT },
  head: { font: 'bold', size: 7.4, color: QUIET },
  cell: { font: 'plain', size: 8, color: INK },
  name: { font: 'bold', size: 8, color: INK },
  status: { font: 'bold', size: 8, color: INK },
  faint: { font: 'plain', size: 8, color: FAINT },
  nothing: { font: 'plain', size: 8, color: FAINT },
  note: { font: 'plain', size: 7.4, color: QUIET },
  foot: { font: 'plain', size: 7, color: QUIET },
  code: { font: 'code', size: 6.4, color: QUIET },
} as const satisfies Record<string, TextLook>;

/** A colour besides sign and word, never instead of them. */
export const statusColors = {
  met: '#0b6b45',
  'on-track': '#0b6b45',
  'at-risk': '#8a5300',
  missed: '#b3261e',
  'no-target': QUIET,
  'no-leads': QUIET,
} as const satisfies Record<FigureStatus, string>;
