import type { Fields, TouchChannel } from '../../src/domain/agreement/index.js';
import type { CommandOf, CommandType, RolloutMode, TouchOutcome } from '../../src/domain/lifecycle/commands.js';
import type { Lines } from './agreement.js';
import { when } from './week.js';

type BodyOf<T extends CommandType> = Omit<CommandOf<T>, 'type' | 'at' | 'by' | 'id'>;
type Sayable = Exclude<CommandType, 'apply-agreement'>;

/** Something said to a lead; `set` makes the agreement that an `apply-agreement` brings. */
export type Fact =
  | { [T in Sayable]: { readonly type: T; readonly at: string; readonly body: BodyOf<T> } }[Sayable]
  | {
      readonly type: 'apply-agreement';
      readonly at: string;
      readonly set: Lines | undefined;
      readonly running?: RolloutMode;
    };

interface TouchMore {
  readonly origin?: 'human' | 'automatic' | 'sequence';
  readonly occurredAt?: string;
  readonly nextStepAt?: string;
}

/** A touch, unless said otherwise a call that nobody answered. */
export const touch = (
  at: string,
  outcome: TouchOutcome = 'no-answer',
  channel: TouchChannel = 'phone',
  { occurredAt, nextStepAt, ...more }: TouchMore = {},
): Fact => ({
  type: 'touch',
  at,
  body: { channel, outcome, ...more, ...instants({ occurredAt, nextStepAt }) },
});

/** A call that nobody answered, logged at `at`. */
export const lateTouch = (at: string, occurredAt: string, more: TouchMore = {}): Fact =>
  touch(at, 'no-answer', 'phone', { ...more, occurredAt });

export const accept = (at: string): Fact => ({ type: 'accept', at, body: {} });
export const notified = (at: string): Fact => ({ type: 'notified', at, body: { recipient: 'rep-east-1' } });
export const reject = (at: string, reason: string, notes?: string): Fact => ({
  type: 'reject',
  at,
  body: { reason, ...(notes !== undefined && { notes }) },
});
export const status = (at: string, nextStepAt?: string): Fact => ({
  type: 'status',
  at,
  body: { text: 'on it', ...instants({ nextStepAt }) },
});
export const qualify = (at: string, body: BodyOf<'qualify'>): Fact => ({ type: 'qualify', at, body });
export const dispose = (at: string, reason: string, more: Omit<BodyOf<'dispose'>, 'reason' | 'route'> = {}): Fact => ({
  type: 'dispose',
  at,
  body: { reason, ...more },
});
export const sellOn = (at: string, more: Omit<BodyOf<'dispose'>, 'reason' | 'route'> = {}): Fact => ({
  type: 'dispose',
  at,
  body: { route: 'sales-qualified', ...more },
});
export const feedback = (at: string): Fact => ({ type: 'feedback', at, body: { notes: 'no budget at all' } });
export const reassign = (at: string, to: string): Fact => ({ type: 'reassign', at, body: { to } });
export const pause = (at: string, until?: string): Fact => ({
  type: 'pause',
  at,
  body: { reason: 'travelling', ...instants({ until }) },
});
export const resume = (at: string): Fact => ({ type: 'resume', at, body: {} });
export const acknowledge = (at: string, clock: string): Fact => ({ type: 'acknowledge', at, body: { clock } });
export const dispute = (at: string): Fact => ({ type: 'dispute', at, body: { reason: 'a student' } });
export const resolve = (at: string, decision: 'upheld' | 'denied'): Fact => ({
  type: 'resolve-dispute',
  at,
  body: { decision },
});
export const enrich = (at: string, fields: Fields): Fact => ({ type: 'enrich', at, body: { fields } });
export const signal = (at: string, body: BodyOf<'signal'>): Fact => ({ type: 'signal', at, body });
export const demoRequest = (at: string): Fact => signal(at, { action: 'demo-request' });
export const opportunity = (at: string, state: 'open' | 'won' | 'lost'): Fact => ({
  type: 'opportunity',
  at,
  body: { status: state },
});

/** A change of the lead's agreement; without lines one that was found invalid. */
export const applyAgreement = (at: string, set: Lines | undefined, running?: RolloutMode): Fact => ({
  type: 'apply-agreement',
  at,
  set,
  ...(running && { running }),
});

/** The given ones of these instants, out of words. */
function instants<K extends string>(words: Readonly<Record<K, string | undefined>>): Partial<Record<K, number>> {
  const given = Object.entries<string | undefined>(words).filter(([, text]) => text !== undefined);
  return Object.fromEntries(given.map(([name, text]) => [name, when(text!)])) as Partial<Record<K, number>>;
}
