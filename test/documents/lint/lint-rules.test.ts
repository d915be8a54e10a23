/** Promise: each rule speaks of the least agreement that breaks it, and is silent about the one that just does not. */
import { calendarKeys } from '../../../src/bin/calendar-ports.js';
import {
  judgeAgreement,
  lintRules,
  parsePeople,
  setPaths,
  type LintEvidence,
  type Lines,
  type Remark,
} from '../../../src/documents/index.js';
import type { PastClock, PastLeads } from '../../../src/domain/agreement/index.js';
import { compile } from '../../../src/zones/index.js';
import { agreementText, novemberAt, peopleText } from '../spec-agreement.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** An agreement that no rule has anything to say about. */
const sound = {
  name: 'least',
  effectiveFrom: '2026-10-01',
  reviewBy: '2026-12-31',
  calendars: {
    desk: { timeZone: 'UTC', hours: { 'mon-fri': ['09:00-17:00'] }, closed: ['2027-01-01'] },
    always: { timeZone: 'UTC', hours: { 'mon-sun': ['00:00-24:00'] } },
  },
  defaultCalendar: 'desk',
  segments: [{ name: 'large', when: [{ field: 'employees', gte: 1000 }] }, { name: 'small' }],
  qualification: { highPriority: [{ action: 'demo-request' }] },
  targets: { 'mql-volume': { party: 'marketing', atLeast: 300 } },
  clocks: {
    'first-response': {
      party: 'sales',
      from: 'handed-off',
      until: 'touched',
      within: '4h',
      ladder: 'late',
      goal: '90%',
    },
  },
  ladders: { late: [{ to: ['owner-manager'] }, { after: '4h', to: ['vp'], reassign: true }] },
  reasons: {
    rejection: [{ id: 'not-icp', route: 'disqualified' }],
    disposition: [{ id: 'no-response', route: 'recycle', wakeAfter: '60d' }],
  },
  reviews: { weekly: { on: 'mon 10:00', to: ['vp'] } },
  breaches: { first: 'weekly' },
};

const evidence: LintEvidence = { at: novemberAt, windowsOf: compile };

const judged = (lines: Lines, more: Partial<LintEvidence> = {}): readonly Remark[] => {
  const { document, flaws } = setPaths(sound, lines);
  if (document === undefined) throw new Error(flaws.map(({ message }) => message).join('\n'));
  return judgeAgreement(JSON.stringify(document), 'least.json', calendarKeys, { ...evidence, ...more }).remarks;
};
const brief = (remarks: readonly Remark[]): string[] => remarks.map(({ rule, path }) => `${rule} ${path}`);

const touches = (until: object, within: string, calendar?: string) => ({
  'clocks.touches': { party: 'sales', from: 'accepted', until, within, goal: '80%', ...(calendar && { calendar }) },
});
const status = (within: string) => ({
  'clocks.status': {
    party: 'sales',
    from: 'accepted',
    until: 'status-updated',
    repeats: true,
    within,
    calendar: 'always',
    goal: '90%',
  },
});
const steps = (...days: readonly [day: number, channel: string][]) => ({
  cadence: days.map(([day, channel]) => ({ day, channel, template: 'x' })),
});
const override = (...whens: readonly object[]) => ({
  'clocks.first-response.overrides': whens.map((when) => ({ when: [when].flat(), within: '1h' })),
});
const ladderOnAlways = (after: string) => ({
  'clocks.closure': {
    party: 'sales',
    from: 'handed-off',
    until: 'closed',
    within: '30d',
    calendar: 'always',
    ladder: 'closing',
    goal: '95%',
  },
  'ladders.closing': [{ to: ['vp'] }, { after, to: ['ceo'] }],
});

const people = (capacity: number) =>
  parsePeople(
    `teams: [{ id: sdr, manager: vp }]
people: [{ id: rep, team: sdr, capacity: ${capacity} }, { id: vp }]
roles: { ceo: [] }`,
    'people.yaml',
  ).value!;
