import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerFromCalendar, calendarKeys } from '../../src/bin/calendar-ports.js';
import type { Scenario, ScenarioSources } from '../../src/documents/index.js';
import { runPure, type ScenarioOutcome } from '../../src/scenarios/index.js';

export const specFolder = join(import.meta.dirname, '../spec/scenarios');

export const sources: ScenarioSources = {
  calendars: calendarKeys,
  readText: (path) => readFileSync(path, 'utf8'),
};

export const run = (scenario: Scenario): ScenarioOutcome =>
  runPure(scenario, { calendars: calendarKeys, answerCalendar: answerFromCalendar });
