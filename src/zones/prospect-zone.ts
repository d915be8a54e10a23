import type { Fields, FieldValue } from '../domain/agreement/index.js';
import { countryZones, zoneTable } from './zone-data.js';

/** Spellings that forms send instead of the code of ISO 3166-1. */
const codeOfCountry: Readonly<Record<string, string>> = {
  USA: 'US',
  'UNITED STATES': 'US',
  'UNITED STATES OF AMERICA': 'US',
  UK: 'GB',
  'UNITED KINGDOM': 'GB',
  'GREAT BRITAIN': 'GB',
  CANADA: 'CA',
  AUSTRALIA: 'AU',
  GERMANY: 'DE',
  FRANCE: 'FR',
  IRELAND: 'IE',
  NETHERLANDS: 'NL',
  SWITZERLAND: 'CH',
  AUSTRIA: 'AT',
  SPAIN: 'ES',
  ITALY: 'IT',
  INDIA: 'IN',
  JAPAN: 'JP',
  SINGAPORE: 'SG',
};

/** Countries with several zones, one of which is almost everybody's. */
const mainZones: Readonly<Record<string, string>> = {
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  NZ: 'Pacific/Auckland',
  PT: 'Europe/Lisbon',
};

/** `CODE Name` by zone; a state that two zones share counts for the one in which most of its people live. */
const regions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  US: {
    'America/New_York':
      'CT Connecticut|DC District of Columbia|DE Delaware|FL Florida|GA Georgia|MA Massachusetts|MD Maryland|ME Maine|' +
      'NC North Carolina|NH New Hampshire|NJ New Jersey|NY New York|OH Ohio|PA Pennsylvania|RI Rhode Island|' +
      'SC South Carolina|VA Virginia|VT Vermont|WV West Virginia',
    'America/Detroit': 'MI Michigan',
    'America/Indiana/Indianapolis': 'IN Indiana',
    'America/Kentucky/Louisville': 'KY Kentucky',
    'America/Chicago':
      'AL Alabama|AR Arkansas|IA Iowa|IL Illinois|KS Kansas|LA Louisiana|MN Minnesota|MO Missouri|MS Mississippi|' +
      'ND North Dakota|NE Nebraska|OK Oklahoma|SD South Dakota|TN Tennessee|TX Texas|WI Wisconsin',
    'America/Denver': 'CO Colorado|MT Montana|NM New Mexico|UT Utah|WY Wyoming',
    'America/Boise': 'ID Idaho',
    'America/Phoenix': 'AZ Arizona',
    'America/Los_Angeles': 'CA California|NV Nevada|OR Oregon|WA Washington',
    'America/Anchorage': 'AK Alaska',
    'Pacific/Honolulu': 'HI Hawaii',
    'America/Puerto_Rico': 'PR Puerto Rico',
  },
  CA: {
    'America/St_Johns': 'NL Newfoundland and Labrador',
    'America/Halifax': 'NS Nova Scotia|PE Prince Edward Island',
    'America/Moncton': 'NB New Brunswick',
    'America/Toronto': 'ON Ontario|QC Quebec',
    'America/Iqaluit': 'NU Nunavut',
    'America/Winnipeg': 'MB Manitoba',
    'America/Regina': 'SK Saskatchewan',
    'America/Edmonton': 'AB Alberta|NT Northwest Territories',
    'America/Vancouver': 'BC British Columbia',
    'America/Whitehorse': 'YT Yukon',
  },
  AU: {
    'Australia/Sydney': 'NSW New South Wales|ACT Australian Capital Territory',
    'Australia/Melbourne': 'VIC Victoria',
    'Australia/Brisbane': 'QLD Queensland',
    'Australia/Adelaide': 'SA South Australia',
    'Australia/Darwin': 'NT Northern Territory',
    'Australia/Perth': 'WA Western Australia',
    'Australia/Hobart': 'TAS Tasmania',
  },
};

const zoneOfRegion = new Map(
  Object.entries(regions).flatMap(([country, zones]) =>
    Object.entries(zones).flatMap(([zone, list]) =>
      list.split('|').flatMap((entry) => {
        const [code = '', ...name] = entry.toUpperCase().split(' ');
        return [code, name.join(' ')].map((word): [string, string] => [`${country} ${word}`, zone]);
      }),
    ),
  ),
);

/**
 * The zone in which a prospect lives, by the fields `country` and `region` (or `state`): of a US, Canadian or Australian
 * one by the region, of any other by the country, if all of it keeps one time.
 * @returns undefined if these do not tell; the owner's zone then counts
 */
export function findProspectZone(fields: Fields): string | undefined {
  const said = wordOf(fields['country']);
  const country = codeOfCountry[said] ?? said;
  if (!regions[country]) return mainZones[country] ?? onlyZoneOf(country);
  return findRegion(country, fields['region']) ?? findRegion(country, fields['state']);
}

const wordOf = (value: FieldValue | undefined): string =>
  typeof value === 'string' ? value.trim().replace(/\s+/g, ' ').toUpperCase() : '';

/** As `CA`, `US-CA` or `California`. */
const findRegion = (country: string, value: FieldValue | undefined): string | undefined =>
  zoneOfRegion.get(`${country} ${wordOf(value).replace(new RegExp(`^${country}[- ]`), '')}`);

/** Zones that differ in no clock from this instant on show the same time to whoever calls today. */
const COMPARED_SINCE = Date.UTC(2026, 0, 1);

function onlyZoneOf(country: string): string | undefined {
  const [first, ...others] = countryZones.get(country) ?? [];
  return first !== undefined && others.every((other) => clockOf(other) === clockOf(first)) ? first : undefined;
}

function clockOf(name: string): string {
  const { changesAt = [], offsetsMs = [] } = zoneTable.findZone(name) ?? {};
  const period = changesAt.filter((at) => at <= COMPARED_SINCE).length;
  return JSON.stringify([changesAt.slice(period), offsetsMs.slice(period)]);
}
