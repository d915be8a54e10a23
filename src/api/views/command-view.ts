/**
 * A command and what became of it.
 */
import type { CommandOutcome } from '../../domain/ports.js';
import type { CommandRecord } from '../ports.js';
import { refusalProblem } from '../problems.js';
import { iso } from './iso.js';

export const commandView = ({ command, outcome }: CommandRecord) => ({
  commandId: command.id,
  leadId: command.leadId,
  command: command.type,
  by: command.by,
  receivedAt: iso(command.receivedAt),
  ...outcomeView(outcome),
});

function outcomeView(outcome: CommandOutcome) {
  switch (outcome.kind) {
    case 'done':
      return { status: 'done', seq: outcome.seq };
    case 'refused':
      return { status: 'refused', problem: refusalProblem(outcome.refusal) };
    case 'unanswered':
      return { status: 'pending' };
  }
}
