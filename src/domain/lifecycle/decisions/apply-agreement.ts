import type { AgreementTerms, ClockPromise } from '../../agreement/index.js';
import { allHold } from '../../qualification/index.js';
import type { TermSegment } from '../../sla/clock.js';
import { NoOpenTime, promiseOf } from '../../sla/clock-time.js';
import { targetOf } from '../../sla/plan.js';
import type { CommandOf, RolloutMode } from '../commands.js';
import type { Draft } from '../draft.js';
import { cancel, subjectOf } from '../milestones.js';
import { changeTerms, isRunning } from '../replan.js';
import { refuse, type Decided } from './refuse.js';

/** Changes the agreement for what comes next and, unless it keeps them, for the clocks that run (spec §5). */
export function decideApplyAgreement(draft: Draft, command: CommandOf<'apply-agreement'>): Decided {
  const { agreement, mistakes = [], running = 'keep' } = command;
  if (!agreement) return refuse('invalid-agreement', { mistakes });
  const { key, name, version } = agreement;
  draft.emit({ type: 'agreement-applied', agreement: { key, name, version }, running });
  return running === 'keep' ? undefined : changeIfItOpens(draft, agreement, running);
}

/** A calendar may be open today, and never again by the time at which a clock of this lead would be due (spec T5). */
function changeIfItOpens(draft: Draft, agreement: AgreementTerms, mode: Exclude<RolloutMode, 'keep'>): Decided {
  try {
    changeRunningClocks(draft, agreement, mode);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof NoOpenTime)) throw thrown;
    return refuse('invalid-agreement', { mistakes: [thrown.message] });
  }
}

function changeRunningClocks(draft: Draft, agreement: AgreementTerms, mode: Exclude<RolloutMode, 'keep'>): void {
  const subject = subjectOf(draft.state, draft.at);
  for (const clock of draft.state.clocks) {
    if (!isRunning(clock)) continue;
    const promise = agreement.clocks[clock.name];
    if (!promise) {
      cancel(draft, clock, 'agreement-applied');
      continue;
    }
    const target = targetOf(promise, (index) => allHold(promise.overrides[index]!.when, subject));
    const change = {
      targetMs: target.withinMs,
      terms: termsUnder(mode, clock.terms, clock.startedAt, draft.at, agreement),
    };
    changeTerms(draft, clock, 'agreement-applied', change, !sameUntil(promiseOf(draft, clock), promise));
  }
}

function termsUnder(
  mode: Exclude<RolloutMode, 'keep'>,
  terms: readonly TermSegment[],
  startedAt: number,
  at: number,
  { key }: AgreementTerms,
): readonly TermSegment[] {
  return mode === 'recompute' ? [{ from: startedAt, agreement: key }] : [...terms, { from: at, agreement: key }];
}

const sameUntil = (one: ClockPromise, other: ClockPromise): boolean =>
  JSON.stringify(one.until) === JSON.stringify(other.until);
