import type { DurationMs, Instant } from '../business-time/index.js';
import type { Draft } from '../lifecycle/draft.js';
import type { EventOf, LeadEvent } from '../lifecycle/events.js';
import { rests, targetNow } from '../lifecycle/milestones.js';
import { holderOf, type LeadState } from '../lifecycle/state.js';
import { clockTimeBetween, promiseOf, termsKeyOf } from '../sla/clock-time.js';
import type { Clock, Plan, TermSegment } from '../sla/clock.js';
import type { Judgement, RejudgedClock } from '../sla/judgement.js';
import { planClock, planTiers, type Planned } from '../sla/plan.js';

/** Which agreement stands in for one that was wrong: the key itself where nothing was. */
export type TermsInstead = (key: string) => string;

type Retold = Omit<RejudgedClock, 'was'>;

/** While it rests its ladder waits, and is planned anew when the lead goes on. */
function tiersOf(draft: Draft, planned: Planned, clock: Clock, dueAt: Instant): Plan['tiers'] {
  if (!rests(draft.state, clock.party)) return planTiers(draft, planned, dueAt);
  return 'plan' in clock ? clock.plan.tiers : [];
}

/** How the clock came to its end. */
type End = { readonly as: 'completed' | 'cancelled'; readonly at: Instant };

/** What decides when it is due, as one change of agreement found it. */
interface Terms {
  readonly targetMs: DurationMs;
  readonly terms: readonly TermSegment[];
  readonly dueAt: Instant;
  /** With nothing left, it is due then. */
  readonly notBefore: Instant;
  /** When that was known: nothing of it fires earlier. */
  readonly plannedAt: Instant;
}

/**
 * One clock told its lead's story again, under terms that should have held: what moves its due instant moves it, what
 * ended it ends it, and its verdict follows. What others did meanwhile stays as it was. Lives within one retelling.
 */
export class RetoldClock {
  #verdict: Judgement['verdict'];
  #terms: Terms;
  /** As it was before the last change of agreement, which may be reverted. */
  #former: Terms;
  #end: End | undefined;
  #overshootMs: DurationMs | null = null;
  #heldBy: string | null = null;
  #team: string | null;

