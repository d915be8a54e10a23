import type { Instant } from '../business-time/index.js';
import type { StoredCommand } from '../ports.js';
import type { RejudgedClock } from '../sla/judgement.js';
import { touchOf, type Correction } from './correction.js';

/** What a lead is told, once more with another id if something has happened to it meanwhile. */
export interface Rejudging {
  readonly id: string;
  readonly leadId: string;
  /** The last event that the judgement knew. */
  readonly judgedSeq: number;
  readonly clocks: readonly RejudgedClock[];
}

/** Terms stand under their keys already; the lead gets them by value when it is told. */
export function rejudgingCommand(
  { id: correction, reason, approvedBy, subject }: Correction,
  { id, leadId, judgedSeq, clocks }: Rejudging,
  receivedAt: Instant,
): StoredCommand {
  const termsOfKeys = [...new Set(clocks.flatMap(({ terms }) => terms.map(({ agreement }) => agreement)))];
  const moved = touchOf(subject);
  const touch = moved && { touch: moved.touch, touchedAt: moved.touchedAt };
  const body = { correction, reason, judgedSeq, clocks, termsOfKeys, ...(touch && { touch }) };
  return { id, leadId, type: 'rejudge', body, by: approvedBy ?? 'system', receivedAt };
}

/** The clocks that a stored command judges anew. */
export const clocksSaidIn = ({ body }: Pick<StoredCommand, 'body'>): readonly RejudgedClock[] =>
  (body as Pick<Rejudging, 'clocks'>).clocks;
