import type { CalendarKeys } from '../documents/index.js';
import type { CalendarAnswer } from '../domain/ports.js';
import { calendarKey, compile, dateStart, findNoOpenTime, zoneNames, zoneTable } from '../zones/index.js';

/** What documents ask of the pinned zone data. */
export const calendarKeys: CalendarKeys = {
  zoneRelease: zoneTable.release,
  keyOf: calendarKey,
  zoneNames,
  knowsZone: (timeZone) => zoneTable.findZone(timeZone) !== undefined,
  hasNoOpenTime: (definition, at) => findNoOpenTime(definition, at) !== undefined,
};

/** What steps ask of it: open windows, and the start of a local date. */
export const answerFromCalendar: CalendarAnswer = (question) =>
  question.kind === 'windows'
    ? compile(question.definition, question.from, question.until)
    : dateStart(question.timeZone, question.date);