const routed = { routing: [{ rule: 'queue', team: 'sdr' }] };

/** Monday 09:00 UTC in the quarter before. */
const mondayAt = Date.parse('2026-08-03T09:00:00Z');
const pastOf = (answeredAfterMs: readonly (number | null)[]): PastLeads => ({
  leadCount: answeredAfterMs.length,
  medianOpenMs: 10 * DAY_MS,
  clocks: answeredAfterMs.map((ms): PastClock => ({
    clock: 'first-response',
    startedAt: mondayAt,
    completedAt: ms === null ? null : mondayAt + ms,
    segment: 'small',
    priority: 'normal',
  })),
});
const fives = (first: number | null, second: number | null) => [...Array(5).fill(first), ...Array(5).fill(second)];

interface Case {
  readonly rule: string;
  readonly label: string;
  readonly trips: Lines;
  readonly at: string;
  readonly fits: Lines;
  /** What both are judged with besides. */
  readonly with?: Partial<LintEvidence>;
  /** What the second is judged with instead. */
  readonly fitsWith?: Partial<LintEvidence>;
}

const cases: readonly Case[] = [
  {
    rule: 'one-side-only',
    label: 'marketing promises nothing',
    trips: { targets: null },
    at: 'clocks',
    fits: { targets: { 'acceptance-rate': { party: 'marketing', atLeast: '1%' } } },
  },
  {
    rule: 'one-side-only',
    label: 'sales promises nothing',
    trips: { 'clocks.first-response.party': 'marketing' },
    at: 'clocks',
    fits: { 'clocks.first-response.party': 'marketing', 'targets.worked': { party: 'sales', atLeast: '95%' } },
  },
  {
    rule: 'credit-not-counted',
    label: 'a rule of attribution that there is not',
    trips: { 'attribution.marketingSourced': 'first-touch-is-marketings' },
    at: 'attribution.marketingSourced',
    fits: { 'attribution.marketingSourced': 'first-touch-is-marketing' },
  },
  {
    rule: 'unreachable-segment',
    label: 'a segment behind one that takes all',
    trips: { segments: [{ name: 'small' }, { name: 'large', when: [{ field: 'employees', gte: 1000 }] }] },
    at: 'segments.1',
    fits: { segments: [{ name: 'large', when: [{ field: 'employees', gte: 1000 }] }, { name: 'small' }] },
  },
  {
    rule: 'unreachable-segment',
    label: 'a segment narrower than one before it',
    trips: {
      segments: [
        { name: 'large', when: [{ field: 'employees', gte: 1000 }] },
        { name: 'huge', when: [{ field: 'employees', gte: 5000 }] },
      ],
    },
    at: 'segments.1',
    fits: {
      segments: [
        { name: 'large', when: [{ field: 'employees', gte: 1000 }] },
        { name: 'medium', when: [{ field: 'employees', gte: 999 }] },
      ],
    },
  },
  {
    rule: 'unreachable-override',
    label: 'an override behind a wider one',
    trips: override({ priority: 'high' }, [{ priority: 'high' }, { segment: 'large' }]),
    at: 'clocks.first-response.overrides.1',
    fits: override([{ priority: 'high' }, { segment: 'large' }], { priority: 'high' }),
  },
  {
    rule: 'unreachable-override',
    label: 'an override behind one for each priority',
    trips: override({ priority: 'high' }, { priority: 'normal' }, { segment: 'large' }),
    at: 'clocks.first-response.overrides.2',
    fits: override({ priority: 'high' }, [{ priority: 'normal' }, { segment: 'small' }], { segment: 'large' }),
  },
  {
    rule: 'unreachable-override',
    label: 'an override for high priority that no lead can have',
    trips: { ...override({ priority: 'high' }), qualification: null },
    at: 'clocks.first-response.overrides.0',
    fits: { ...override({ priority: 'normal' }), qualification: null },
  },
  {
    rule: 'unreachable-override',
    label: 'an override whose conditions exclude each other',
    trips: override([
      { field: 'country', in: ['US'] },
      { field: 'country', in: ['CA'] },
    ]),
    at: 'clocks.first-response.overrides.0',
    fits: override([
      { field: 'country', in: ['US', 'CA'] },
      { field: 'country', in: ['CA'] },
    ]),
  },
  {
    rule: 'unreachable-reason',
    label: 'a reason that recycles where the first cycle is the last',
    trips: { recycle: { maxCycles: 1 } },
    at: 'reasons.disposition.0',
    fits: { recycle: { maxCycles: 2 } },
  },
  {
    rule: 'unreachable-reason',
    label: 'a rejection after a contact, which accepts',
    trips: { 'reasons.rejection.0.needs': 'contact' },
    at: 'reasons.rejection.0',
    fits: { 'reasons.disposition.0.needs': 'contact' },
  },
  {
    rule: 'unreachable-reason',
    label: 'a rejection with a date',
    trips: { 'reasons.rejection.0.wakeOn': 'required' },
    at: 'reasons.rejection.0',
    fits: { 'reasons.disposition.0.wakeOn': 'required' },
  },
  {
    rule: 'ladder-reaches-nobody',
    label: 'a ladder without recipients',
    trips: { 'ladders.late': [{ to: [] }, { after: '4h', to: [] }] },
    at: 'ladders.late',
    fits: { 'ladders.late': [{ to: [] }, { after: '4h', to: ['vp'] }] },
  },
  {
    rule: 'ladder-reaches-nobody',
    label: 'a ladder to a role that nobody holds',
    trips: { 'ladders.late': [{ to: ['ceo'] }] },
    at: 'ladders.late',
    fits: { 'ladders.late': [{ to: ['ceo', 'vp'] }] },
    with: { directory: people(80) },
  },
  {
    rule: 'reassign-without-touch',
    label: 'a lead moved because a status is missing',
    trips: { 'clocks.first-response.until': 'decided' },
    at: 'clocks.first-response.ladder',
    fits: { 'clocks.first-response.until': 'decided', 'ladders.late.1.reassign': false },
  },
  {
    rule: 'touches-do-not-fit',
    label: 'six touches a day apart on two channels in less than two days',
    trips: touches({ touches: 6, channels: 2, spacing: '24h' }, '47h59m', 'always'),
    at: 'clocks.touches.within',
    fits: touches({ touches: 6, channels: 2, spacing: '24h' }, '48h', 'always'),
  },
  {
    rule: 'touches-do-not-fit',
    label: 'two touches a night apart within one working day',
    trips: touches({ touches: 2, spacing: '9h' }, '8h'),
    at: 'clocks.touches.within',
    fits: touches({ touches: 2, spacing: '9h' }, '9h'),
  },
  {
    rule: 'cadence-misses-touches',
    label: 'one step too few in time',
    trips: {
      ...touches({ touches: 2, channels: 2 }, '4d', 'always'),
      ...steps([0, 'phone'], [5, 'email']),
    },
    at: 'cadence',
    fits: { ...touches({ touches: 2, channels: 2 }, '5d', 'always'), ...steps([0, 'phone'], [5, 'email']) },
  },
  {
    rule: 'cadence-misses-touches',
    label: 'one channel too few',
    trips: { ...touches({ touches: 2, channels: 2 }, '5d', 'always'), ...steps([0, 'phone'], [1, 'phone']) },
    at: 'cadence',
    fits: { ...touches({ touches: 2, channels: 2 }, '5d', 'always'), ...steps([0, 'phone'], [1, 'sms']) },
  },
  {
    rule: 'cadence-misses-touches',
    label: 'a step too soon after the one before on its channel',
    trips: {
      ...touches({ touches: 2, spacing: '33h' }, '9d', 'always'),
      ...steps([0, 'phone'], [1, 'phone']),
    },
    at: 'cadence',
    fits: { ...touches({ touches: 2, spacing: '32h' }, '9d', 'always'), ...steps([0, 'phone'], [1, 'phone']) },
  },
  {
    rule: 'cadence-gap',
    label: 'a gap that no next step bridges',
    trips: { ...status('48h'), ...steps([0, 'phone'], [3, 'email']), nextStep: { furthest: '2d' } },
    at: 'cadence.1.day',
    fits: { ...status('48h'), ...steps([0, 'phone'], [3, 'email']), nextStep: { furthest: '3d' } },
  },
  {
    rule: 'cadence-gap',
    label: 'a gap longer than the time for a status',
    trips: { ...status('71h'), ...steps([0, 'phone'], [3, 'email']), nextStep: { furthest: '1h' } },
    at: 'cadence.1.day',
    fits: { ...status('72h'), ...steps([0, 'phone'], [3, 'email']), nextStep: { furthest: '1h' } },
  },
  {
    rule: 'no-consequence',
    label: 'a target of marketing that nobody reviews',
    trips: { breaches: null },
    at: 'targets.mql-volume',
    fits: { breaches: null, 'reviews.weekly.agenda': ['mql-volume'] },
  },
  {
    rule: 'no-consequence',
    label: 'a clock without a ladder that nobody reviews',
    trips: { breaches: null, 'reviews.weekly.agenda': ['mql-volume'], 'clocks.first-response.ladder': null },
    at: 'clocks.first-response',
    fits: { breaches: null, 'reviews.weekly.agenda': ['mql-volume'], 'clocks.first-response.ladder': 'late' },
  },
  {
    rule: 'vague-promise',
    label: 'a clock without a goal',
    trips: { 'clocks.first-response.goal': null },
    at: 'clocks.first-response',
    fits: { 'clocks.first-response.goal': '0.1%' },
  },
  ...(
    [
      [0, 1],
      ['0%', '0.1%'],
      ['0m', '1m'],
      ['0 USD', '1 USD'],
    ] as const
  ).map(([nothing, something]): Case => ({
    rule: 'vague-promise',
    label: `a target of at least ${nothing}`,
    trips: { 'targets.more': { party: 'marketing', atLeast: nothing } },
    at: 'targets.more.atLeast',
    fits: { 'targets.more': { party: 'marketing', atLeast: something } },
  })),
  {
    rule: 'vague-promise',
    label: 'a review some day',
    trips: { 'reviews.weekly.on': null },
    at: 'reviews.weekly',
    fits: { 'reviews.weekly.on': null, 'reviews.weekly.within': '40h' },
  },
  {
    rule: 'too-many-commitments',
    label: 'one commitment more than a page holds',
    trips: manyTargets(28),
    at: 'clocks',
    fits: manyTargets(27),
  },
  {
    rule: 'review-far-away',
    label: 'a review a day after the quarter',
    trips: { reviewBy: '2027-01-02', 'calendars.desk.closed': ['2027-02-01'] },
    at: 'reviewBy',
    fits: { reviewBy: '2027-01-01', 'calendars.desk.closed': ['2027-02-01'] },
  },
  {
    rule: 'review-far-away',
    label: 'no review',
    trips: { reviewBy: null },
    at: 'reviewBy',
    fits: { effectiveFrom: null },
  },
  {
    rule: 'no-closed-day-after-review',
    label: 'holidays that end at the review',
    trips: { 'calendars.desk.closed': ['2026-12-31'] },
    at: 'calendars.desk.closed',
    fits: { 'calendars.desk.closed': ['2027-01-01'] },
  },
  {
    // From Thursday 31 December, 17:00, to Monday 4 January, 09:00, all is closed.
    rule: 'tier-without-open-hour',
    label: 'a tier in the night after the one before',
    trips: ladderOnAlways('88h'),
    at: 'ladders.closing.1',
    fits: ladderOnAlways('89h'),
  },
  {
    rule: 'tier-without-open-hour',
    label: 'a tier less than an hour after the one before',
    trips: { 'ladders.late.1.after': '59m' },
    at: 'ladders.late.1',
    fits: { 'ladders.late.1.after': '1h' },
  },
  {
    rule: 'probable-typo',
    label: 'a field almost like a required one',
    trips: { 'qualification.requiredFields': ['employes'] },
    at: 'segments.0.when.0.field',
    fits: { 'qualification.requiredFields': ['employees'] },
  },
  {
    // 300 leads a month, each open for 10 days of 365/12, are 98.6 at a time.
    rule: 'above-capacity',
    label: 'one lead more than the team can hold',
    trips: routed,
    at: 'targets.mql-volume.atLeast',
    fits: routed,
    with: { past: { leadCount: 1, medianOpenMs: 10 * DAY_MS, clocks: [] }, directory: withCeo(98) },
    fitsWith: { past: { leadCount: 1, medianOpenMs: 10 * DAY_MS, clocks: [] }, directory: withCeo(99) },
  },
  {
    rule: 'missed-by-past-leads',
    label: 'a target that six of ten would have missed',
    trips: {},
    at: 'clocks.first-response.within',
    fits: {},
    with: { past: pastOf([...fives(4 * HOUR_MS + 1, 4 * HOUR_MS).slice(0, 9), null]) },
    fitsWith: { past: pastOf(fives(4 * HOUR_MS + 1, 4 * HOUR_MS)) },
  },
  {
    rule: 'missed-by-past-leads',
    label: 'an override that most of its leads would have missed',
    trips: override({ segment: 'small' }),
    at: 'clocks.first-response.overrides.0.within',
    fits: override({ segment: 'large' }),
    with: { past: pastOf(fives(2 * HOUR_MS, 2 * HOUR_MS)) },
  },
];

