/**
 * Here live the builders with which tests of the core tell stories: words for instants, the spec's agreement and
 * people, facts, and a lead to which they happen. No rule of the core is repeated here and nothing is mocked.
 */
import type { Instant } from '../../src/domain/business-time/index.js';
import { instantToLocal, localToInstant } from '../../src/domain/business-time/zone-table.js';
import { zoneTable } from '../../src/zones/index.js';

const ZONE = 'America/New_York';
const DAY_MS = 86_400_000;
/** The first day of week 0, in which most stories begin. */
const MONDAY = Date.parse('2026-11-16T00:00:00Z');
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const inWeek = /^(?:\+(\d+) )?(mon|tue|wed|thu|fri|sat|sun) (\d\d:\d\d)(?::(\d\d(?:\.\d{1,3})?))?$/;
const onDate = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d)(?::(\d\d(?:\.\d{1,3})?))?$/;

/**
 * An instant by the clocks of New York: `tue 14:00` in the week of Monday 16 November 2026, `+1 tue 14:00` a week
 * later, `2026-11-01 09:00` on any date (seconds may follow); or in ISO 8601 with an offset.
 */
export function when(words: string): Instant {
  const week = inWeek.exec(words);
  if (week) {
    const [, weeks = '0', day, time, seconds = '0'] = week;
    const date = new Date(MONDAY + (Number(weeks) * 7 + days.indexOf(day as (typeof days)[number])) * DAY_MS);
    return local(date.toISOString().slice(0, 10), time!, seconds);
  }
  const dated = onDate.exec(words);
  if (dated) return local(dated[1]!, dated[2]!, dated[3] ?? '0');
  const at = Date.parse(words);
  if (Number.isNaN(at)) throw new Error(`"${words}" is no instant; write "tue 14:00" or "2026-11-01 09:00"`);
  return at;
}

const local = (date: string, time: string, seconds: string): Instant =>
  localToInstant(zoneTable, ZONE, date, time) + Math.round(Number(seconds) * 1000);

/** An instant in the words that `when` takes, the shortest that say it. */
export function told(at: Instant): string {
  const shown = new Date(instantToLocal(zoneTable, ZONE, at)).toISOString();
  const [date, time] = [shown.slice(0, 10), shown.slice(11, 23).replace(/(?::00)?\.000$/, '')];
  const dayCount = Math.floor((Date.parse(`${date}T00:00:00Z`) - MONDAY) / DAY_MS);
  if (dayCount < 0 || dayCount >= 70) return `${date} ${time}`;
  const week = Math.floor(dayCount / 7);
  return `${week === 0 ? '' : `+${week} `}${days[dayCount % 7]!} ${time}`;
}
