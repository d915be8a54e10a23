/** The contract of corrections, between their workflow and the activity that it asks. Types only. */
import type { DurationMs } from '../src/domain/business-time/index.js';
import type { Correction } from '../src/domain/correction/index.js';

/** Which correction, and in which workspace its rows lie. */
export interface CorrectionPlace {
  readonly workspace: string;
  readonly correctionId: string;
}

/** A correction as a batch leaves it. */
export interface CorrectionProgress {
  readonly correction: Correction;
  /** The next batch begins so much later. */
  readonly waitMs: DurationMs;
}

export interface CorrectionActivities {
  /** Judges the next leads, as the correction is ordered by now; ends its list, or itself, when none is left. */
  judgeBatch(place: CorrectionPlace): Promise<CorrectionProgress>;
}
