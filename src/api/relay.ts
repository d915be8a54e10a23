/**
 * What was stored but has not reached Temporal: leads without a workflow, commands without an outcome, notices that may
 * leave again, orders to rollouts and corrections, what was done to reviews, steps in the lives of agreements' versions. The relay brings them there, again and again,
 * until each has arrived; a Temporal that was away for an hour costs time, not leads.
 */
import type { StoredCommand } from '../domain/ports.js';
import type { VersionTidings } from './agreements/version-tidings.js';
import type { Deliveries } from './commands/deliveries.js';
import type { LeadStarts } from './lead-starts.js';
import type { Log } from './log.js';
import type { NoticeReleases } from './notice-releases.js';
import type { CommandStore, IntakeStore } from './ports.js';
import type { ReviewDesk } from './reviews/review-desk.js';
import type { CorrectionDesk } from './corrections/correction-desk.js';
import type { RolloutDesk } from './rollouts/rollout-desk.js';

export interface RelayParts {
  readonly intake: Pick<IntakeStore, 'listUnstarted'>;
  readonly commands: Pick<CommandStore, 'listUndelivered'>;
  readonly starts: LeadStarts;
  readonly deliveries: Deliveries;
  readonly releases: NoticeReleases;
  readonly rolloutDesk: RolloutDesk;
  readonly correctionDesk: CorrectionDesk;
  readonly reviewDesk: ReviewDesk;
  readonly tidings: Pick<VersionTidings, 'tellAll'>;
  readonly log: Log;
}

export interface RelayPace {
  /** What is younger is still on its first way. */
  readonly startAfterMs: number;
  readonly deliverAfterMs: number;
  /** A lead that was told to send what was held is told again, unless it has by then. */
  readonly remindAfterMs: number;
  /** Between two rounds; doubled after each round that got nothing through, up to the maximum. */
  readonly everyMs: number;
  readonly everyMsMax: number;
}

export const usualPace: RelayPace = {
  startAfterMs: 2_000,
  deliverAfterMs: 6_000,
  remindAfterMs: 60_000,
  everyMs: 1_000,
  everyMsMax: 15_000,
};

const PAGE_SIZE = 200;

interface Round {
  readonly arrivedCount: number;
  readonly failedCount: number;
}

export class Relay {
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #isStopped = false;
  #failedRoundCount = 0;

  constructor(
    private readonly parts: RelayParts,
    private readonly pace: RelayPace = usualPace,
  ) {}

  start(): void {
    this.#schedule(0);
  }

  /** Ends after the round under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  #schedule(inMs: number): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#round = this.#run();
    }, inMs);
  }

  async #run(): Promise<void> {
    const { arrivedCount, failedCount } = await this.#roundOrFailure();
    const isStuck = failedCount > 0 && arrivedCount === 0;
    this.#failedRoundCount = isStuck ? this.#failedRoundCount + 1 : 0;
    const { everyMs, everyMsMax } = this.pace;
    const hasMore = !isStuck && arrivedCount + failedCount >= PAGE_SIZE;
    this.#schedule(hasMore ? 0 : Math.min(everyMs * 2 ** this.#failedRoundCount, everyMsMax));
  }

  async #roundOrFailure(): Promise<Round> {
    try {
      const starts = await this.#startLeads();
      // What cannot be started cannot be commanded either.
      if (starts.failedCount > 0 && starts.arrivedCount === 0) return starts;
      const others = [
        await this.#deliverCommands(),
        await this.#releaseNotices(),
        await this.#tellRollouts(),
        await this.#tellCorrections(),
        await this.#tellReviews(),
        await this.parts.tidings.tellAll(),
      ];
      return others.reduce(sum, starts);
    } catch (error) {
      this.parts.log.warn({ err: error }, 'the relay could not read what is to be relayed');
      return { arrivedCount: 0, failedCount: 1 };
    }
  }

  async #startLeads(): Promise<Round> {
    const unstarted = await this.parts.intake.listUnstarted(this.pace.startAfterMs, PAGE_SIZE);
    const [first, ...others] = unstarted;
    if (first === undefined) return nothing;
    // One goes ahead: if Temporal is away, the others need not find out one by one.
    const went = await this.parts.starts.start(first);
    const rest = went || others.length < PROBE_COUNT ? others : others.slice(0, PROBE_COUNT);
    const started = await Promise.all(rest.map((lead) => this.parts.starts.start(lead)));
    return this.#told('workflows started late', counted([went, ...started]));
  }

  async #deliverCommands(): Promise<Round> {
    const undelivered = await this.parts.commands.listUndelivered(this.pace.deliverAfterMs, PAGE_SIZE);
    const delivered = await Promise.all(
      byLead(undelivered).map((commands) => this.parts.deliveries.attemptInOrder(commands)),
    );
    return this.#told('commands delivered late', counted(delivered.flat()));
  }

  async #releaseNotices(): Promise<Round> {
    const reminded = await this.parts.releases.remind(this.pace.remindAfterMs, PAGE_SIZE);
    return this.#told('leads reminded of notices that were held', counted(reminded));
  }

  async #tellRollouts(): Promise<Round> {
    return this.#told('rollouts told late', await this.parts.rolloutDesk.tellUntold(this.pace.startAfterMs));
  }

  async #tellCorrections(): Promise<Round> {
    return this.#told('corrections told late', await this.parts.correctionDesk.tellUntold(this.pace.startAfterMs));
  }

  async #tellReviews(): Promise<Round> {
    return this.#told('reviews told late', await this.parts.reviewDesk.tellUntold(this.pace.startAfterMs));
  }

  #told(what: string, round: Round): Round {
    if (round.arrivedCount > 0) this.parts.log.info(round, what);
    return round;
  }
}

/** How many more are tried when the first did not go: it may be the only one that cannot. */
const PROBE_COUNT = 8;

const nothing: Round = { arrivedCount: 0, failedCount: 0 };

/** The commands of each lead, in the order in which they stand. */
function byLead(commands: readonly StoredCommand[]): readonly (readonly StoredCommand[])[] {
  const leadIds = [...new Set(commands.map(({ leadId }) => leadId))];
  return leadIds.map((leadId) => commands.filter((command) => command.leadId === leadId));
}

const counted = (arrived: readonly boolean[]): Round => ({
  arrivedCount: arrived.filter(Boolean).length,
  failedCount: arrived.filter((has) => !has).length,
});

const sum = (one: Round, other: Round): Round => ({
  arrivedCount: one.arrivedCount + other.arrivedCount,
  failedCount: one.failedCount + other.failedCount,
});
