import type { Fields } from '../../src/domain/agreement/index.js';
import { findProspectZone, zoneTable } from '../../src/zones/index.js';

test.each<{ fields: Fields; zone: string | undefined }>([
  { fields: { country: 'US', region: 'CA' }, zone: 'America/Los_Angeles' },
  { fields: { country: 'US', region: 'US-NY' }, zone: 'America/New_York' },
  { fields: { country: 'us', region: 'north  dakota' }, zone: 'America/Chicago' },
  { fields: { country: 'United States', state: 'Arizona' }, zone: 'America/Phoenix' },
  { fields: { country: 'US', region: 'west', state: 'WA' }, zone: 'America/Los_Angeles' },
  { fields: { country: 'CA', region: 'BC' }, zone: 'America/Vancouver' },
  { fields: { country: 'CA', region: 'Newfoundland and Labrador' }, zone: 'America/St_Johns' },
  { fields: { country: 'AU', region: 'WA' }, zone: 'Australia/Perth' },
  { fields: { country: 'FR' }, zone: 'Europe/Paris' },
  { fields: { country: 'UK', region: 'Scotland' }, zone: 'Europe/London' },
  { fields: { country: 'ES' }, zone: 'Europe/Madrid' },
  { fields: { country: 'US', region: 'east' }, zone: undefined },
  { fields: { country: 'CA' }, zone: undefined },
  { fields: { country: 'MX' }, zone: undefined },
  { fields: { country: 'Atlantis' }, zone: undefined },
  { fields: { region: 'CA' }, zone: undefined },
  { fields: { country: 7 }, zone: undefined },
])('$fields is in $zone', ({ fields, zone }) => {
  expect(findProspectZone(fields)).toBe(zone);
  if (zone !== undefined) expect(zoneTable.findZone(zone)).toBeDefined();
});

test('countries whose zones show the same time have one', () => {
  expect(['DE', 'NL', 'IN', 'JP', 'GB'].map((country) => findProspectZone({ country }))).not.toContain(undefined);
});
