import { fc } from '../chance/index.js';
import type { AgreementTerms } from '../../src/domain/agreement/index.js';
import { touchChannels } from '../../src/domain/agreement/index.js';
import { touchOutcomes, type Command } from '../../src/domain/lifecycle/commands.js';
import type { LeadState } from '../../src/domain/lifecycle/state.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, agreement, people } from './agreements.js';

/** Something said to a lead, its instants still relative to the instant at which it is said. */
export interface Word {
  /** Since the word before; below 0 it arrives late. */
  readonly gapMs: number;
  readonly say: (said: { readonly at: number; readonly by: string; readonly id: string }, state: LeadState) => Command;
  /** For the reader of a counterexample. */
  readonly [fc.toStringMethod]: () => string;
}

type Body = { readonly type: Command['type'] } & Record<string, unknown>;

const gap = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 8 * HOUR_MS }) },
  { weight: 3, arbitrary: fc.constantFrom(HOUR_MS, 4 * HOUR_MS, DAY_MS) },
  { weight: 1, arbitrary: fc.integer({ min: DAY_MS, max: 6 * DAY_MS }) },
  { weight: 1, arbitrary: fc.integer({ min: -6 * HOUR_MS, max: -1 }) },
);
const offset = (min: number, max: number) => fc.option(fc.integer({ min, max }), { nil: undefined, freq: 1 });
/** Mostly hours ago, sometimes days ago or ahead. */
const ago = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 5, arbitrary: fc.integer({ min: -6 * HOUR_MS, max: 0 }) },
  { weight: 1, arbitrary: fc.integer({ min: -2 * DAY_MS, max: 3 * MINUTE_MS }) },
);
const soon = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 12 * HOUR_MS }) },
  { weight: 1, arbitrary: fc.integer({ min: -HOUR_MS, max: 6 * DAY_MS }) },
);

/** A body, with the fields that name an instant given relative to `at`. */
const body = (shape: Record<string, fc.Arbitrary<unknown>>, instants: readonly string[] = []) =>
  fc.record(shape).map((fields) => (at: number): Body => {
    const given = Object.entries(fields).filter(([, value]) => value !== undefined);
    const placed = given.map(([name, value]) => [name, instants.includes(name) ? at + (value as number) : value]);
    return Object.fromEntries(placed) as Body;
  });

const touch = body(
  {
    type: fc.constant('touch'),
    channel: fc.constantFrom(...touchChannels.slice(0, 3)),
    outcome: fc.constantFrom('no-answer', 'sent', 'left-message', 'sent', 'no-answer', 'reached', ...touchOutcomes),
    origin: fc.constantFrom(undefined, undefined, 'human', 'automatic'),
    occurredAt: ago,
    nextStepAt: soon,
  },
  ['occurredAt', 'nextStepAt'],
);
const decline = fc.constantFrom('bad', 'later', 'unknown');
const disposal = fc.constantFrom('again', 'again', 'bad', 'later', 'silent', 'spoken', 'unknown');
const notes = fc.constantFrom(undefined, 'because');

