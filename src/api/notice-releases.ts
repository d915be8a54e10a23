import type { DurationMs } from '../domain/business-time/index.js';
import type { NoticeHolds, ReleasableLead } from '../domain/notices/holds.js';
import type { Log } from './log.js';

/** Has the workflow of a lead send the notices of these events, in their order; resolves once it is told so. */
export type RemindOfNotices = (leadId: string, seqs: readonly number[]) => Promise<void>;

export interface NoticeReleaseParts {
  readonly holds: Pick<NoticeHolds, 'takeReleasable' | 'giveBack'>;
  readonly remindOfNotices: RemindOfNotices;
  readonly log: Log;
}

/** Lets notices go that a hold has kept: each lead sends its own, once it is reminded. */
export class NoticeReleases {
  constructor(private readonly parts: NoticeReleaseParts) {}

  /**
   * Reminds the leads that have waited longest, a page of them.
   * @returns for each whether its workflow was reached; those that were not are taken again next time
   */
  async remind(againAfterMs: DurationMs, limit: number): Promise<readonly boolean[]> {
    const leads = await this.parts.holds.takeReleasable(againAfterMs, limit);
    const reached = await Promise.all(leads.map((lead) => this.#reach(lead)));
    const unreached = leads.filter((_, index) => reached[index] === false);
    if (unreached.length > 0) await this.parts.holds.giveBack(unreached.map(({ leadId }) => leadId));
    return reached;
  }

  async #reach({ leadId, seqs }: ReleasableLead): Promise<boolean> {
    try {
      await this.parts.remindOfNotices(leadId, seqs);
      return true;
    } catch (error) {
      this.parts.log.warn({ err: error, leadId }, 'the lead could not be reminded of its notices');
      return false;
    }
  }
}
