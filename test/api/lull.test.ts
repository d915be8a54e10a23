import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { Lull, type LullPatience } from '../../src/api/lull.js';

const LONG_MS = 60_000;
const MANY = 1_000;

afterEach(() => {
  jest.useRealTimers();
});

/** What has been let go, group by group, and the next group as it comes. */
function lullWith(patience: Pick<LullPatience, 'quietMs' | 'waitMsMax'> & Partial<LullPatience>) {
  const groups: (readonly string[])[] = [];
  let tell: (group: readonly string[]) => void = () => undefined;
  const next = () =>
    new Promise<readonly string[]>((resolve) => {
      tell = resolve;
    });
  let arrive: () => void = () => undefined;
  const lull = new Lull<string>(
    async (group) => {
      groups.push(group);
      tell(group);
      await new Promise<void>((resolve) => {
        arrive = resolve;
      });
    },
    { enoughCount: MANY, ...patience },
  );
  return { lull, groups, next, arrive: () => arrive() };
}

/** Lets that many rounds of timers pass. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('a lull', () => {
  test('lets what came together go together, once nothing more comes', async () => {
    const { lull, next } = lullWith({ quietMs: 1, waitMsMax: LONG_MS });
    lull.add('a');
    lull.add('b');
    expect(lull.count).toBe(2);
    expect(await next()).toEqual(['a', 'b']);
    expect(lull.count).toBe(0);
  });

  test('is not quiet while something is under way, and waits for what comes of it', async () => {
    jest.useFakeTimers();
    const { lull, groups } = lullWith({ quietMs: 8, waitMsMax: LONG_MS });
    let serve: () => void = () => undefined;
    lull.add('a');
    const serving = lull.during(() => new Promise<void>((resolve) => (serve = resolve)));
    jest.advanceTimersByTime(1_000);
    lull.add('b');
    serve();
    await serving;
    jest.advanceTimersByTime(7);
    expect(groups).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(groups).toEqual([['a', 'b']]);
  });

  test('gives what came of the work that it waited for, also where that failed', async () => {
    const { lull, next } = lullWith({ quietMs: 1, waitMsMax: LONG_MS });
    expect(await lull.during(() => Promise.resolve(7))).toBe(7);
    await expect(lull.during(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    lull.add('a');
    expect(await next()).toEqual(['a']);
  });

  test('waits for no more once enough wait, though something is under way', async () => {
    const { lull, groups } = lullWith({ quietMs: LONG_MS, waitMsMax: LONG_MS, enoughCount: 2 });
    void lull.during(() => new Promise(() => undefined));
    lull.add('a');
    await turns(1);
    expect(groups).toEqual([]);
    lull.add('b');
    await turns(1);
    expect(groups).toEqual([['a', 'b']]);
  });

  test('holds nothing longer than it may wait, however much keeps coming', async () => {
    const { lull, next } = lullWith({ quietMs: LONG_MS, waitMsMax: 1 });
    lull.add('a');
    expect(await next()).toEqual(['a']);
    lull.flush();
  });

  test('holds the next ones until those before them have gone, however long or many they are', async () => {
    const { lull, groups, next, arrive } = lullWith({ quietMs: LONG_MS, waitMsMax: 1, enoughCount: 2 });
    lull.add('a');
    await next();
    lull.add('b');
    lull.add('c');
    await turns(20);
    expect(groups).toEqual([['a']]);
    arrive();
    expect(await next()).toEqual(['b', 'c']);
    lull.flush();
  });

  test('lets the next ones follow those that still go once it is quiet', async () => {
    const { lull, next } = lullWith({ quietMs: 1, waitMsMax: LONG_MS });
    lull.add('a');
    await next();
    lull.add('b');
    expect(await next()).toEqual(['b']);
  });

  test('lets go at once when told, and not a second time', async () => {
    const { lull, groups } = lullWith({ quietMs: LONG_MS, waitMsMax: LONG_MS });
    lull.add('a');
    lull.flush();
    lull.flush();
    expect(groups).toEqual([['a']]);
  });
});
