import type { Client } from '@temporalio/client';
import { setTimeout as delay } from 'node:timers/promises';
import type { LeadInput } from '../../../workflows/messages.js';
import type { LedgerDifference, VerifyOptions, VerifyTally } from '../../cli/index.js';
import type { Database, VerifiedLead } from '../../db/index.js';
import { compareWithWorkflow, type WorkflowVerdict } from '../../domain/audit/workflow-differences.js';
import { foldLead } from '../../domain/lifecycle/evolve.js';
import { inspectLead } from '../../temporal/index.js';

const PAGE_SIZE = 100;
const ASKED_AT_ONCE_COUNT = 8;
const ANSWER_WITHIN_MS = 10_000;
/** What is just being decided is recorded within moments; with the database away it would have been told by then. */
const LOOK_COUNT = 5;
const LOOK_AGAIN_AFTER_MS = 300;

export interface VerifyDeps {
  readonly database: Database;
  readonly client: Client;
  readonly now: () => number;
}

/** Folds every ledger and compares what it makes with what is there: tables first, then the lead's workflow. */
export async function verifyLedger(deps: VerifyDeps, options: VerifyOptions): Promise<VerifyTally> {
  const tally = new Tally(options);
  let after: string | undefined;
  for (;;) {
    const leads = await deps.database.verification.page(after, PAGE_SIZE);
    for (const lead of leads) await verifyTables(deps, lead, tally);
    await verifyWorkflows(deps, leads, tally);
    if (leads.length < PAGE_SIZE) break;
    after = leads.at(-1)?.leadId;
  }
  await verifyLoads(deps, tally);
  return tally.counts;
}

class Tally {
  #counts = { leadCount: 0, differenceCount: 0, mendedCount: 0, unaskedCount: 0 };

  constructor(readonly options: VerifyOptions) {}

  get counts(): VerifyTally {
    return this.#counts;
  }

  add(difference: LedgerDifference): void {
    this.#counts.differenceCount += 1;
    if (difference.isMended) this.#counts.mendedCount += 1;
    this.options.tell(difference);
  }

  addLead(): void {
    this.#counts.leadCount += 1;
  }

  addUnasked(): void {
    this.#counts.unaskedCount += 1;
  }
}

async function verifyTables({ database }: VerifyDeps, lead: VerifiedLead, tally: Tally): Promise<void> {
  const { leadId, flaw, differences } = lead;
  tally.addLead();
  if (flaw !== undefined) tally.add({ leadId, where: 'ledger', what: flaw, isMended: false });
  if (differences.length === 0) return;
  const { isToRepair } = tally.options;
  if (isToRepair) await database.verification.mend(leadId);
  for (const difference of differences) {
    tally.add({ leadId, where: difference.table, what: difference.what.join('; '), isMended: isToRepair });
  }
}

async function verifyWorkflows(deps: VerifyDeps, leads: readonly VerifiedLead[], tally: Tally): Promise<void> {
  const asked = leads.filter(({ flaw }) => flaw === undefined);
  for (let from = 0; from < asked.length; from += ASKED_AT_ONCE_COUNT) {
    const some = asked.slice(from, from + ASKED_AT_ONCE_COUNT);
    await Promise.all(some.map((lead) => verifyWorkflow(deps, lead, tally)));
  }
}

async function verifyWorkflow(deps: VerifyDeps, lead: VerifiedLead, tally: Tally): Promise<void> {
  const verdict = await compareUntilRecorded(deps, lead);
  if (verdict.kind === 'unasked') tally.addUnasked();
  if (verdict.kind === 'apart' || verdict.kind === 'different') {
    tally.add({ leadId: lead.leadId, where: 'workflow', what: verdict.what, isMended: false });
  }
}

async function compareUntilRecorded({ database, client, now }: VerifyDeps, lead: VerifiedLead) {
  const { leadId } = lead;
  let { story } = lead;
  let verdict: WorkflowVerdict;
  for (let look = 1; ; look += 1) {
    const inspection = await inspectLead(client, leadId, now() + ANSWER_WITHIN_MS);
    const settled = (await database.settledStates.find(leadId)) as LeadInput | undefined;
    verdict = compareWithWorkflow(foldLead(story), inspection, settled?.carried?.state);
    if (verdict.kind !== 'apart' || look === LOOK_COUNT) return verdict;
    await delay(LOOK_AGAIN_AFTER_MS);
    story = await database.ledger.read(leadId);
  }
}

async function verifyLoads({ database }: VerifyDeps, tally: Tally): Promise<void> {
  const { isToRepair } = tally.options;
  for (const { person, openLeadCount, countedAs } of await database.verification.findWrongLoads(isToRepair)) {
    const what = `${person} holds ${openLeadCount} open leads and is counted with ${countedAs}`;
    tally.add({ leadId: '-', where: 'routing_load', what, isMended: isToRepair });
  }
}
