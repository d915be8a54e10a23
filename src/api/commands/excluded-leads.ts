/**
 * Commands to a lead that was excluded at intake. It has no workflow, so the edge steps the core itself: signals and
 * enrichment are recorded, everything else is refused, and only another hand-off judges the lead again.
 */
import type { Command } from '../../domain/lifecycle/commands.js';
import { foldLead } from '../../domain/lifecycle/evolve.js';
import { step } from '../../domain/lifecycle/step.js';
import type { AgreementStore, CommandOutcome, LeadLedger } from '../../domain/ports.js';

const ATTEMPT_COUNT_MAX = 5;

export class ExcludedLeads {
  constructor(
    private readonly ledger: LeadLedger,
    private readonly agreements: Pick<AgreementStore, 'findTerms'>,
  ) {}

  /** Decides and records; when two write at once, the ledger takes one and the other decides again. */
  async decide(leadId: string, command: Command, attemptCount = 1): Promise<CommandOutcome> {
    try {
      return await this.#decideOnce(leadId, command);
    } catch (error) {
      if (attemptCount >= ATTEMPT_COUNT_MAX) throw error;
      return this.decide(leadId, command, attemptCount + 1);
    }
  }

  async #decideOnce(leadId: string, command: Command): Promise<CommandOutcome> {
    const events = await this.ledger.read(leadId);
    const known = events.findLast((event) => event.commandId === command.id);
    if (known !== undefined) return { kind: 'done', seq: known.seq };
    const state = foldLead(events);
    if (state.excluded === null) return { kind: 'unanswered' };
    const terms = await this.agreements.findTerms(state.agreement.key);
    const agreements = terms === undefined ? {} : { [terms.key]: terms };
    const result = step(state, { kind: 'command', command }, { agreements, windows: {}, answers: {} });
    if (result.kind === 'refusal') return { kind: 'refused', refusal: result.refusal };
    if (result.kind === 'question') throw new Error(`an excluded lead asks nothing, but asked ${result.question.key}`);
    await this.ledger.append(leadId, result.events);
    return { kind: 'done', seq: result.state.seq };
  }
}
