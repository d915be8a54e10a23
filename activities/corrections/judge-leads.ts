/**
 * How a correction judges a batch of leads and tells them lives here. What their verdicts are is the core's to say; here
 * it is only asked, stored and sent.
 */
import type { AgreementTerms } from '../../src/domain/agreement/index.js';
import type { Instant } from '../../src/domain/business-time/index.js';
import {
  rejudgeLead,
  touchOf,
  type CorrectedWorld,
  type Correction,
  type CorrectionBook,
  type CorrectionStore,
  type JudgedLead,
  type LeadToJudge,
} from '../../src/domain/correction/index.js';
import type { CalendarAnswer, LeadWorkflows } from '../../src/domain/ports.js';
import { rememberingWindows } from '../../src/domain/preview/preview-page.js';
import { agreementKeysIn } from '../../src/domain/reports/index.js';
import type { RejudgedClock } from '../../src/domain/sla/judgement.js';

/** Where one workspace keeps what a correction needs, and its leads' workflows. */
export interface CorrectionStores {
  readonly correctionBook: CorrectionBook;
  readonly corrections: Pick<CorrectionStore, 'termsInstead'>;
  readonly agreements: { findTerms(key: string): Promise<AgreementTerms | undefined> };
  readonly workflows: Pick<LeadWorkflows, 'deliver'>;
}

export interface CorrectionDeps {
  readonly storesOf: (workspace: string) => CorrectionStores;
  readonly calendar: CalendarAnswer;
  readonly now: () => Instant;
}

interface Batch {
  readonly deps: CorrectionDeps;
  readonly stores: CorrectionStores;
  readonly correction: Correction;
  readonly leads: readonly LeadToJudge[];
  /** By the end of which they are judged. */
  readonly at: Instant;
}

/** A lead with what the core says of it. */
export interface LeadWithJudgement extends LeadToJudge {
  readonly clocks: readonly RejudgedClock[];
  /** Why it cannot be judged; absent: it was. */
  readonly why?: string;
  readonly at: Instant;
}

/** Judges each lead of a batch by its whole ledger. */
export async function judgeLeads(batch: Batch): Promise<readonly LeadWithJudgement[]> {
  const { leads, at } = batch;
  const world = await worldOf(batch);
  return leads.map((lead) => {
    const judged = rejudgeLead(lead.story, at, world);
    return judged.kind === 'judged'
      ? { ...lead, at, clocks: judged.clocks }
      : { ...lead, at, clocks: [], why: judged.why };
  });
}

/** What approved corrections have put in the place of terms holds, too: this one was made upon them. */
async function worldOf({ deps, stores, correction, leads }: Batch): Promise<CorrectedWorld> {
  const termsInstead = { ...(await stores.corrections.termsInstead()), ...correction.termsInstead };
  const keys = new Set([...Object.values(termsInstead), ...leads.flatMap(({ story }) => agreementKeysIn(story))]);
  const found = await Promise.all([...keys].map((key) => stores.agreements.findTerms(key)));
  const agreements = Object.fromEntries(found.flatMap((terms) => (terms ? [[terms.key, terms]] : [])));
  const touch = touchOf(correction.subject);
  return { agreements, termsInstead, answerCalendar: rememberingWindows(deps.calendar), ...(touch && { touch }) };
}

/** What a lead becomes in the list that is put to whoever approves. */
export const listingOf = ({ leadId, clocks, why }: LeadWithJudgement): JudgedLead => {
  if (why !== undefined) return { leadId, clocks, status: 'unjudged', code: 'no-open-time', detail: { why } };
  return { leadId, clocks, status: clocks.length > 0 ? 'listed' : 'unchanged' };
};
