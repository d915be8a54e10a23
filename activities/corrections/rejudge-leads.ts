import { createHash } from 'node:crypto';
import {
  clocksSaidIn,
  rejudgingCommand,
  touchOf,
  type Correction,
  type JudgedLead,
} from '../../src/domain/correction/index.js';
import type { StoredCommand } from '../../src/domain/ports.js';
import type { CommandInTurn } from '../../src/domain/rollout/ports.js';
import { deliverAll, type Said } from '../rollouts/deliver-turns.js';
import { listingOf, type CorrectionStores, type LeadWithJudgement } from './judge-leads.js';

/** A lead that went on, or gave no answer, so often is named, and stays as it is. */
const ATTEMPT_COUNT_MAX = 5;

/** Tells each lead of a batch what it is judged anew to be; one that nothing changes is not spoken to. */
export async function rejudgeLeads(
  leads: readonly LeadWithJudgement[],
  stores: CorrectionStores,
  correction: Correction,
): Promise<readonly JudgedLead[]> {
  const book = stores.correctionBook;
  const earlier = await book.findCommands(leads.map((lead) => commandIdOf(correction, lead)));
  const plans = leads.map((lead) => commandFor(lead, correction, earlier.get(commandIdOf(correction, lead))));
  const commands = plans.filter((command) => command !== undefined);
  const stored = await book.storeCommands(commands);
  const said = await deliverAll(stores, stored);
  const answers = new Map(stored.map(({ command }, index) => [command.leadId, { command, said: said[index]! }]));
  return leads.map((lead) => {
    const answer = answers.get(lead.leadId);
    return answer ? outcomeOf(lead, answer.command, answer.said) : listingOf(lead);
  });
}

/** Another one for each attempt: a refusal is remembered, and so is what was said before a crash. */
function commandIdOf({ id }: Correction, { leadId, attemptCount }: LeadWithJudgement): string {
  const hash = createHash('sha256').update(`${id} ${leadId}`).digest('hex');
  return `correction_${hash.slice(0, 32)}_${attemptCount}`;
}

/** What was stored in an attempt that broke off is said again as it is: it may have been taken already. */
function commandFor(
  lead: LeadWithJudgement,
  correction: Correction,
  earlier: CommandInTurn | undefined,
): StoredCommand | undefined {
  if (earlier) return earlier.command;
  const { leadId, clocks, story, at } = lead;
  if (clocks.length === 0 && touchOf(correction.subject) === undefined) return undefined;
  const judgedSeq = story.at(-1)!.seq;
  return rejudgingCommand(correction, { id: commandIdOf(correction, lead), leadId, judgedSeq, clocks }, at);
}

function outcomeOf({ leadId, attemptCount }: LeadWithJudgement, command: StoredCommand, said: Said): JudgedLead {
  const turn = { leadId, commandId: command.id };
  if (said.kind === 'done') return { ...turn, status: 'rejudged', clocks: clocksSaidIn(command), outcome: said };
  const status = attemptCount + 1 < ATTEMPT_COUNT_MAX ? 'waiting' : 'unjudged';
  if (said.kind === 'unanswered') return { ...turn, status, clocks: [], code: said.kind, detail: { why: said.why } };
  const { code, detail } = said.refusal;
  return { ...turn, status, clocks: [], outcome: said, code, detail };
}