function manyTargets(count: number): Lines {
  const names = Array.from({ length: count }, (_, index) => `promise-${index}`);
  return { targets: Object.fromEntries(names.map((name) => [name, { party: 'marketing', atLeast: 1 }])) };
}

function withCeo(capacity: number) {
  const directory = people(capacity);
  return { ...directory, roles: { ...directory.roles, vp: ['vp'] } };
}

test('there is an agreement about which nothing is to be said', () => {
  expect(judged({})).toEqual([]);
});

describe.each(cases)('$rule: $label', ({ rule, trips, at, fits, with: more = {}, fitsWith = more }) => {
  test('is told with its place and its advice', () => {
    const remarks = judged(trips, more);
    expect(brief(remarks)).toContain(`${rule} ${at}`);
    const { severity, advice } = lintRules.find(({ id }) => id === rule)!;
    const remark = remarks.find((each) => each.rule === rule)!;
    expect(remark).toMatchObject({ severity, file: 'least.json', message: expect.stringContaining(advice) });
  });

  test('and not of the agreement that just does not', () => {
    expect(brief(judged(fits, fitsWith))).toEqual([]);
  });
});

test('every rule is among the cases', () => {
  expect(new Set(cases.map(({ rule }) => rule))).toEqual(new Set(lintRules.map(({ id }) => id)));
});

test('a few past leads prove nothing', () => {
  expect(judged({}, { past: pastOf(Array(9).fill(null)) })).toEqual([]);
});

test('an open clock whose time is not over is no case', () => {
  const past = pastOf(Array(10).fill(null));
  expect(judged({}, { past, at: mondayAt + HOUR_MS }).filter(({ rule }) => rule === 'missed-by-past-leads')).toEqual(
    [],
  );
});

describe('the example of the specification', () => {
  const directory = parsePeople(peopleText, 'people.yaml').value!;
  const { remarks } = judgeAgreement(agreementText, 'agreement.yaml', calendarKeys, { ...evidence, directory });

  test('has no error', () => {
    expect(remarks.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  // Right as it is: four clocks count nights or weekends, and 8 h of those can pass while nobody works.
  test('is warned that its ladder "stale" climbs over night on the clocks that count nights', () => {
    expect(brief(remarks)).toEqual(['tier-without-open-hour ladders.stale.1']);
    expect(remarks[0]!.message).toContain('for "touches", "status-update", "feedback" and "closure"');
  });
});
