import type { StoredCommand } from '../../src/domain/ports.js';
import type { CommandInTurn, LeadInTurn, TurnOutcome } from '../../src/domain/rollout/ports.js';
import { reversalOf } from '../../src/domain/rollout/reversal.js';
import { revertingCommand, revertingIdOf } from '../../src/domain/rollout/rollout-commands.js';
import { deliverAll, type Said } from './deliver-turns.js';
import { ATTEMPT_COUNT_MAX, type Turns } from './turns.js';

/** A lead that was acted on, or what is to be said to it. */
type Plan = { readonly actedOn: TurnOutcome } | { readonly command: StoredCommand };

/** Takes the version back from a batch of leads, as far as nothing has come of it. */
export async function revertTurns(turns: Turns): Promise<readonly TurnOutcome[]> {
  const { leads, stores } = turns;
  const earlier = await stores.rolloutBook.findCommands(leads.map(revertingIdOf));
  const plans = await Promise.all(leads.map((lead) => plan(turns, lead, earlier.get(revertingIdOf(lead)))));
  const commands = plans.flatMap((one) => ('command' in one ? [one.command] : []));
  const said = await deliverAll(stores, await stores.rolloutBook.storeCommands(commands));
  const saidTo = new Map(commands.map(({ leadId }, index) => [leadId, said[index]!]));
  return leads.map((lead, index) => {
    const one = plans[index]!;
    return 'actedOn' in one ? one.actedOn : outcomeOf(lead, saidTo.get(lead.leadId)!);
  });
}

/** What was stored in an earlier attempt is said again as it is: it may have been taken already. */
async function plan(
  { rollout, stores, at }: Turns,
  lead: LeadInTurn,
  earlier: CommandInTurn | undefined,
): Promise<Plan> {
  if (earlier) return { command: earlier.command };
  const reversal = reversalOf(await stores.ledger.read(lead.leadId), lead.commandId);
  if (reversal.kind === 'restorable') {
    return { command: revertingCommand(lead, reversal, { by: rollout.startedBy, receivedAt: at }) };
  }
  const detail = reversal.kind === 'acted-on' ? { by: reversal.by, seq: reversal.seq } : {};
  return { actedOn: { ...turnOf(lead), status: 'acted-on', code: reversal.kind, detail } };
}

const turnOf = (lead: LeadInTurn) => ({ leadId: lead.leadId, commandId: revertingIdOf(lead) });

function outcomeOf(lead: LeadInTurn, said: Said): TurnOutcome {
  const turn = turnOf(lead);
  switch (said.kind) {
    case 'done':
      return { ...turn, status: 'reverted', outcome: said };
    case 'refused':
      return { ...turn, status: 'acted-on', outcome: said, code: said.refusal.code, detail: said.refusal.detail };
    case 'unanswered': {
      const status = lead.attemptCount + 1 < ATTEMPT_COUNT_MAX ? 'applied' : 'revert-failed';
      return { ...turn, status, code: 'unanswered', detail: { why: said.why } };
    }
  }
}
