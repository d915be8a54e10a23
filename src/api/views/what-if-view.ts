import type { WhatIf } from '../../domain/what-if/comparison.js';
import { iso } from './iso.js';

/** The comparison as the API tells it: instants in words, all else as it was counted. */
export const whatIfView = (whatIf: WhatIf) => ({
  ...whatIf,
  from: iso(whatIf.from),
  to: iso(whatIf.to),
  asOf: iso(whatIf.asOf),
});
