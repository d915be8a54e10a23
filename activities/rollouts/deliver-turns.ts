import type { Command } from '../../src/domain/lifecycle/commands.js';
import type { CommandOutcome } from '../../src/domain/ports.js';
import type { CommandInTurn } from '../../src/domain/rollout/ports.js';
import { commandOf } from '../../src/domain/rollout/rollout-commands.js';
import type { RolloutStores } from './turns.js';

/** What a lead said, or why there is no answer. */
export type Said =
  Exclude<CommandOutcome, { kind: 'unanswered' }> | { readonly kind: 'unanswered'; readonly why: string };

/** More at a time take no less time: the server works on some dozens at once. */
const AT_ONCE_COUNT = 32;
const ANSWER_MS_MAX = 10_000;

/** Tells each lead what is stored for it, some at a time; what has its outcome already is not said again. */
export async function deliverAll(
  stores: Pick<RolloutStores, 'agreements' | 'workflows'>,
  turns: readonly CommandInTurn[],
  complete: (command: Command) => Command = (command) => command,
): Promise<readonly Said[]> {
  const said: Said[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < turns.length) {
      const index = next;
      next += 1;
      said[index] = await deliver(stores, turns[index]!, complete);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE_COUNT, turns.length) }, work));
  return said;
}

async function deliver(
  { agreements, workflows }: Pick<RolloutStores, 'agreements' | 'workflows'>,
  { command: stored, outcome: known }: CommandInTurn,
  complete: (command: Command) => Command,
): Promise<Said> {
  if (known.kind !== 'unanswered') return known;
  try {
    const command = complete(await commandOf(stored, agreements.findTerms));
    const outcome = await workflows.deliver(stored.leadId, command, ANSWER_MS_MAX);
    return outcome.kind === 'unanswered' ? { ...outcome, why: 'no answer in time' } : outcome;
  } catch (error) {
    // One lead that cannot be spoken to must not keep the others from their turn.
    return { kind: 'unanswered', why: error instanceof Error ? error.message : String(error) };
  }
}
