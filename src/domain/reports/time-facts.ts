import type { AgreementRef, Party } from '../agreement/index.js';
import type { DurationMs, Instant } from '../business-time/index.js';
import type { ExplainPorts, TimeShare } from '../explain/explanation.js';
import { timeSplit } from '../explain/time-split.js';
import type { Trace } from '../explain/traces.js';
import { isOpenClock } from '../sla/clock.js';
import type { HeldBy } from './holding-facts.js';

/** What of a clock's open time went by with one owner while one tier was the highest that had been told. */
export interface TimeFacts {
  readonly cycle: number;
  readonly clock: string;
  readonly n: number;
  /** Its place among the shares of the clock, from 1. */
  readonly share: number;
  readonly party: Party;
  readonly agreement: AgreementRef;
  readonly heldBy: HeldBy;
  /** 0: nobody had been told yet. */
  readonly tier: number;
  readonly endedAt: Instant;
  readonly usedMs: DurationMs;
  /** The part of it after the due instant. */
  readonly lateMs: DurationMs;
}

/**
 * How the open time of the clocks that have ended was split, as `explain` splits it; a clock that runs is not told of
 * before its end.
 */
export const timeFacts = (
  traces: readonly Trace[],
  ports: ExplainPorts,
  agreementOf: (trace: Trace) => AgreementRef,
): readonly TimeFacts[] => traces.flatMap((trace) => sharesOf(trace, ports, agreementOf(trace)));

function sharesOf(trace: Trace, ports: ExplainPorts, agreement: AgreementRef): readonly TimeFacts[] {
  const { clock } = trace;
  const isKnown = clock.terms.every((segment) => segment.agreement in ports.agreements);
  const split = isOpenClock(clock) || !isKnown ? null : timeSplit(ports, trace, Number.POSITIVE_INFINITY);
  if (split === null) return [];
  return split.shares.map((share, index) => ({
    cycle: clock.cycle,
    clock: clock.name,
    n: clock.n,
    share: index + 1,
    party: clock.party,
    agreement,
    heldBy: holderIn(trace, share),
    tier: share.tier,
    endedAt: split.usedUntil,
    usedMs: share.usedMs,
    lateMs: share.lateMs,
  }));
}

/** The team with which the owner last held the lead while the clock ran. */
function holderIn({ course }: Trace, { owner, queue }: TimeShare): HeldBy {
  const holder = course.holders.findLast((one) => one.owner === owner && one.queue === queue);
  return { owner, team: owner === null && queue === null ? null : (holder?.team ?? null) };
}
