import type { Instant } from '../../src/domain/business-time/index.js';
import { OPS, type Briefing, type News, type Reader } from '../../src/domain/notices/index.js';

/** Somebody who should have had the notice, and why they have not. */
export interface Unreached {
  readonly reader: Reader;
  readonly reason: string;
}

/** Everything a mail shows, before it has a form. */
export interface Letter {
  readonly news: News;
  readonly briefing: Briefing;
  /** An instant in the reader's zone. */
  readonly say: (at: Instant) => string;
  readonly link: string;
  readonly linkExpiresAt: Instant;
  readonly reader: Reader;
  readonly unreached: readonly Unreached[];
}

/** Why this reader got somebody else's notice, as sentences; empty for a reader who should have it. */
export const standInSentences = ({ unreached }: Letter): readonly string[] =>
  unreached.map(
    ({ reader, reason }) =>
      `This notice is for ${nameOf(reader)}, whom mail does not reach (${reason}). Please pass it on.`,
  );

export const closingSentence = ({ briefing, reader }: Letter): string =>
  `Handoff sends this to ${nameOf(reader)} as the agreement ${briefing.agreement} says. Lead ${briefing.leadId}, ` +
  `cycle ${briefing.cycle}.`;

export const nameOf = (reader: Reader): string => (reader === OPS ? 'the operators' : reader);
