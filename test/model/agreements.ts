/**
 * Here live random worlds for the core: agreements, people and what is said to a lead, and the laws that hold whatever
 * happens in them. No rule of the spec is repeated here as an implementation; a law says what must never come out.
 */
import { fc } from '../chance/index.js';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import type {
  AgreementTerms,
  ClockPromise,
  Condition,
  Milestone,
  Tier,
  Until,
  WarningPoint,
} from '../../src/domain/agreement/index.js';
import type { CalendarDefinition } from '../../src/domain/business-time/index.js';
import type { Absence, Directory } from '../../src/domain/routing/directory.js';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Thursday before the clocks go back in New York and after they went back in Berlin. */
export const START = Date.parse('2026-10-29T14:00:00Z');

const hours = (timeZone: string, week: Record<string, string[]>, more: Partial<CalendarDefinition> = {}) => ({
  timeZone,
  hours: week,
  ...more,
});

export const calendars: Readonly<Record<string, CalendarDefinition>> = {
  office: hours('America/New_York', { 'mon-fri': ['09:00-17:00'] }, { closed: ['2026-11-02', '2026-11-26'] }),
  split: hours('Europe/Berlin', { 'mon-thu': ['08:00-12:00', '13:00-17:30'], sat: ['10:00-12:00'] }),
  night: hours('Australia/Lord_Howe', { 'mon-sun': ['00:00-06:00', '20:00-24:00'] }),
  weekdays: hours('America/New_York', { 'mon-fri': ['00:00-24:00'] }),
  rare: hours('UTC', { wed: ['09:00-10:00'] }, { exceptions: { '2026-10-31': ['00:00-01:00'] } }),
  always: hours('UTC', { 'mon-sun': ['00:00-24:00'] }),
};
export const calendarNames = Object.keys(calendars);

const ms = (from: number, until: number) => fc.integer({ min: Math.ceil(from), max: Math.floor(until) });
const openMs = fc.oneof(ms(1, 20), fc.constantFrom(HOUR_MS, 4 * HOUR_MS, 8 * HOUR_MS), ms(MINUTE_MS, 30 * HOUR_MS));

const warning: fc.Arbitrary<WarningPoint> = fc.oneof(
  fc.integer({ min: 1, max: 99 }).map((share) => ({ text: `${share}%`, sharePpm: share * 10_000 })),
  openMs.map((leftMs) => ({ text: `${leftMs}ms left`, leftMs })),
);
const warnings = fc.uniqueArray(warning, { maxLength: 3, selector: ({ text }) => text });

const tier: fc.Arbitrary<Tier> = fc.record({
  on: fc.constantFrom('breach', 'breach', 'start'),
  afterMs: fc.oneof(fc.constant(0), openMs),
  to: fc.subarray(['owner', 'owner-manager', 'vp', 'nobody', 'ann'], { minLength: 0, maxLength: 2 }),
  reassign: fc.boolean(),
  holdOnAcknowledgeMs: fc.oneof(fc.constant(0), openMs),
  urgent: fc.constant(false),
});

/** Only after a breach: a ladder that moves the lead from the start on would move it for ever, each time to begin anew. */
const lateTier = tier.map((one): Tier => ({ ...one, on: 'breach' }));

const overrides = (withinMs: fc.Arbitrary<number>): fc.Arbitrary<ClockPromise['overrides']> =>
  fc.array(
    fc.record({
      when: fc.constantFrom<readonly Condition[]>(
        [{ priority: 'high' }],
        [{ segment: 'large' }],
        [{ field: 'score', gte: 80 }],
        [{ field: 'late', exists: true }],
      ),
      withinMs,
    }),
    { maxLength: 2 },
  );

const terms = {
  withinMs: openMs,
  overrides: overrides(openMs),
  calendar: fc.option(fc.constantFrom(...calendarNames), { nil: undefined }),
  warn: warnings,
  ladder: fc.constantFrom(undefined, 'one', 'two'),
};

/** A clock of the usual kind, its terms at random. */
const promise = (
  party: 'sales' | 'marketing',
  from: readonly Milestone[],
  until: Until,
  repeats = false,
): fc.Arbitrary<ClockPromise> =>
  fc.record(terms).map(({ calendar, ladder, ...more }) => ({
    party,
    from,
    until,
    repeats,
    ...more,
    ...(calendar !== undefined && { calendar }),
    ...(ladder !== undefined && { ladder }),
  }));

const touches: fc.Arbitrary<Until> = fc.record({
  touches: fc.integer({ min: 1, max: 4 }),
  channels: fc.integer({ min: 1, max: 2 }),
  spacingMs: fc.constantFrom(0, 2 * HOUR_MS),
});

const anyParty = fc.constantFrom('sales' as const, 'marketing' as const);
const froms: readonly Milestone[] = ['handed-off', 'accepted', 'touched', 'woken', 'closed', 'decided', 'notified'];
const untils: readonly Milestone[] = ['touched', 'closed', 'enriched', 'woken', 'feedback-given', 'status-updated'];
const oddPromise = fc
  .tuple(anyParty, fc.subarray([...froms], { minLength: 1, maxLength: 2 }), fc.constantFrom(...untils), fc.boolean())
  .chain(([party, from, until, repeats]) => promise(party, from, until, repeats));

