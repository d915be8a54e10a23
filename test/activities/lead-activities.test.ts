import { randomUUID } from 'node:crypto';
import { createActivities, type LeadActivities } from '../../activities/index.js';
import { answerFromCalendar } from '../../src/bin/calendar-ports.js';
import { openDatabase, type Database } from '../../src/db/index.js';
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import type { PersonQuestion, WindowsQuestion } from '../../src/domain/lifecycle/questions.js';
import type { LeadInput } from '../../workflows/messages.js';
import { freshDatabase, type FreshDatabase } from '../support/servers.js';

const mondayNoon = Date.UTC(2026, 10, 23, 12);
const agreement = { key: 'k', name: 'inbound-saas', version: 1 };
const place = { workspace: 'default', leadId: `ld-${randomUUID()}` };

const handedOff: LeadEvent = {
  type: 'handed-off',
  seq: 1,
  at: mondayNoon,
  cycle: 1,
  leadId: place.leadId,
  agreement,
  fields: { email: 'ada@acme.example' },
  signals: [],
  segment: null,
  priority: 'normal',
  missingFields: [],
  holder: { owner: 'rep-east-1', queue: null, team: 'sdr-east', calendar: null },
  routedBy: 'given',
  source: 'website',
  externalId: place.leadId,
};
const notified: LeadEvent = { type: 'notified', seq: 2, at: mondayNoon + 500, cycle: 1, recipient: 'rep-east-1' };

let fresh: FreshDatabase;
let database: Database;
let activities: LeadActivities;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { workspace: 'default' });
  const people = [{ id: 'rep-east-1', team: 'sdr-east', email: 'rep-east-1@sales.example' }];
  const teams = [{ id: 'sdr-east', manager: 'rep-east-1', calendar: 'sales-us-east' }];
  await database.directory.saveDirectory({ people, teams, roles: {}, absences: [] });
  const deliverNotices = () => Promise.resolve({});
  activities = createActivities({ storesOf: database.inWorkspace, calendar: answerFromCalendar, deliverNotices });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

test('events that are recorded again change nothing', async () => {
  await activities.recordEvents(place, [handedOff, notified]);
  await activities.recordEvents(place, [handedOff, notified]);
  expect(await database.ledger.read(place.leadId)).toEqual([handedOff, notified]);
});

test('in place of an event that differs nothing is recorded, and what stands there is handed back', async () => {
  const other = { ...notified, recipient: 'rep-east-2' };
  expect(await activities.recordEvents(place, [other])).toEqual({ standing: [notified] });
  expect(await database.ledger.read(place.leadId)).toEqual([handedOff, notified]);
});

test('events whose predecessors are missing are refused aloud', async () => {
  await expect(activities.recordEvents(place, [{ ...notified, seq: 4 }])).rejects.toThrow('event 3 is missing');
});

test('a question about a person gets the same answer whenever it is asked', async () => {
  const question: PersonQuestion = {
    kind: 'person',
    key: `${place.leadId}/c1/person`,
    asOf: mondayNoon,
    person: 'rep-east-1',
  };
  const holder = { owner: 'rep-east-1', queue: null, team: 'sdr-east', calendar: 'sales-us-east' };
  expect(await activities.answerQuestion(place, question)).toEqual(holder);
  expect(await activities.answerQuestion(place, question)).toEqual(holder);
});

test('a question about windows is answered from the calendar alone', async () => {
  const definition = { timeZone: 'UTC', hours: { mon: ['09:00-17:00'] } };
  const span = { asOf: mondayNoon, from: Date.UTC(2026, 10, 23), until: Date.UTC(2026, 10, 24) };
  const question: WindowsQuestion = {
    kind: 'windows',
    key: 'w',
    calendarKey: 'k',
    name: 'mondays',
    definition,
    ...span,
  };
  expect(await activities.answerQuestion(place, question)).toMatchObject({
    flat: [Date.UTC(2026, 10, 23, 9), Date.UTC(2026, 10, 23, 17)],
  });
});

test('a settled lead is kept as it would start again, the last time counts', async () => {
  const input: LeadInput = { ...place, events: [handedOff], context: { agreements: {}, windows: {} } };
  await activities.storeSettled(input, mondayNoon);
  await activities.storeSettled({ ...input, events: [] }, mondayNoon + 1);
  expect(await database.settledStates.find(place.leadId)).toEqual({ ...input, events: [] });
});
