import { inBatches, type Settled } from '../../src/db/batches.js';

interface Item {
  readonly name: string;
  readonly keys?: readonly string[];
}

/** Batches whose runs are recorded; each run ends when the test lets it. */
function recorded(fail: (items: readonly Item[]) => boolean = () => false, sizeMax = 10) {
  const runs: string[][] = [];
  const gates: (() => void)[] = [];
  const run = async (items: readonly Item[]): Promise<readonly Settled<string>[]> => {
    runs.push(items.map(({ name }) => name));
    await new Promise<void>((resolve) => gates.push(resolve));
    if (fail(items)) throw new Error('this batch fails');
    return items.map(({ name }) => ({ kind: 'done', result: name.toUpperCase() }));
  };
  const submit = inBatches<Item, string>({ sizeMax, keysOf: ({ keys = [] }) => keys, run });
  /** Lets every run end that begins before all items have their outcome. */
  const finish = async <T>(outcomes: Promise<T>): Promise<T> => {
    let isDone = false;
    const ended = outcomes.finally(() => (isDone = true));
    while (!isDone) {
      gates.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return ended;
  };
  return { submit, runs, finish };
}

const named = (...names: readonly string[]): readonly Item[] => names.map((name) => ({ name }));

describe('items in batches', () => {
  test('a lone item runs at once, and what arrives meanwhile makes the next batch', async () => {
    const { submit, runs, finish } = recorded();
    const outcomes = Promise.all(named('a', 'b', 'c').map(submit));
    expect(runs).toEqual([['a']]);
    expect(await finish(outcomes)).toEqual(['A', 'B', 'C']);
    expect(runs).toEqual([['a'], ['b', 'c']]);
  });

  test('a batch is no larger than it may be', async () => {
    const { submit, runs, finish } = recorded(undefined, 2);
    await finish(Promise.all(named('a', 'b', 'c', 'd', 'e').map(submit)));
    expect(runs).toEqual([['a'], ['b', 'c'], ['d', 'e']]);
  });

  test('items that share a key never meet, and keep their order', async () => {
    const { submit, runs, finish } = recorded();
    const items: readonly Item[] = [
      { name: 'first' },
      { name: 'x1', keys: ['x'] },
      { name: 'xy', keys: ['x', 'y'] },
      { name: 'y1', keys: ['y'] },
      { name: 'z1', keys: ['z'] },
    ];
    await finish(Promise.all(items.map(submit)));
    expect(runs).toEqual([['first'], ['x1', 'z1'], ['xy'], ['y1']]);
  });

  test('a batch that fails is tried again one by one, and only the culprit fails', async () => {
    const { submit, runs, finish } = recorded((items) => items.some(({ name }) => name === 'bad'));
    const outcomes = await finish(Promise.allSettled(named('first', 'a', 'bad', 'b').map(submit)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(runs).toEqual([['first'], ['a', 'bad', 'b'], ['a'], ['bad'], ['b']]);
  });
});
