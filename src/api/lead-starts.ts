/**
 * Starting leads' workflows: at once for a lead that has just been taken, again by the relay until it runs.
 */
import type { LeadStart, LeadWorkflows } from '../domain/ports.js';
import type { Log } from './log.js';
import type { IntakeStore } from './ports.js';
import { Turnstile } from './turnstile.js';

export interface LeadStartsParts {
  readonly workflows: Pick<LeadWorkflows, 'start'>;
  readonly store: Pick<IntakeStore, 'markStarted'>;
  readonly log: Log;
}

/** More at a time would only queue in Temporal, and take the processor from the callers. */
const STARTS_AT_A_TIME = 16;
/** Beyond this the relay comes for the rest: an hour without Temporal must not fill the memory. */
const WAITING_COUNT_MAX = 500;

export class LeadStarts {
  readonly #running = new Map<string, Promise<boolean>>();
  readonly #turnstile = new Turnstile(STARTS_AT_A_TIME);
  #isStopped = false;

  constructor(private readonly parts: LeadStartsParts) {}

  /** Starts it soon; whether it worked is the relay's business. */
  begin(start: LeadStart): void {
    if (this.#turnstile.waitingCount < WAITING_COUNT_MAX) void this.start(start);
  }

  /** Whether the workflow runs now. Asked twice for one lead, it is started once. */
  start(start: LeadStart): Promise<boolean> {
    const { leadId } = start;
    const running = this.#running.get(leadId);
    if (running !== undefined) return running;
    const attempt = this.#turnstile.pass(() => this.#attempt(start)).finally(() => this.#running.delete(leadId));
    this.#running.set(leadId, attempt);
    return attempt;
  }

  /** Resolves when no start of that lead is under way any more. */
  async settled(leadId: string): Promise<void> {
    await this.#running.get(leadId);
  }

  /** Begins no more and resolves when what is under way has settled; the others are the next relay's. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  async #attempt(start: LeadStart): Promise<boolean> {
    if (this.#isStopped) return false;
    try {
      await this.parts.workflows.start(start);
      await this.parts.store.markStarted(start.leadId);
      return true;
    } catch (error) {
      this.parts.log.warn(
        { leadId: start.leadId, err: error },
        'the lead is stored but its workflow did not start yet',
      );
      return false;
    }
  }
}
