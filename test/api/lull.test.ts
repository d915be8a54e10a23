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
  const lull = new Lull<string>((group) => {
    groups.push(group);
    tell(group);
  }, patience);
  return { lull, groups, next };
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

  test('lets go at once when told, and not a second time', async () => {
    const { lull, groups } = lullWith({ quietMs: LONG_MS, waitMsMax: LONG_MS });
    lull.add('a');
    lull.flush();
    lull.flush();
    expect(groups).toEqual([['a']]);
  });
});
