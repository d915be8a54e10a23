import { zoneNames, zoneTable } from '../../src/zones/zone-data.js';
import { periodAt, type Zone } from '../../src/domain/business-time/zone-table.js';

/** The years in which the pinned zone data is compared with the runtime's. */
export const ORACLE_FROM = Date.UTC(2009, 0, 1);
export const ORACLE_UNTIL = Date.UTC(2031, 0, 1);

const STEP_MS = 10 * 86_400_000;

/** The runtime's answer for one zone, as minutes east of UTC; `undefined` if it does not know the zone. */
function runtimeOffset(zoneName: string): ((at: number) => number) | undefined {
  const format = formatFor(zoneName);
  if (format === undefined) return undefined;
  return (at) => {
    const match = /GMT(?:([+-])(\d\d):(\d\d))?$/.exec(format.format(at));
    if (match === null) throw new Error(`${zoneName}: cannot read the offset in "${format.format(at)}"`);
    const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
    return match[1] === '-' ? -minutes : minutes;
  };
}

function formatFor(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
}

/** Both sides of each change in those years, and every tenth day, in case the runtime has a change that we lack. */
function instantsToCompare({ changesAt }: Zone): number[] {
  const changes = changesAt.filter((at) => at >= ORACLE_FROM && at < ORACLE_UNTIL).flatMap((at) => [at - 1, at]);
  const dayCount = Math.floor((ORACLE_UNTIL - ORACLE_FROM) / STEP_MS);
  return [...changes, ...Array.from({ length: dayCount }, (_, step) => ORACLE_FROM + step * STEP_MS)];
}

function agreesWithRuntime(zone: Zone): boolean {
  const offset = runtimeOffset(zone.name);
  return (
    offset !== undefined &&
    instantsToCompare(zone).every((at) => offset(at) * 60_000 === zone.offsetsMs[periodAt(zone, at)])
  );
}

const canonical = zoneNames
  .map((name) => zoneTable.findZone(name)!)
  .filter((zone, index) => zone.name === zoneNames[index]);

/** Zones for which the runtime, and so `temporal-polyfill`, can be the oracle. */
export const agreeingZones: readonly Zone[] = canonical.filter(agreesWithRuntime);

/** Zones whose data in the runtime is of another release. */
export const disagreeingZones: readonly string[] = canonical
  .filter((zone) => !agreeingZones.includes(zone))
  .map(({ name }) => name);
