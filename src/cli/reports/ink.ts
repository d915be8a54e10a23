import type { FigureStatus } from '../../domain/reports/index.js';

/** How words are set off on a terminal; where there is no colour, they stay as they are. */
export interface Ink {
  strong(text: string): string;
  faint(text: string): string;
  status(text: string, status: FigureStatus): string;
}

const as = (text: string): string => text;
export const plainInk: Ink = { strong: as, faint: as, status: as };

const GREEN = 32;
const YELLOW = 33;
const RED = 31;
const QUIET = 2;
const statusCodes: Readonly<Record<FigureStatus, number>> = {
  met: GREEN,
  'on-track': GREEN,
  'at-risk': YELLOW,
  missed: RED,
  'no-target': QUIET,
  'no-leads': QUIET,
};

const coloured = (text: string, code: number): string => `\u001b[${code}m${text}\u001b[0m`;

/** In the colours of the terminal's own scheme, by ANSI codes. */
export const terminalInk: Ink = {
  strong: (text) => coloured(text, 1),
  faint: (text) => coloured(text, QUIET),
  status: (text, status) => coloured(text, statusCodes[status]),
};
