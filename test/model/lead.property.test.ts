import { cases, fc } from '../chance/index.js';
import type { Fields } from '../../src/domain/agreement/index.js';
import { agreement, directory } from './agreements.js';
import { foldsToItsState, obeysTheLaws } from './laws.js';
import { mendingWords, words } from './words.js';
import { tellStory, type World } from './world.js';

const worldOf = (told: typeof words): fc.Arbitrary<World> =>
  fc.record({
    agreement,
    directory,
    fields: fc.constantFrom<Fields>({ email: 'a@b.example', score: 82 }, { score: 75, employees: 500, late: 1 }),
    routed: fc.boolean(),
    words: told,
  });

/** A busy machine sees fewer stories, not a longer test. */
const LIMIT_MS = 4_000;

describe('a lead in any world', () => {
  const world = worldOf(words);

  test('keeps every law of clocks, ladders and owners', () => {
    fc.assert(
      fc.property(world, (any) => obeysTheLaws(tellStory(any))),
      cases(1_000, LIMIT_MS),
    );
  }, 600_000);

  test('keeps them also where mistakes are mended', () => {
    fc.assert(
      fc.property(worldOf(mendingWords), (any) => obeysTheLaws(tellStory(any))),
      cases(500, LIMIT_MS),
    );
  }, 600_000);

  test('is the fold of its ledger after every step, also through JSON', () => {
    fc.assert(
      fc.property(worldOf(mendingWords), (any) => void tellStory(any, undefined, foldsToItsState)),
      cases(125, LIMIT_MS),
    );
  }, 600_000);

  test('does not depend on when a program looks at it, nor on what that program still remembers', () => {
    fc.assert(
      fc.property(world, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (any, shares) => {
        const straight = tellStory(any);
        let looked = 0;
        const interrupted = tellStory(any, (run, nextAt, pass) => {
          const share = shares[(looked += 1) % shares.length]!;
          const until = run.state.appliedAt + Math.floor((nextAt - 1 - run.state.appliedAt) * share);
          const passed = until > run.state.appliedAt ? pass(run, until) : run;
          return { ...passed, context: { ...passed.context, windows: {}, answers: {} } };
        });
        expect(interrupted.run.events).toEqual(straight.run.events);
      }),
      cases(125, LIMIT_MS),
    );
  }, 600_000);
});
