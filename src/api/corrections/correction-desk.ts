/**
 * Corrections as the edge knows them: what is drafted, who approves it, and that the correction's workflow hears of it.
 * Which verdicts change is the core's to say; nothing here judges anything.
 */
import type { Actor } from '../../domain/access/audit-entry.js';
import type { Instant } from '../../domain/business-time/index.js';
import type {
  CorrectionMade,
  CorrectionOrder,
  CorrectionOrdered,
  CorrectionStore,
  CorrectionSubject,
  CorrectionWorkflows,
} from '../../domain/correction/index.js';
import type { LeadLedger } from '../../domain/ports.js';
import type { Log } from '../log.js';
import type { FieldError } from '../problems.js';
import { within } from '../within.js';
import { findTouch } from './corrected-touch.js';
import { CorrectedTerms, type CorrectedTermsParts } from './corrected-terms.js';

export interface CorrectionDeskParts extends CorrectedTermsParts {
  readonly corrections: CorrectionStore;
  readonly correctionWorkflows: CorrectionWorkflows;
  readonly ledger: Pick<LeadLedger, 'read'>;
  readonly log: Log;
}

export interface CorrectionAsked {
  readonly id: string;
  readonly subject: CorrectionSubject;
  readonly reason: string;
  readonly createdAt: Instant;
}

export type CorrectionDrafted = CorrectionMade | { readonly kind: 'wrong'; readonly errors: readonly FieldError[] };

/** How many have been told of what was ordered, and how many could not be. */
interface ToldCount {
  readonly arrivedCount: number;
  readonly failedCount: number;
}

const PAGE_SIZE = 50;
/** A caller waits no longer for Temporal; what is stored will be told. */
const TELL_MS_MAX = 1_000;

/** What is ordered is stored first; that the workflow hears of it is tried at once, and again by the relay. */
export class CorrectionDesk {
  readonly #terms: CorrectedTerms;

  constructor(private readonly parts: CorrectionDeskParts) {
    this.#terms = new CorrectedTerms(parts);
  }

  async draft(asked: CorrectionAsked, actor: Actor): Promise<CorrectionDrafted> {
    const { subject, createdAt } = asked;
    const found =
      'touch' in subject ? await findTouch(this.parts.ledger, subject) : await this.#terms.of(subject, createdAt);
    if (found.errors !== undefined) return { kind: 'wrong', errors: found.errors };
    const made = await this.parts.corrections.make({ ...asked, ...found }, actor);
    if (made.kind === 'made') await within(TELL_MS_MAX, this.#tell(asked.id), false);
    return made;
  }

  async order(id: string, order: CorrectionOrder, actor: Actor, at: Instant): Promise<CorrectionOrdered> {
    const ordered = await this.parts.corrections.order(id, order, actor, at);
    if (ordered.kind === 'ordered') await within(TELL_MS_MAX, this.#tell(id), false);
    return ordered;
  }

  /** Tells of what was ordered longer ago and has not been heard of. */
  async tellUntold(olderThanMs: number): Promise<ToldCount> {
    const ids = await this.parts.corrections.listUntold(olderThanMs, PAGE_SIZE);
    const told = await Promise.all(ids.map((id) => this.#tell(id)));
    return { arrivedCount: told.filter(Boolean).length, failedCount: told.filter((was) => !was).length };
  }

  async #tell(id: string): Promise<boolean> {
    try {
      await this.parts.correctionWorkflows.nudge(id);
      await this.parts.corrections.markTold(id);
      return true;
    } catch (error) {
      const what = 'the correction is stored but its workflow has not heard of it';
      this.parts.log.warn({ correctionId: id, err: error }, what);
      return false;
    }
  }
}
