/**
 * Starting leads' workflows: soon for a lead that has just been taken, again by the relay until it runs.
 */
import type { LeadStart, LeadWorkflows } from '../domain/ports.js';
import { Lull } from './lull.js';
import type { Log } from './log.js';
import type { IntakeStore } from './ports.js';
import { Turnstile } from './turnstile.js';

export interface LeadStartsParts {
  readonly workflows: Pick<LeadWorkflows, 'start'>;
  readonly store: Pick<IntakeStore, 'markStarted'>;
  readonly log: Log;
}

/** Many at a time take Temporal less work each, and leave callers alone the sooner; more would only queue there. */
const STARTS_AT_A_TIME = 32;
/** Beyond this the relay comes for the rest: an hour without Temporal must not fill the memory. */
const WAITING_COUNT_MAX = 500;
/** Callers go first: their leads start when none is served for a moment, together, or once so many wait. */
const STARTS_LULL = { quietMs: 8, waitMsMax: 1_000, enoughCount: 110 };
/** That a lead runs is noted with the others that start meanwhile; the relay asks only for leads that are much older. */
const NOTES_LULL = { quietMs: 1, waitMsMax: 500, enoughCount: 500 };

/** Goes ahead with a start, and resolves when it has settled. */
type Begun = () => Promise<unknown>;

export class LeadStarts {
  readonly #running = new Map<string, Promise<boolean>>();
  readonly #turnstile = new Turnstile(STARTS_AT_A_TIME);
  readonly #begun = new Lull<Begun>((starts) => Promise.all(starts.map((start) => start())), STARTS_LULL);
  readonly #started = new Lull<string>((leadIds) => this.#markStarted(leadIds), NOTES_LULL);
  readonly #held = new Map<string, () => void>();
  #noting: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  constructor(private readonly parts: LeadStartsParts) {}

  /** Leads that were begun wait while `work` serves a caller. */
  whileServing<T>(work: () => Promise<T>): Promise<T> {
    return this.#begun.during(work);
  }

  /** Starts it as soon as callers leave room; whether it worked is the relay's business. */
  begin(start: LeadStart): void {
    if (this.#turnstile.waitingCount + this.#begun.count >= WAITING_COUNT_MAX) return;
    const attempt = this.#attemptOnce(start, () => this.#turn(start.leadId, () => attempt));
  }

  /** Resolves when callers leave room; the next ones wait until `attempt` has settled. */
  async #turn(leadId: string, attempt: Begun): Promise<void> {
    await new Promise<void>((goAhead) => {
      this.#held.set(leadId, goAhead);
      this.#begun.add(() => {
        goAhead();
        return attempt();
      });
    });
    this.#held.delete(leadId);
  }

  /** Whether the workflow runs now. Asked twice for one lead, it is started once. */
  start(start: LeadStart): Promise<boolean> {
    return this.#attemptOnce(start, () => Promise.resolve());
  }

  /** Resolves when no start of that lead is under way any more; whoever asks needs it now, so it is held no longer. */
  async settled(leadId: string): Promise<void> {
    this.#held.get(leadId)?.();
    await this.#running.get(leadId);
  }

  /** Begins no more and resolves when what is under way has settled; the others are the next relay's. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#begun.flush();
    while (this.#running.size > 0) await Promise.all(this.#running.values());
    this.#started.flush();
    await this.#noting;
  }

  #attemptOnce(start: LeadStart, turn: () => Promise<void>): Promise<boolean> {
    const { leadId } = start;
    const running = this.#running.get(leadId);
    if (running !== undefined) return running;
    const attempt = turn()
      .then(() => this.#turnstile.pass(() => this.#attempt(start)))
      .finally(() => this.#running.delete(leadId));
    this.#running.set(leadId, attempt);
    return attempt;
  }

  async #attempt(start: LeadStart): Promise<boolean> {
    if (this.#isStopped) return false;
    try {
      await this.#started.during(() => this.parts.workflows.start(start));
      this.#started.add(start.leadId);
      return true;
    } catch (error) {
      this.parts.log.warn(
        { leadId: start.leadId, err: error },
        'the lead is stored but its workflow did not start yet',
      );
      return false;
    }
  }

  /** What is forgotten here is only started again, which changes nothing. */
  #markStarted(leadIds: readonly string[]): Promise<unknown> {
    const { store, log } = this.parts;
    const marking = Promise.all(leadIds.map((leadId) => store.markStarted(leadId))).catch((error: unknown) =>
      log.warn({ err: error }, 'that leads run could not be noted; they are looked at again'),
    );
    this.#noting = Promise.all([this.#noting, marking]);
    return marking;
  }
}
