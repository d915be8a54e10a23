import type { AgreementTerms } from '../agreement/index.js';
import type { CalendarWindows, Instant } from '../business-time/index.js';
import type { MovedTouch } from '../lifecycle/commands.js';
import type { StepContext } from '../lifecycle/context.js';
import { withMovedTouch } from '../lifecycle/corrected-touches.js';
import { Draft } from '../lifecycle/draft.js';
import { evolve } from '../lifecycle/evolve.js';
import type { ClockId, LeadEvent } from '../lifecycle/events.js';
import { clocksIn } from '../lifecycle/record.js';
import { withAnswer } from '../lifecycle/run.js';
import { attempt } from '../lifecycle/step.js';
import type { LeadState } from '../lifecycle/state.js';
import type { CalendarAnswer } from '../ports.js';
import { clockTimeBetween, NoOpenTime } from '../sla/clock-time.js';
import type { Clock, TermSegment } from '../sla/clock.js';
import { isSameJudgement, judgementOf, type RejudgedClock } from '../sla/judgement.js';
import { milestonesCorrected, milestonesMoved } from './milestones-moved.js';
import { RetoldClock, type TermsInstead } from './retold-clock.js';

/** What is known to whoever judges leads anew; the same for all of them. */
export interface CorrectedWorld {
  readonly agreements: Readonly<Record<string, AgreementTerms>>;
  /** The key of the terms that should have held, by that of those that did. */
  readonly termsInstead: Readonly<Record<string, string>>;
  readonly answerCalendar: CalendarAnswer;
  /** A touch of one lead that happened at another instant than was said. */
  readonly touch?: MovedTouch;
}

export type LeadRejudged =
  | { readonly kind: 'judged'; readonly clocks: readonly RejudgedClock[] }
  /** A calendar never opens again under the correction, or terms are missing: the lead stays as it is. */
  | { readonly kind: 'unjudged'; readonly why: string };

/**
 * The clocks of a lead, of whichever cycle, of which the correction says something else than its ledger: in the order in
 * which they started. What followed from the old verdicts (escalations, moves, other clocks) is taken as it happened.
 * @param story the whole ledger
 * @param at by the end of which they are judged; not before the last event
 */
export function rejudgeLead(story: readonly LeadEvent[], at: Instant, world: CorrectedWorld): LeadRejudged {
  const { agreements, answerCalendar } = world;
  const corrected = {
    instead: (key: string) => world.termsInstead[key] ?? key,
    ...(world.touch && { touch: world.touch }),
  };
  let context: StepContext = { agreements, windows: noWindows, answers: {} };
  try {
    for (;;) {
      const told = attempt(() => ({
        kind: 'judged' as const,
        clocks: changesIn(story, retell(story, at, context, corrected)),
      }));
      if (told.kind === 'judged') return told;
      const { question } = told;
      if (question.kind !== 'windows') throw new Error(`a retelling asks for windows only, not for ${question.kind}`);
      context = withAnswer(context, question, answerCalendar(question));
    }
  } catch (thrown) {
    if (thrown instanceof NoOpenTime) return { kind: 'unjudged', why: thrown.message };
    throw thrown;
  }
}

const noWindows: Readonly<Record<string, CalendarWindows>> = {};

interface Corrected {
  readonly instead: TermsInstead;
  readonly touch?: MovedTouch;
}

interface Retelling {
  readonly clocks: readonly RetoldClock[];
  /** The lead as its story leaves it. */
  readonly draft: Draft;
}

/** Tells each clock what happened to the lead since it started. */
function retell(
  recorded: readonly LeadEvent[],
  at: Instant,
  context: StepContext,
  { instead, touch }: Corrected,
): Retelling {
  const moved = touch ? milestonesMoved(recorded, touch, context) : [];
  const reachedIn = new Map([...milestonesCorrected(recorded), ...moved]);
  const story = touch ? withMovedTouch(recorded, touch) : recorded;
  const clocks: RetoldClock[] = [];
  let before: Draft | undefined;
  for (const event of story) {
    if (before) for (const clock of clocks) clock.lapse(event.at, before);
    const draft = draftAt(evolve(before?.state, event), context, event.at);
    for (const clock of clocks) clock.hear(event, draft);
    if (event.type === 'clock-started') {
      clocks.push(new RetoldClock(draft, event, instead, reachedIn.get(keyOf(event))));
    }
    before = draft;
  }
  if (!before) throw new Error('a lead without events has no clocks');
  return { clocks, draft: draftAt(before.state, context, Math.max(at, before.state.appliedAt)) };
}

const draftAt = (state: LeadState, context: StepContext, at: Instant): Draft => new Draft(state, context, { at });

function changesIn(story: readonly LeadEvent[], { clocks, draft }: Retelling): readonly RejudgedClock[] {
  const recorded = clocksIn(story);
  return clocks.flatMap((retold): readonly RejudgedClock[] => {
    const clock = recorded.get(keyOf(retold.started))!;
    const was = judgementOf(clock);
    const judged = retold.judged(draft, clock);
    const stays = isSameJudgement(was, judged.is) && countsTheSame(draft, clock, judged.terms);
    return stays ? [] : [{ ...judged, was }];
  });
}

/**
 * Whether what the clock is still to say (its due instant once it goes on, how late its milestone came) rests on the same
 * time so far, whichever terms it follows. One that waits for its due instant has told so by that.
 */
function countsTheSame(draft: Draft, clock: Clock, terms: readonly TermSegment[]): boolean {
  const from = countingFrom(clock);
  if (from === undefined) return true;
  const soFar = (followed: readonly TermSegment[]) =>
    clockTimeBetween(draft, { ...clock, terms: followed }, from, draft.at);
  return soFar(clock.terms) === soFar(terms);
}

function countingFrom(clock: Clock): Instant | undefined {
  if (clock.verdict === 'paused') return clock.startedAt;
  return clock.verdict === 'breached' && clock.ended === undefined ? clock.dueAt : undefined;
}

const keyOf = ({ clock, n, clockCycle }: ClockId): string => `${clockCycle}/${clock}/${n}`;
