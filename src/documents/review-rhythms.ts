import { placesInMonth, type PlaceInMonth, type ReviewRhythm } from '../domain/agreement/index.js';
import { parseTimeOfDay, weekdays, type Weekday } from '../domain/business-time/civil-date.js';

const day = `(${weekdays.join('|')})`;
const place = `(${placesInMonth.join('|')})`;
const time = '([01]\\d|2[0-3]):[0-5]\\d';
const quarterMonths = ['first', 'second', 'last'] as const;
const ofQuarter = `of (${quarterMonths.join('|')}) month of quarter`;

/** What a review's `on` looks like, for editors. */
export const RHYTHM_PATTERN = `^(${place} )?${day} (${ofQuarter} )?${time}$`;
export const RHYTHM_EXPECTED =
  'a day of the week, month or quarter with its time, such as mon 10:00, second tue 14:00 or second wed of last month of quarter 15:00';

const written = new RegExp(`^(?:${place} )?${day} (?:${ofQuarter} )?(${time})$`);

/** When the reviews of `mon 10:00` and its like open; `undefined` for anything else. */
export function parseRhythm(text: string): ReviewRhythm | undefined {
  const match = written.exec(text);
  if (match === null || parseTimeOfDay(match[4]!) === undefined) return undefined;
  const at = { weekday: match[2] as Weekday, time: match[4]! };
  const place = match[1] as PlaceInMonth | undefined;
  const month = match[3] as (typeof quarterMonths)[number] | undefined;
  if (place === undefined) return month === undefined ? { kind: 'weekly', ...at } : undefined;
  if (month === undefined) return { kind: 'monthly', place, ...at };
  return { kind: 'quarterly', place, ...at, month: (quarterMonths.indexOf(month) + 1) as 1 | 2 | 3 };
}

export const WEEKS_BELOW_GOAL_PATTERN = '^([1-9]|1[0-3]) weeks? below goal$';

/** How many weeks in a row `2 weeks below goal` asks for, up to a quarter; `undefined` for anything else. */
export function parseWeeksBelowGoal(text: string): number | undefined {
  const match = new RegExp(WEEKS_BELOW_GOAL_PATTERN).exec(text);
  return match === null ? undefined : Number(match[1]);
}
