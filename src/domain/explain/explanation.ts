/**
 * Here live the explanations of a lead: where each deadline comes from, what was counted, and why it was judged so, all
 * read from the ledger alone. Nothing is decided here: an explanation that disagrees with an event is a mistake.
 */
import type { AgreementRef, AgreementTerms, Condition, Milestone, Party, Until } from '../agreement/index.js';
import type { CalendarDefinition, CalendarKey, CalendarWindows, DurationMs, Instant } from '../business-time/index.js';
import type { EventOf, EventType, LeadEvent } from '../lifecycle/events.js';
import type { Stage } from '../lifecycle/stage.js';
import type { LeadState } from '../lifecycle/state.js';
import type { Verdict } from '../sla/clock.js';
import type { Judgement } from '../sla/judgement.js';

/** A lead's whole ledger, or what one run of its workflow knows of it: the state it began from, and the events since. */
export interface Story {
  readonly opening?: LeadState;
  readonly events: readonly LeadEvent[];
}

/** What an explanation asks of the outside. */
export interface ExplainPorts {
  /** By key: every agreement that the story's clocks name. */
  readonly agreements: Readonly<Record<string, AgreementTerms>>;
  /** Open hours over at least `[from, until)`; undefined if they are not at hand: then open time is not counted out. */
  windowsOf(
    calendarKey: CalendarKey,
    definition: CalendarDefinition,
    from: Instant,
    until: Instant,
  ): CalendarWindows | undefined;
  /** An instant as a reader in that zone says it; absent: instants are told in UTC only. */
  formatLocal?(timeZone: string, at: Instant): string;
}

export interface LeadExplanation {
  readonly leadId: string;
  /** Up to when the time of running clocks is counted. */
  readonly at: Instant;
  readonly stage: Stage;
  readonly cycle: number;
  readonly agreement: AgreementRef;
  /** In the order in which they started, over all cycles. */
  readonly clocks: readonly ClockExplanation[];
}

export interface ClockExplanation {
  readonly clock: string;
  readonly n: number;
  readonly cycle: number;
  readonly party: Party;
  readonly promise: Promised;
  readonly start: Start;
  readonly target: Target;
  readonly zoneRelease: string;
  /** Who held the lead, and on which calendar its time counted, oldest first. */
  readonly owners: readonly Holding[];
  /** Rests of the clock; the last may still last. */
  readonly pauses: readonly Rested[];
  /** What moved the due instant, or could have. */
  readonly changes: readonly Change[];
  /** Corrections by which it was judged anew, oldest first: both verdicts. */
  readonly rejudgements: readonly Rejudgement[];
  /** Null while paused, and if it ended so. */
  readonly due: Due | null;
  /** Null where the windows are not at hand. */
  readonly counted: Counted | null;
  /** Null where the windows are not at hand. */
  readonly used: TimeSplit | null;
  readonly verdict: Judged;
}

/** The line of the agreement that the clock follows now. */
export interface Promised {
  readonly agreement: AgreementRef;
  readonly from: readonly Milestone[];
  readonly until: Until;
  readonly withinMs: DurationMs;
  /** Null: the calendar of the lead's owner. */
  readonly calendar: string | null;
}

export interface Start {
  readonly startedAt: Instant;
  readonly local: string | null;
  /** The planned next step, not a fact, started it. */
  readonly planned: boolean;
  /** Null: nobody's fact, or one that this story does not reach back to. */
  readonly fact: Fact | null;
}

export interface Target {
  readonly targetMs: DurationMs;
  /** As it was when the clock started; null if this story does not reach back to it. */
  readonly atStartMs: DurationMs | null;
  /** The line that gave another time than the plain one, when the clock started. */
  readonly override: Override | null;
}

export interface Override {
  /** Its place among the overrides of the promise, from 0. */
  readonly index: number;
  readonly withinMs: DurationMs;
  readonly when: readonly Condition[];
  /** The same in words, with what was known of the lead. */
  readonly reasons: readonly string[];
}

