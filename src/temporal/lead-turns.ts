import type { Instant } from '../domain/business-time/index.js';

/**
 * The server takes 10 updates of one workflow at a time; beyond that it drops what is under way there and begins anew.
 * Half of that leaves room for another program that speaks to the same lead.
 */
const AT_ONCE_COUNT = 5;

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

/** Lets a few speak to a lead at a time; the others wait their turn, first come, first served. */
export class LeadTurns {
  readonly #lanes = new Map<string, Lane>();

  constructor(private readonly now: () => Instant) {}

  /** What `work` gives; `undefined` if its turn has not come by `deadlineAt`. */
  async take<T>(leadId: string, deadlineAt: Instant, work: () => Promise<T>): Promise<T | undefined> {
    const lane = this.#lanes.get(leadId) ?? { running: 0, waiting: [] };
    this.#lanes.set(leadId, lane);
    if (!(await this.#enter(lane, deadlineAt))) return undefined;
    try {
      return await work();
    } finally {
      this.#leave(leadId, lane);
    }
  }

  async #enter(lane: Lane, deadlineAt: Instant): Promise<boolean> {
    if (lane.running < AT_ONCE_COUNT) {
      lane.running += 1;
      return true;
    }
    return new Promise((resolve) => {
      const enter = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      const giveUp = (): void => {
        lane.waiting.splice(lane.waiting.indexOf(enter), 1);
        resolve(false);
      };
      const timer = setTimeout(giveUp, Math.max(deadlineAt - this.now(), 1));
      lane.waiting.push(enter);
    });
  }

  /** The place goes to the next one directly, so nobody can slip in between. */
  #leave(leadId: string, lane: Lane): void {
    const next = lane.waiting.shift();
    if (next !== undefined) return next();
    lane.running -= 1;
    if (lane.running === 0) this.#lanes.delete(leadId);
  }
}
