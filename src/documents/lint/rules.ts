/**
 * Here live the rules about agreements that are well formed, each a pure look at the document and the evidence beside
 * it. What is no agreement at all is not told here but by the schema, and no rule about leads lives here.
 */
import { creditNotCounted } from './credit.js';
import { noClosedDayAfterReview, reviewFarAway } from './governance.js';
import { ladderReachesNobody, reassignWithoutTouch, tierWithoutOpenHour } from './ladders.js';
import { aboveCapacity, missedByPastLeads } from './past.js';
import { noConsequence, tooManyCommitments, vaguePromise } from './promises.js';
import { unreachableOverride, unreachableReason, unreachableSegment } from './reach.js';
import type { LintRule } from './rule.js';
import { cadenceGap, cadenceMissesTouches, touchesDoNotFit } from './touches.js';
import { oneSideOnly } from './two-sides.js';
import { probableTypo } from './words.js';

/** Where such agreements fail, errors first; docs/agreements.md lists the same. */
export const lintRules: readonly LintRule[] = [
  oneSideOnly,
  creditNotCounted,
  unreachableSegment,
  unreachableOverride,
  unreachableReason,
  ladderReachesNobody,
  reassignWithoutTouch,
  touchesDoNotFit,
  cadenceMissesTouches,
  cadenceGap,
  noConsequence,
  vaguePromise,
  tooManyCommitments,
  reviewFarAway,
  noClosedDayAfterReview,
  tierWithoutOpenHour,
  probableTypo,
  aboveCapacity,
  missedByPastLeads,
];
