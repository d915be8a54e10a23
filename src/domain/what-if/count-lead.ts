import { judge } from '../qualification/index.js';
import { outcomeOf, type LeadOutcome } from './outcome.js';
import type { PastLead } from './past-lead.js';
import { refold, type WhatIfWorld } from './refold.js';
import { countOutcome, countRefused, countTurns, type Tally } from './tally.js';

/** Tells one past lead to the version and counts what it made of it beside what was made of it then. */
export function countLead(tally: Tally, past: PastLead, world: WhatIfWorld): void {
  const { story } = past;
  if (story.wasExcluded) return countExcluded(tally, story.handOff, world);
  const told = refold(story, world);
  const would = outcomeOf(told.events);
  const { leads } = tally;
  leads.folded += 1;
  if (past.was === undefined) leads.imported += 1;
  if (would.isExcluded) leads.newlyExcluded += 1;
  if (would.clocks.some(({ verdict }) => verdict === 'undecided')) leads.undecided += 1;
  if (story.changedAgreement) leads.changedAgreement += 1;
  countOutcome(tally.would, would);
  countRefused(tally, told.refused);
  const was = past.was ?? judgedAgainst(story, world);
  if (was === undefined) return;
  countOutcome(tally.was, was);
  countTurns(tally, was, would);
}

/** What the agreement that a version is compared with makes of an imported lead. */
const judgedAgainst = (story: PastLead['story'], { against, ...world }: WhatIfWorld): LeadOutcome | undefined =>
  against && outcomeOf(refold(story, { ...world, terms: against }).events);

/** Nobody worked it, so nothing can be said of how it would have gone; only whether it would have come at all. */
function countExcluded({ leads }: Tally, facts: PastLead['story']['handOff'], { terms }: WhatIfWorld): void {
  if (judge(terms, facts).excluded.length > 0) leads.excluded += 1;
  else leads.newlyQualified += 1;
}
