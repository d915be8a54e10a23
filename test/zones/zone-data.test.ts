import type { Zone } from '../../src/domain/business-time/zone-table.js';
import { zoneNames, zoneTable } from '../../src/zones/zone-data.js';
import { unpackZone } from '../../src/zones/unpack-zone.js';

const isWellFormed = ({ changesAt, offsetsMs, abbreviations }: Zone): boolean =>
  offsetsMs.length === changesAt.length + 1 &&
  abbreviations.length === offsetsMs.length &&
  changesAt.every((at, index) => Number.isSafeInteger(at) && at > (changesAt[index - 1] ?? -Infinity)) &&
  offsetsMs.every((offsetMs) => Number.isInteger(offsetMs) && Math.abs(offsetMs) < 16 * 3_600_000);

describe('the pinned zone data', () => {
  test('is of release 2026f', () => expect(zoneTable.release).toBe('2026f'));

  test('has every zone and old name once, each with as many offsets as periods', () => {
    expect(zoneNames.length).toBeGreaterThan(590);
    expect(new Set(zoneNames).size).toBe(zoneNames.length);
    expect(zoneNames.filter((name) => !isWellFormed(zoneTable.findZone(name)!))).toEqual([]);
  });

  test('gives an old name the clocks of the new one', () => {
    expect(zoneTable.findZone('US/Eastern')).toBe(zoneTable.findZone('America/New_York'));
    expect(zoneTable.findZone('UTC')).toBe(zoneTable.findZone('Etc/UTC'));
  });

  test.each(['', 'Nowhere', 'america/new_york', 'EST5', 'constructor', '__proto__'])('has no zone %j', (name) => {
    expect(zoneTable.findZone(name)).toBeUndefined();
  });

  test('unpacks a zone once', () => {
    expect(zoneTable.findZone('Europe/Berlin')).toBe(zoneTable.findZone('Europe/Berlin'));
  });
});

test('packed offsets and changes are minutes in base 60, offsets counted westwards', () => {
  expect(unpackZone('Some/Where|LMT A B|-1.u 0 10|0121|-1 1.E X0||1e3')).toEqual({
    name: 'Some/Where',
    changesAt: [-60_000, 40_000, (59 * 60 + 0) * 60_000 + 40_000],
    offsetsMs: [90_000, 0, -3_600_000, 0],
    abbreviations: ['LMT', 'A', 'B', 'A'],
  });
});
