import type { DurationMs, Instant } from '../src/domain/business-time/index.js';
import type { Correction, CorrectionBook } from '../src/domain/correction/index.js';
import type { CorrectionActivities, CorrectionPlace, CorrectionProgress } from './correction-contract.js';
import { judgeLeads, listingOf, type CorrectionDeps, type CorrectionStores } from './corrections/judge-leads.js';
import { rejudgeLeads } from './corrections/rejudge-leads.js';
import { heartbeating } from './heartbeating.js';
import { rememberingTerms } from './rollouts/remembering-terms.js';

/** So many stories at most are in memory, and so many leads on their way, at the same time. */
const BATCH_SIZE = 100;
/** Leads that gave no answer, or went on meanwhile, are judged again so much later. */
const RETRY_AFTER_MS = 1_000;

/** The activity of a correction. It may end anywhere and run again: a lead takes each command once. */
export const createCorrectionActivities = (deps: CorrectionDeps): CorrectionActivities => ({
  judgeBatch: heartbeating((place: CorrectionPlace) => judgeBatch(deps, place)),
});

async function judgeBatch(
  deps: CorrectionDeps,
  { workspace, correctionId }: CorrectionPlace,
): Promise<CorrectionProgress> {
  const stores = rememberingTerms(deps.storesOf(workspace));
  const correction = await stores.correctionBook.heed(correctionId);
  if (correction.status !== 'listing' && correction.status !== 'approved') return { correction, waitMs: 0 };
  const waitMs = await takeTurns(deps, stores, correction);
  return { correction: await stores.correctionBook.heed(correctionId), waitMs };
}

async function takeTurns(deps: CorrectionDeps, stores: CorrectionStores, correction: Correction): Promise<DurationMs> {
  const leads = await stores.correctionBook.take(correction.id, BATCH_SIZE);
  if (leads.length === 0) return enrolOrFinish(stores.correctionBook, correction, deps.now());
  const judged = await judgeLeads({ deps, stores, correction, leads, at: deps.now() });
  const became =
    correction.status === 'listing' ? judged.map(listingOf) : await rejudgeLeads(judged, stores, correction);
  await stores.correctionBook.record(correction, became);
  return became.every(({ status }) => status === 'waiting') ? RETRY_AFTER_MS : 0;
}

/** Leads are looked for at the beginning, and again at the end: some may have begun a clock meanwhile. */
async function enrolOrFinish(book: CorrectionBook, correction: Correction, now: Instant): Promise<DurationMs> {
  if ((await book.enrol(correction)) === 0) await book.finish(correction, now);
  return 0;
}