/** The clocks of the spec's agreement with random terms, each sometimes missing, and sometimes one of another kind. */
const clocks: fc.Arbitrary<Readonly<Record<string, ClockPromise>>> = touches
  .chain((until) =>
    fc.tuple(
      fc.record({ closure: promise('sales', ['handed-off', 'woken'], 'closed') }),
      fc.record(
        {
          acceptance: promise('sales', ['handed-off'], 'decided'),
          disposition: promise('sales', ['accepted'], 'disposed'),
          'dispute-resolution': promise('marketing', ['dispute-opened'], 'dispute-resolved'),
          enrichment: promise('marketing', ['handed-off'], 'enriched'),
          feedback: promise('sales', ['disqualified'], 'feedback-given'),
          'first-response': promise('sales', ['handed-off'], 'touched'),
          'intent-response': promise('sales', ['intent-raised'], 'touched'),
          odd: oddPromise,
          'owner-response': promise('sales', ['reassigned'], 'touched').map(({ ladder, ...more }) =>
            ladder === undefined ? more : { ...more, ladder: 'late' },
          ),
          're-engagement': promise('sales', ['woken'], 'touched'),
          'status-update': promise('sales', ['accepted'], 'status-updated', true),
          touches: promise('sales', ['accepted'], until),
        },
        { requiredKeys: [] },
      ),
    ),
  )
  .map(([needed, others]) => ({ ...others, ...needed }));

let keyCount = 0;

/** Keys are all that tells two agreements apart, so each one made gets its own. */
export const agreement: fc.Arbitrary<AgreementTerms> = fc
  .record({
    clocks,
    ladders: fc.record({
      late: fc.array(lateTier, { minLength: 1, maxLength: 3 }),
      one: fc.array(tier, { maxLength: 3 }),
      two: fc.array(tier, { minLength: 1, maxLength: 4 }),
    }),
    recycle: fc.record({ maxCycles: fc.integer({ min: 1, max: 3 }), coolOffMs: ms(0, 3 * DAY_MS) }),
    nurture: fc.record({ limitMs: ms(DAY_MS, 20 * DAY_MS) }),
    dispute: fc.record({ pauses: fc.constantFrom('sales', 'nothing'), perCycle: fc.integer({ min: 0, max: 2 }) }),
    pause: fc.record(
      { longestMs: ms(MINUTE_MS, 3 * DAY_MS), perCycle: fc.integer({ min: 0, max: 4 }) },
      { requiredKeys: [] },
    ),
    nextStep: fc.record({ furthestMs: ms(HOUR_MS, 5 * DAY_MS) }),
    lateLogging: fc.record({ countsWithinMs: ms(0, 2 * DAY_MS) }),
    defaultCalendar: fc.constantFrom(...calendarNames),
    enrichedFields: fc.constantFrom([], ['late'], ['score', 'late']),
  })
  .map(({ enrichedFields, ...parts }): AgreementTerms => ({
    ...parts,
    key: `agreement-${(keyCount += 1)}`,
    name: 'random',
    version: 1,
    zoneRelease: calendarKeys.zoneRelease,
    calendars,
    calendarKeys: Object.fromEntries(
      Object.entries(calendars).map(([name, calendar]) => [name, calendarKeys.keyOf(calendar)]),
    ),
    segments: [{ name: 'large', when: [{ field: 'employees', gte: 100 }] }],
    qualification: {
      fit: [],
      engagement: [
        { field: 'score', gte: 70 },
        { action: 'download', count: 2 },
      ],
      exclude: [],
      highPriority: [{ action: 'demo' }, { signal: 'intent', gte: 80 }],
      requiredFields: ['email'],
      enrichedFields,
      bant: ['need'],
      orIntent: ['demo-held'],
    },
    reasons: {
      rejection: [
        { id: 'bad', route: 'disqualified', notes: 'later', wakeOnRequired: false },
        { id: 'later', route: 'nurture', notes: 'optional', wakeOnRequired: false },
      ],
      disposition: [
        { id: 'again', route: 'recycle', notes: 'optional', wakeOnRequired: false, wakeAfterMs: DAY_MS },
        { id: 'bad', route: 'disqualified', notes: 'optional', wakeOnRequired: false },
        { id: 'later', route: 'nurture', notes: 'optional', wakeOnRequired: false },
        { id: 'silent', route: 'recycle', notes: 'optional', needs: 'touches', wakeOnRequired: false },
        { id: 'spoken', route: 'disqualified', notes: 'required', needs: 'contact', wakeOnRequired: false },
      ],
    },
    cadence: [],
    routing: [
      { rule: 'existing-owner', when: [] },
      { rule: 'round-robin', when: [], team: 'east' },
      { rule: 'queue', when: [], team: 'west' },
    ],
  }));

const away: fc.Arbitrary<Absence> = fc
  .record({
    person: fc.constantFrom('ann', 'bob', 'cid', 'dan', 'mia', 'vic'),
    from: ms(START, START + 6 * DAY_MS),
    lasts: ms(1, 4 * DAY_MS),
    delegate: fc.option(fc.constantFrom('mia', 'moe'), { nil: undefined }),
  })
  .map(({ person, from, lasts, delegate }) => ({
    person,
    from,
    until: from + lasts,
    ...(delegate !== undefined && { delegate }),
  }));

/** Two teams on different calendars; one person has a calendar and one a capacity of their own. */
export const directory: fc.Arbitrary<Directory> = fc.array(away, { maxLength: 4 }).map((absences) => ({
  teams: [
    { id: 'east', manager: 'mia', calendar: 'office' },
    { id: 'west', manager: 'moe', calendar: 'split' },
  ],
  people: [
    { id: 'ann', team: 'east' },
    { id: 'bob', team: 'east', calendar: 'always' },
    { id: 'cid', team: 'east', capacity: 1 },
    { id: 'dan', team: 'west', calendar: 'night' },
    { id: 'eve', team: 'west', calendar: 'unknown' },
    { id: 'mia' },
    { id: 'moe' },
    { id: 'vic' },
  ],
  roles: { vp: ['vic'], nobody: [] },
  absences,
}));
export const people = ['ann', 'bob', 'cid', 'dan', 'eve', 'vic'];
