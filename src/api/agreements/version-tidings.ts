import type { VersionStanding } from '../../domain/agreement/life/index.js';
import type { VersionStore, VersionWorkflows } from '../../domain/agreement/ports.js';
import type { Log } from '../log.js';

export interface VersionTidingsParts {
  readonly versions: Pick<VersionStore, 'listUntold' | 'markTold'>;
  readonly workflows: VersionWorkflows;
  readonly log: Log;
}

export interface TidingsCount {
  readonly arrivedCount: number;
  readonly failedCount: number;
}

const PAGE_SIZE = 50;

/**
 * Tells versions' workflows how their versions stand: at once after a step, again by the relay until each has heard.
 * What a version has become stands in the database first, so a Temporal that is away costs time and nothing else.
 */
export class VersionTidings {
  #round: Promise<TidingsCount> | undefined;

  constructor(private readonly parts: VersionTidingsParts) {}

  /** Tells soon; whether it worked is the relay's business. */
  begin(): void {
    void this.tellAll();
  }

  /** One round for all that ask while it lasts, and another one for those that came too late for it. */
  async tellAll(): Promise<TidingsCount> {
    await this.#round;
    this.#round ??= this.#tellUntold().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  /** Resolves when nothing is being told any more. */
  async settled(): Promise<void> {
    while (this.#round !== undefined) await this.#round;
  }

  async #tellUntold(): Promise<TidingsCount> {
    try {
      const untold = await this.parts.versions.listUntold(PAGE_SIZE);
      const arrived = await Promise.all(untold.map((standing) => this.#tell(standing)));
      const arrivedCount = arrived.filter(Boolean).length;
      return { arrivedCount, failedCount: arrived.length - arrivedCount };
    } catch (error) {
      this.parts.log.warn({ err: error }, 'versions of agreements whose workflow is to be told could not be read');
      return { arrivedCount: 0, failedCount: 1 };
    }
  }

  async #tell(standing: VersionStanding): Promise<boolean> {
    const { name, version, revision } = standing;
    try {
      await this.parts.workflows.tell(standing);
      await this.parts.versions.markTold({ name, version }, revision);
      return true;
    } catch (error) {
      this.parts.log.warn({ name, version, err: error }, 'the workflow of a version was not told yet');
      return false;
    }
  }
}
