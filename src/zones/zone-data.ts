import { createRequire } from 'node:module';
import type { Zone, ZoneTable } from '../domain/business-time/zone-table.js';
import { unpackZone } from './unpack-zone.js';

/** A release as moment-timezone ships it; `links` are old names, each as `name|alias`. */
interface PackedRelease {
  readonly version: string;
  readonly zones: readonly string[];
  readonly links: readonly string[];
  /** Each as `CODE|zone zone …`. */
  readonly countries: readonly string[];
}

/** The release that every deadline is computed by; a new one is an upgrade of the package, made on purpose. */
const PINNED_RELEASE = '2026f';

// Required, not imported: the data file alone, in the same way under every loader.
const require = createRequire(import.meta.url);
const packedRelease = require('moment-timezone/data/packed/latest.json') as PackedRelease;

if (packedRelease.version !== PINNED_RELEASE) {
  throw new Error(
    `zone data is IANA release ${packedRelease.version}, pinned is ${PINNED_RELEASE}: ` +
      'install the version of moment-timezone that package-lock.json names',
  );
}

const packedZones = new Map(packedRelease.zones.map((packed) => [nameOf(packed), packed]));
const nameBehind = new Map(
  packedRelease.links.map((link) => link.split('|').reverse() as [alias: string, name: string]),
);
const unpackedZones = new Map<string, Zone>();

/** The pinned zone data; a zone is unpacked when it is first asked for. */
export const zoneTable: ZoneTable = {
  release: PINNED_RELEASE,
  findZone(alias) {
    const name = nameBehind.get(alias) ?? alias;
    return unpackedZones.get(name) ?? unpackOnce(name);
  },
};

/** The names of all zones of the pinned release, old names included, in alphabetical order. */
export const zoneNames: readonly string[] = [...packedZones.keys(), ...nameBehind.keys()].sort();

/** The zones of each country by its code of ISO 3166-1. */
export const countryZones: ReadonlyMap<string, readonly string[]> = new Map(
  packedRelease.countries.map((packed): [string, readonly string[]] => {
    const [code = '', names = ''] = packed.split('|');
    return [code, names.split(' ')];
  }),
);

function unpackOnce(name: string): Zone | undefined {
  const packed = packedZones.get(name);
  if (packed === undefined) return undefined;
  const zone = unpackZone(packed);
  unpackedZones.set(name, zone);
  return zone;
}

function nameOf(packed: string): string {
  return packed.slice(0, packed.indexOf('|'));
}