  constructor(
    draft: Draft,
    readonly started: EventOf<'clock-started'>,
    private readonly instead: TermsInstead,
    /** Where a fact is corrected that decides it: when its milestone was reached after all; its own events tell otherwise. */
    private readonly reached?: { readonly at: Instant | undefined },
  ) {
    this.#verdict = started.plan === null ? 'paused' : 'pending';
    const terms = this.#inTheirPlace(started.terms);
    const { targetMs, startedAt, at } = started;
    this.#terms = { targetMs, terms, dueAt: startedAt, notBefore: startedAt, plannedAt: at };
    if (this.#isPending) this.#plan(draft, startedAt);
    this.#former = this.#terms;
    this.#team = holderOf(draft.state).team;
  }

  /**
   * What happens to the clock by itself before an event at `at`: a milestone at another instant than was said ends it, or
   * it ran out, with its due instant as its stamp.
   */
  lapse(at: Instant, before: Draft): void {
    this.#reach(at, before);
    const { dueAt, plannedAt } = this.#terms;
    if (this.#end === undefined && this.#isPending && Math.max(dueAt, plannedAt) < at) this.#breach(before.state);
  }

  #reach(by: Instant, draft: Draft): void {
    const at = this.reached?.at;
    if (at !== undefined && at <= by && this.#end === undefined) this.#complete(draft, at);
  }

  /** @param draft the lead as the event leaves it */
  hear(event: LeadEvent, draft: Draft): void {
    if ('clockCycle' in event) {
      if (this.#isMine(event)) this.#hearOwn(event, draft);
      return;
    }
    if (this.#end !== undefined) return;
    this.#team = holderOf(draft.state).team;
    this.#restOrGoOn(draft);
    if (!this.#isPending && this.#verdict !== 'paused') return;
    if (event.type === 'owner-changed') this.#changeHands(draft);
    if (event.type === 'priority-raised') this.#shorten(draft);
  }

  /**
   * What the story makes of the clock by the end of the draft's instant.
   * @param clock as the ledger has it: if it is due then as well, its own breach is on its way
   */
  judged(draft: Draft, clock: Clock): Retold {
    this.#reach(Number.POSITIVE_INFINITY, draft);
    const isDue = this.#end === undefined && this.#isPending && this.#terms.dueAt <= draft.at;
    if (isDue && !(clock.verdict === 'pending' && clock.plan.dueAt === this.#terms.dueAt)) this.#breach(draft.state);
    const { clock: name, n, clockCycle, party, startedAt } = this.started;
    const { targetMs, terms } = this.#terms;
    const { key, name: agreement, version, zoneRelease } = draft.termsOf(termsKeyOf({ terms }));
    const isCancelled = this.#end?.as === 'cancelled';
    return {
      ...{ clock: name, n, clockCycle, party, team: this.#team, startedAt, targetMs, terms, zoneRelease },
      agreement: { key, name: agreement, version },
      is: this.#judgement,
      cancelledAt: isCancelled ? this.#end!.at : null,
      heldBy: this.#verdict === 'breached' ? this.#heldBy : null,
      plan: this.#planFromNowOn(draft, clock),
    };
  }

  get #judgement(): Judgement {
    const isCompleted = this.#end?.as === 'completed';
    const restedTillItsEnd = this.#verdict === 'paused';
    return {
      verdict: this.#verdictAtItsEnd,
      dueAt: restedTillItsEnd ? null : this.#terms.dueAt,
      completedAt: isCompleted ? this.#end!.at : null,
      overshootMs: this.#overshootMs,
    };
  }

  get #verdictAtItsEnd(): Judgement['verdict'] {
    if (this.#end === undefined || this.#verdict === 'breached') return this.#verdict;
    return this.#end.as === 'completed' ? 'met' : 'cancelled';
  }

  #planFromNowOn(draft: Draft, clock: Clock): Plan | null {
    const planned = { ...this.#timed, tiers: clock.tiers };
    const { dueAt, notBefore } = this.#terms;
    if (this.#verdict === 'breached') {
      return { dueAt, warnings: [], tiers: this.#end === undefined ? tiersOf(draft, planned, clock, dueAt) : [] };
    }
    return this.#isPending && this.#end === undefined ? planClock(draft, planned, notBefore) : null;
  }

  get #isPending(): boolean {
    return this.#verdict === 'pending';
  }

  get #timed() {
    const { clock: name, party, startedAt } = this.started;
    const { targetMs, terms } = this.#terms;
    return { name, party, startedAt, targetMs, terms, tiers: [] };
  }

  #isMine({ clock, n, clockCycle }: { readonly clock: string; readonly n: number; readonly clockCycle: number }) {
    const mine = this.started;
    return mine.clock === clock && mine.n === n && mine.clockCycle === clockCycle;
  }

  #hearOwn(event: Extract<LeadEvent, { readonly clockCycle: number }>, draft: Draft): void {
    switch (event.type) {
      case 'clock-met':
      case 'clock-completed-late':
      case 'clock-corrected':
        return this.reached ? undefined : this.#complete(draft, event.completedAt);
      case 'clock-cancelled':
        return this.#cancel(draft, event);
      case 'clock-reopened':
        return this.reached ? undefined : this.#reopen(draft);
      case 'clock-replanned':
        return this.#follow(draft, event);
      case 'clock-breached':
        return this.#breachWith(event, draft);
      case 'clock-started':
      case 'clock-rejudged':
      case 'warning-fired':
      case 'touches-out-of-reach':
      case 'tier-fired':
      case 'tier-acknowledged':
        return undefined;
    }
  }

  #restOrGoOn(draft: Draft): void {
    const isToRest = rests(draft.state, this.started.party);
    if (this.#isPending && isToRest) this.#verdict = 'paused';
    else if (this.#verdict === 'paused' && !isToRest) {
      this.#verdict = 'pending';
      this.#plan(draft, draft.at);
    }
  }

  /** A clock on a calendar of its own does not care whose lead it is (spec C7). */
  #changeHands(draft: Draft): void {
    if (this.#isPending && promiseOf(draft, this.#timed).calendar === undefined) this.#plan(draft, draft.at);
  }

  /** Spec C12: to what is allowed from now on, if that is less than the target. */
  #shorten(draft: Draft): void {
    if (draft.state.cycle !== this.started.clockCycle) return;
    const clock = this.#timed;
    const { withinMs } = targetNow(draft, promiseOf(draft, clock));
    const allowedMs = clockTimeBetween(draft, clock, clock.startedAt, draft.at) + withinMs;
    if (allowedMs >= clock.targetMs) return;
    this.#terms = { ...this.#terms, targetMs: allowedMs };
    if (this.#isPending) this.#plan(draft, draft.at);
  }

  #follow(draft: Draft, { cause, targetMs, terms }: EventOf<'clock-replanned'>): void {
    const isRunning = this.#end === undefined && (this.#isPending || this.#verdict === 'paused');
    if (!isRunning) return;
    if (cause === 'agreement-reverted') this.#terms = this.#former;
    if (cause !== 'agreement-applied') return;
    this.#former = this.#terms;
    this.#terms = { ...this.#terms, targetMs, terms: this.#inTheirPlace(terms) };
    if (this.#isPending) this.#plan(draft, draft.at);
  }

  /** Its milestone, in time or not; a clock that has ended is corrected by nothing but an earlier one (spec C8, C9). */
  #complete(draft: Draft, at: Instant): void {
    const { dueAt } = this.#terms;
    const isLate = this.#verdict !== 'paused' && at > dueAt;
    if (this.#end !== undefined && (this.#verdict !== 'breached' || isLate)) return;
    if (isLate && this.#isPending) this.#breach(draft.state);
    if (!isLate && this.#verdict === 'breached') this.#verdict = 'pending';
    this.#end = { as: 'completed', at };
    this.#overshootMs = isLate ? clockTimeBetween(draft, this.#timed, dueAt, at) : null;
  }

  #cancel(draft: Draft, { at, cause }: EventOf<'clock-cancelled'>): void {
    if (this.#end !== undefined) return;
    const wasDueBefore = cause === 'lead-closed' && this.#terms.dueAt <= (draft.state.closedAt ?? at);
    if (this.#isPending && wasDueBefore) this.#breach(draft.state);
    this.#end = { as: 'cancelled', at };
  }

  /** The touch that ended it was taken back: it waits again, and a breach stays. */
  #reopen(draft: Draft): void {
    this.#end = undefined;
    this.#overshootMs = null;
    if (this.#verdict === 'breached') return;
    this.#verdict = rests(draft.state, this.started.party) ? 'paused' : 'pending';
    if (this.#isPending) this.#plan(draft, this.started.startedAt);
  }

  /** Where the due instant is the same, so is the order of what happened at it. */
  #breachWith({ dueAt }: EventOf<'clock-breached'>, draft: Draft): void {
    if (this.#end === undefined && this.#isPending && dueAt === this.#terms.dueAt) this.#breach(draft.state);
  }

  #breach({ holders }: LeadState): void {
    this.#verdict = 'breached';
    this.#heldBy = holders.findLast(({ from }) => from <= this.#terms.dueAt)?.owner ?? null;
  }

  #plan(draft: Draft, notBefore: Instant): void {
    const { dueAt } = planClock(draft, this.#timed, notBefore);
    this.#terms = { ...this.#terms, dueAt, notBefore, plannedAt: draft.at };
  }

  #inTheirPlace(terms: readonly TermSegment[]): readonly TermSegment[] {
    return terms.map(({ from, agreement }) => ({ from, agreement: this.instead(agreement) }));
  }
}
