import fc from 'fast-check';
import type { Fields } from '../../src/domain/agreement/index.js';
import { agreement, directory } from './agreements.js';
import { foldsToItsState, obeysTheLaws } from './laws.js';
import { words } from './words.js';
import { tellStory, type World } from './world.js';

const world: fc.Arbitrary<World> = fc.record({
  agreement,
  directory,
  fields: fc.constantFrom<Fields>({ email: 'a@b.example', score: 82 }, { score: 75, employees: 500, late: 1 }),
  routed: fc.boolean(),
  words,
});

/** `HANDOFF_MODEL_RUNS` and `HANDOFF_MODEL_SEED` look longer, or again. */
const runCount = Number(process.env['HANDOFF_MODEL_RUNS'] ?? 1_500);
const seed = Number(process.env['HANDOFF_MODEL_SEED'] ?? Date.now() % 1_000_000_000);

describe(`a lead in any world (seed ${seed}, ${runCount} stories)`, () => {
  const parameters = { seed, numRuns: runCount, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false };

  test('keeps every law of clocks, ladders and owners', () => {
    fc.assert(
      fc.property(world, (any) => obeysTheLaws(tellStory(any))),
      parameters,
    );
  }, 120_000);

  test('is the fold of its ledger after every step, also through JSON', () => {
    fc.assert(
      fc.property(world, (any) => void tellStory(any, undefined, foldsToItsState)),
      { ...parameters, numRuns: Math.ceil(runCount / 10) },
    );
  }, 120_000);

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
      { ...parameters, numRuns: Math.ceil(runCount / 10) },
    );
  }, 120_000);
});
