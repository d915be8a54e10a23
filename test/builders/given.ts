import { formatDuration } from '../../src/domain/business-time/index.js';
import type { RefusalCode } from '../../src/domain/lifecycle/commands.js';
import type { EventOf } from '../../src/domain/lifecycle/events.js';
import { leadRecord, type ClockRecord } from '../../src/domain/lifecycle/record.js';
import { holderOf, type LeadState } from '../../src/domain/lifecycle/state.js';
import type { Fact } from './facts.js';
import { pass, tell, type Lead } from './lead.js';
import { told } from './week.js';

/** A clock in words: instants as `told`, an overshoot as documents write it. */
export interface ToldClock {
  readonly startedAt: string;
  readonly dueAt: string | null;
  readonly verdict: ClockRecord['verdict'];
  readonly completedAt: string | null;
  readonly overshoot: string | null;
  readonly corrected: boolean;
}

/** What has become of a lead, in words that a test can compare. */
export interface Outcome {
  readonly lead: Lead;
  readonly state: LeadState;
  readonly stage: LeadState['stage'];
  readonly owner: string | null;
  /** Refused facts, by their place in the story from 0. */
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
  readonly escalations: readonly string[];
  readonly clockCount: number;
  /** One clock; number and cycle are 1 unless given. Undefined: it never started. */
  clock(name: string, n?: number, cycle?: number): ToldClock | undefined;
}

interface Given {
  /** Says one more fact. */
  when(fact: Fact): { refuses(code: RefusalCode): void; then(until: string): Outcome };
  /** Lets time pass up to and including an instant. */
  then(until: string): Outcome;
}

/** A lead and what was said to it; what is refused among it is noted. */
export function given(lead: Lead, ...facts: readonly Fact[]): Given {
  const story = facts.reduce(hear, { lead, refusals: [] as readonly string[] });
  return {
    when: (fact) => ({
      refuses: (code) => expectRefusal(story.lead, fact, code),
      then: (until) => outcomeOf(hear(story, fact, facts.length), until),
    }),
    then: (until) => outcomeOf(story, until),
  };
}

interface Story {
  readonly lead: Lead;
  readonly refusals: readonly string[];
}

function hear({ lead, refusals }: Story, fact: Fact, index: number): Story {
  const heard = tell(lead, fact);
  return { lead: heard.lead, refusals: heard.refusal ? [...refusals, `${index} ${heard.refusal.code}`] : refusals };
}

/** A refusal names that code and changes nothing but what had fallen due before. */
function expectRefusal(lead: Lead, fact: Fact, code: RefusalCode): void {
  const before = pass(lead, told(tell(lead, fact).lead.run.state.appliedAt)).run;
  const { lead: after, refusal } = tell(lead, fact);
  expect(refusal?.code).toBe(code);
  expect(after.run.events.filter(({ commandId }) => commandId === `said-${after.saidCount}`)).toEqual([]);
  expect(before.events.slice(0, after.run.events.length)).toEqual(after.run.events);
}

function outcomeOf({ lead: before, refusals }: Story, until: string): Outcome {
  const lead = pass(before, until);
  const record = leadRecord(lead.run.events);
  return {
    lead,
    state: record.state,
    stage: record.state.stage,
    owner: holderOf(record.state).owner,
    refusals,
    warnings: record.warnings.map(warningText),
    escalations: record.escalations.map(escalationText),
    clockCount: record.clocks.length,
    clock: (name, n = 1, cycle = 1) => {
      const found = record.clocks.find((one) => one.clock === name && one.n === n && one.cycle === cycle);
      return found && toldClock(found);
    },
  };
}

const toldClock = ({ startedAt, dueAt, verdict, completedAt, overshootMs, corrected }: ClockRecord): ToldClock => ({
  startedAt: told(startedAt),
  dueAt: dueAt === null ? null : told(dueAt),
  verdict,
  completedAt: completedAt === null ? null : told(completedAt),
  overshoot: overshootMs === null ? null : formatDuration(overshootMs),
  corrected,
});

const numbered = ({ clock, n, clockCycle }: { clock: string; n: number; clockCycle: number }): string =>
  `${clock} ${n}${clockCycle === 1 ? '' : ` of cycle ${clockCycle}`}`;

const warningText = (event: EventOf<'warning-fired'>): string => `${told(event.at)} ${numbered(event)}: ${event.point}`;

const moved = { true: ', moved', false: ', not moved', undefined: '' } as const;

const escalationText = (event: EventOf<'tier-fired'>): string =>
  `${told(event.at)} ${numbered(event)} tier ${event.tier}: ` +
  `${event.skipped ? 'skipped' : event.to.join(', ')}${moved[`${event.reassigned}`]}`;