const plain = fc.oneof(
  { weight: 3, arbitrary: body({ type: fc.constant('accept') }) },
  { weight: 1, arbitrary: body({ type: fc.constant('reject'), reason: decline, notes }) },
  { weight: 14, arbitrary: touch },
  {
    weight: 3,
    arbitrary: body({ type: fc.constant('status'), text: fc.constant('on it'), nextStepAt: soon }, ['nextStepAt']),
  },
  { weight: 1, arbitrary: body({ type: fc.constant('qualify'), intent: fc.constantFrom('demo-held', 'other') }) },
  {
    weight: 3,
    arbitrary: body({
      type: fc.constant('dispose'),
      reason: disposal,
      route: fc.constantFrom(undefined, undefined, undefined, 'sales-qualified'),
      notes,
      wakeOn: fc.constantFrom(undefined, '2026-11-05', '2026-11-15'),
    }),
  },
  { weight: 1, arbitrary: body({ type: fc.constant('feedback'), notes: fc.constant('because') }) },
  { weight: 3, arbitrary: body({ type: fc.constant('reassign'), to: fc.constantFrom(...people, 'nobody') }) },
  {
    weight: 3,
    arbitrary: body({ type: fc.constant('pause'), reason: fc.constant('away'), until: offset(-HOUR_MS, 2 * DAY_MS) }, [
      'until',
    ]),
  },
  { weight: 3, arbitrary: body({ type: fc.constant('resume') }) },
  {
    weight: 3,
    arbitrary: body({
      type: fc.constant('acknowledge'),
      clock: fc.constantFrom('first-response', 'acceptance', 'closure', 'status-update', 'dispute-resolution', 'odd'),
    }),
  },
  { weight: 2, arbitrary: body({ type: fc.constant('dispute'), reason: fc.constant('a student') }) },
  {
    weight: 2,
    arbitrary: body({ type: fc.constant('resolve-dispute'), decision: fc.constantFrom('denied', 'denied', 'upheld') }),
  },
  { weight: 2, arbitrary: body({ type: fc.constant('enrich'), fields: fc.constantFrom({ late: 1 }, { late: null }) }) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom({ score: 60 }, { score: 90 }, { action: 'demo' }, { signal: 'intent', value: 90 }, { action: 'x' })
      .map((said) => (): Body => ({ type: 'signal', ...said })),
  },
  { weight: 1, arbitrary: body({ type: fc.constant('opportunity'), status: fc.constantFrom('open', 'won', 'lost') }) },
  { weight: 1, arbitrary: body({ type: fc.constant('notified'), recipient: fc.constant('ann') }) },
);

const change = fc
  .record({ agreement, running: fc.constantFrom(undefined, 'keep', 'recompute', 'used-time-stays') })
  .map(({ running, agreement: next }: { running: string | undefined; agreement: AgreementTerms }) => (): Body => ({
    type: 'apply-agreement',
    agreement: next,
    ...(running !== undefined && { running }),
  }));

/** What mends mistakes, beyond the spec; a touch is chosen among those that there are. */
const mending = fc.oneof(
  body({ type: fc.constant('reopen'), reason: fc.constant('by mistake') }),
  fc.constantFrom({ score: 10 }, { score: 90 }, {}).map((fields) => (at: number): Body => ({
    type: 'requalify',
    fields,
    signals: [{ at, action: 'demo' }],
  })),
  fc
    .tuple(fc.constantFrom('retract' as const, 'mark-bounced' as const), fc.nat({ max: 5 }))
    .map(([type, index]) => (_at: number, state?: LeadState): Body => ({
      type,
      touch: state?.touches[state.touches.length - 1 - index]?.seq ?? index,
      reason: 'by mistake',
    })),
);

type Make = (at: number, state?: LeadState) => Body;

const wordOf = (make: fc.Arbitrary<Make>): fc.Arbitrary<Word> =>
  fc.tuple(gap, make).map(([gapMs, make]) => ({
    gapMs,
    say: (said, state) => ({ ...make(said.at, state), ...said }) as unknown as Command,
    [fc.toStringMethod]: () => `${gapMs} ms later ${textOf(make(0))}`,
  }));

const textOf = (said: Body): string =>
  JSON.stringify(said, (key, value: unknown) => (key === 'agreement' ? (value as AgreementTerms).key : value));

const story = (make: fc.Arbitrary<Make>): fc.Arbitrary<readonly Word[]> =>
  fc.array(wordOf(make), { minLength: 1, maxLength: 40, size: 'max' });

const ofTheSpec = fc.oneof({ weight: 14, arbitrary: plain }, { weight: 1, arbitrary: change });

/** Stories of the spec's commands alone. */
export const words = story(ofTheSpec);
/** Stories in which mistakes are mended, too. */
export const mendingWords = story(fc.oneof({ weight: 12, arbitrary: ofTheSpec }, { weight: 2, arbitrary: mending }));
