import type { ClockExplanation, LeadExplanation } from '../../../src/domain/explain/index.js';
import { zoneOfEvent, zoneOfHolder } from '../../../src/domain/explain/index.js';
import type { LeadEvent } from '../../../src/domain/lifecycle/events.js';

const held = (from: number, timeZone: string) => ({ from, owner: 'rep', queue: null, calendar: 'open', timeZone });
const clock = (name: string, party: 'marketing' | 'sales', more: Partial<ClockExplanation>) =>
  ({ clock: name, n: 1, cycle: 1, party, promise: { calendar: null }, due: null, ...more }) as ClockExplanation;

const explanation = {
  clocks: [
    clock('notification', 'marketing', {
      promise: { calendar: 'always' } as ClockExplanation['promise'],
      owners: [held(0, 'UTC')],
    }),
    clock('first-response', 'sales', {
      owners: [held(100, 'America/New_York'), held(200, 'America/Los_Angeles')],
      due: { timeZone: 'America/Los_Angeles' } as ClockExplanation['due'],
    }),
  ],
} as unknown as LeadExplanation;

test.each([
  { label: 'before anybody held the lead it is that of the first', at: 50, zone: 'America/New_York' },
  { label: 'when somebody takes it over it is theirs', at: 200, zone: 'America/Los_Angeles' },
  { label: 'just before it is still that of whoever had it', at: 199, zone: 'America/New_York' },
])('the zone of the holder: $label', ({ at, zone }) => {
  expect(zoneOfHolder(explanation, at)).toBe(zone);
});

test('of a lead of which no clock has started, times are in UTC', () => {
  expect(zoneOfHolder({ ...explanation, clocks: [] }, 100)).toBe('UTC');
});

test('an event of a clock is told in the zone of that clock, any other in that of the holder', () => {
  const of = (event: object) => zoneOfEvent(explanation, event as LeadEvent);
  const started = { type: 'clock-started', at: 100, clock: 'first-response', n: 1, clockCycle: 1 };
  expect(of(started)).toBe('America/Los_Angeles');
  expect(of({ ...started, clock: 'notification' })).toBe('UTC');
  expect(of({ type: 'touched', at: 150 })).toBe('America/New_York');
});
