/**
 * Stored commands on their way to their leads: tried at once, again for as long as a caller waits, and by the relay
 * until each has its outcome. A command is its own update id, so trying again never does it twice.
 */
import type { Instant } from '../../domain/business-time/index.js';
import { commandOf } from '../../domain/rollout/rollout-commands.js';
import type { AgreementStore, CommandOutcome, LeadReader, LeadWorkflows, StoredCommand } from '../../domain/ports.js';
import type { LeadStarts } from '../lead-starts.js';
import type { Log } from '../log.js';
import { commandsInstead } from '../intake/requalify.js';
import type { CommandStore } from '../ports.js';
import { within } from '../within.js';
import type { ExcludedLeads } from './excluded-leads.js';

export interface DeliveriesParts {
  readonly workflows: Pick<LeadWorkflows, 'deliver'>;
  readonly store: Pick<CommandStore, 'complete'>;
  readonly leads: LeadReader;
  readonly agreements: Pick<AgreementStore, 'findTerms'>;
  readonly excluded: ExcludedLeads;
  readonly starts: LeadStarts;
  readonly now: () => Instant;
  readonly log: Log;
}

const ATTEMPT_MS_MAX = 5_000;
const FIRST_WAIT_MS = 100;
const WAIT_MS_MAX = 1_000;

const unanswered: CommandOutcome = { kind: 'unanswered' };

export class Deliveries {
  readonly #running = new Map<string, Promise<CommandOutcome>>();

  constructor(private readonly parts: DeliveriesParts) {}

  /** Sends the commands of one lead soon; whether they arrived is the relay's business. */
  begin(commands: readonly StoredCommand[]): void {
    void this.attemptInOrder(commands);
  }

  /** One after the other; the first that does not arrive holds the others back. @returns which arrived */
  async attemptInOrder(commands: readonly StoredCommand[]): Promise<readonly boolean[]> {
    const arrived: boolean[] = [];
    for (const command of commands) {
      const { kind } = await this.attempt(command);
      arrived.push(kind !== 'unanswered');
      if (kind === 'unanswered') break;
    }
    return arrived;
  }

  /** The outcome, if it comes in time; trying goes on until then, and an attempt under way is not broken off. */
  async deliverWithin(command: StoredCommand, withinMs: number): Promise<CommandOutcome> {
    const until = this.parts.now() + withinMs;
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, WAIT_MS_MAX)) {
      const outcome = await within(until - this.parts.now(), this.attempt(command), unanswered);
      if (outcome.kind !== 'unanswered' || this.parts.now() + waitMs >= until) return outcome;
      await pauseFor(waitMs);
    }
  }

  /** One attempt, which settles within some seconds. Asked twice for one command, it is made once. */
  attempt(command: StoredCommand): Promise<CommandOutcome> {
    const running = this.#running.get(command.id);
    if (running !== undefined) return running;
    const attempt = this.#attempt(command).finally(() => this.#running.delete(command.id));
    this.#running.set(command.id, attempt);
    return attempt;
  }

  /** Resolves when no attempt is under way. */
  async allSettled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  async #attempt(stored: StoredCommand): Promise<CommandOutcome> {
    try {
      await this.parts.starts.settled(stored.leadId);
      const outcome = await this.#outcomeOf(stored);
      if (isOutrun(stored, outcome) && !(await this.#addInstead(stored))) return unanswered;
      if (outcome.kind !== 'unanswered') await this.parts.store.complete(stored.id, outcome);
      return outcome;
    } catch (error) {
      const { id, leadId, type } = stored;
      this.parts.log.warn({ commandId: id, leadId, type, err: error }, 'the command is stored but has no outcome yet');
      return unanswered;
    }
  }

  /** Before the refusal is kept, so that a crash in between only does it again: the ids stay the same. */
  async #addInstead(stored: StoredCommand): Promise<boolean> {
    for (const command of commandsInstead(stored)) {
      if ((await this.#outcomeOf(command)).kind === 'unanswered') return false;
    }
    return true;
  }

  async #outcomeOf(stored: StoredCommand): Promise<CommandOutcome> {
    // The body was checked against the schema of its type before it was stored.
    const command = await commandOf(stored, this.parts.agreements.findTerms);
    const lead = await this.parts.leads.find(stored.leadId);
    if (lead !== undefined && lead.excluded !== null) return this.parts.excluded.decide(stored.leadId, command);
    return this.parts.workflows.deliver(stored.leadId, command, ATTEMPT_MS_MAX);
  }
}

/** Intake found that the lead qualifies anew, but by now it does not: something else came first. */
const isOutrun = ({ type }: StoredCommand, { kind }: CommandOutcome): boolean =>
  type === 'requalify' && kind === 'refused';

const pauseFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
