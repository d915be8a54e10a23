import type { CliPorts, Output } from '../ports.js';
import { plainInk, terminalInk } from './ink.js';
import type { Screen } from './report-words.js';

/** The terminal at hand, for figures of an agreement in that zone. */
export const screenFor = (
  { formatLocal }: Pick<CliPorts, 'formatLocal'>,
  { hasColour, width }: Output,
  { timeZone }: { readonly timeZone: string },
): Screen => ({
  ink: hasColour ? terminalInk : plainInk,
  say: (at) => formatLocal(timeZone, at),
  ...(width !== undefined && { width }),
});
