import { describe, expect, test } from '@jest/globals';
import { Lull } from '../../src/api/lull.js';

const LONG_MS = 60_000;

/** What has been let go, group by group, and the next group as it comes. */
function lullWith(patience: { readonly quietMs: number; readonly waitMsMax: number }) {
  const groups: (readonly string[])[] = [];
  let tell: (group: readonly string[]) => void = () => undefined;
  const next = () =>
    new Promise<readonly string[]>((resolve) => {
      tell = resolve;
    });
  let arrive: () => void = () => undefined;
  const lull = new Lull<string>(async (group) => {
    groups.push(group);
    tell(group);
    await new Promise<void>((resolve) => {
      arrive = resolve;
    });
  }, patience);
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

  test('holds nothing longer than it may wait, however much keeps coming', async () => {
    const { lull, next } = lullWith({ quietMs: LONG_MS, waitMsMax: 1 });
    lull.add('a');
    expect(await next()).toEqual(['a']);
    lull.flush();
  });

  test('holds the next ones until those before them have gone', async () => {
    const { lull, groups, next, arrive } = lullWith({ quietMs: 1, waitMsMax: 1 });
    lull.add('a');
    await next();
    lull.add('b');
    await turns(20);
    expect(groups).toEqual([['a']]);
    arrive();
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