export interface Holding {
  readonly from: Instant;
  readonly owner: string | null;
  readonly queue: string | null;
  readonly calendar: string;
  readonly timeZone: string;
}

export interface Rested {
  readonly pausedAt: Instant;
  /** Null while it lasts. */
  readonly resumedAt: Instant | null;
}

export interface Change {
  readonly at: Instant;
  readonly cause: EventOf<'clock-replanned' | 'clock-reopened'>['cause'];
  readonly by: string | null;
  /** From then on; null if the story does not reach back to it. */
  readonly targetMs: DurationMs | null;
  /** Null: it rests. */
  readonly dueAt: Instant | null;
  /** The agreement that it has followed since; null if that did not change. */
  readonly agreement: AgreementRef | null;
}

export interface Rejudgement {
  readonly at: Instant;
  readonly correction: string;
  readonly reason: string;
  /** Who approved the correction. */
  readonly by: string | null;
  readonly was: Judgement;
  readonly is: Judgement;
}

export interface Due {
  readonly dueAt: Instant;
  readonly local: string | null;
  readonly calendar: string;
  readonly timeZone: string;
  readonly zoneRelease: string;
  /** `nothing-left`: more than the target was used when a change came, so that change is the due instant. */
  readonly because: 'target-used-up' | 'nothing-left';
}

/** One piece of open hours outside pauses: `[openAt, closeAt)`. */
export interface OpenPiece {
  readonly openAt: Instant;
  readonly closeAt: Instant;
  readonly ms: DurationMs;
  readonly calendar: string;
}

/** The open time from the start up to the due instant; for a paused clock, up to what is used. */
export interface Counted {
  /** Sorted, disjoint, and summing to `ms`. */
  readonly pieces: readonly OpenPiece[];
  /** The target exactly, unless the clock is paused or ended so. */
  readonly ms: DurationMs;
  /** When the target was used up; null if it is not. */
  readonly usedUpAt: Instant | null;
}

/** Who used the time, from the start until the clock ended (a running one: until now). */
export interface TimeSplit {
  readonly usedUntil: Instant;
  /** Sums to `usedMs`. */
  readonly shares: readonly TimeShare[];
  readonly usedMs: DurationMs;
  /** The part of it after the due instant. */
  readonly lateMs: DurationMs;
}

export interface TimeShare {
  /** Null for marketing's clocks and while a queue held the lead. */
  readonly owner: string | null;
  readonly queue: string | null;
  /** The highest tier that had been told by then; 0: nobody yet. */
  readonly tier: number;
  /** That tier was in shadow: it would have been told. */
  readonly shadow?: true;
  readonly usedMs: DurationMs;
  readonly lateMs: DurationMs;
}

const grounds = [
  'in-time',
  'logged-late-but-in-time',
  'still-running',
  'resting',
  'still-awaited',
  'came-late',
  'lost-its-meaning',
  'lost-its-meaning-after-breach',
] as const;
export type Ground = (typeof grounds)[number];

export interface Judged {
  readonly verdict: Verdict;
  readonly ground: Ground;
  /** When the milestone counts. */
  readonly completedAt: Instant | null;
  readonly local: string | null;
  readonly overshootMs: DurationMs | null;
  /** When the verdict was recorded; null while there is none. */
  readonly recordedAt: Instant | null;
  /** What brought it about; null for the mere passing of time. */
  readonly fact: Fact | null;
  /** Why it lost its meaning. */
  readonly cause: string | null;
  /** When a breach was recorded, also one that was corrected since; null: never. */
  readonly breachedAt: Instant | null;
}

/** Something that somebody said, as the ledger has it. */
export interface Fact {
  readonly seq: number;
  readonly what: EventType;
  readonly by: string | null;
  /** When it counts. */
  readonly happenedAt: Instant;
  readonly loggedAt: Instant;
  readonly channel?: string;
  readonly outcome?: string;
  /** The notice was withheld. */
  readonly shadow?: true;
}
