import { cases, fc } from '../chance/index.js';
import { foldsToItsState, obeysTheLaws } from './laws.js';
import { mendingWords, words } from './words.js';
import { tellStory, worldsOf } from './world.js';

/** A busy machine sees fewer stories, not a longer test. */
const LIMIT_MS = 4_000;

describe('a lead in any world', () => {
  const world = worldsOf(words);

  test('keeps every law of clocks, ladders and owners', () => {
    fc.assert(
      fc.property(world, (any) => obeysTheLaws(tellStory(any))),
      cases(1_000, LIMIT_MS),
    );
  }, 600_000);

  test('keeps them also where mistakes are mended', () => {
    fc.assert(
      fc.property(worldsOf(mendingWords), (any) => obeysTheLaws(tellStory(any))),
      cases(500, LIMIT_MS),
    );
  }, 600_000);

  test('is the fold of its ledger after every step, also through JSON', () => {
    fc.assert(
      fc.property(worldsOf(mendingWords), (any) => void tellStory(any, undefined, foldsToItsState)),
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
