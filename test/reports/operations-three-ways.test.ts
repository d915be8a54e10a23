// The tables that people run their week with say the same by SQL, by the core and by their plain definitions.
import {
  contributionOf,
  leadGroupings,
  tallyAgeing,
  tallyDisputes,
  tallyEscalations,
  tallyFriction,
  tallyHours,
  tallyReasons,
  tallySpeed,
  tallyTimes,
} from '../../src/domain/reports/index.js';
import type { Instant } from '../../src/domain/business-time/index.js';
import type { Run } from '../../src/domain/lifecycle/run.js';
import { queryAgeing } from '../../src/reports/ageing-query.js';
import { queryDisputes } from '../../src/reports/disputes-query.js';
import { queryEscalations } from '../../src/reports/escalations-query.js';
import { queryFriction, queryFrictionNotes } from '../../src/reports/friction-query.js';
import { queryReasons } from '../../src/reports/reasons-query.js';
import { queryHours, querySpeed } from '../../src/reports/speed-query.js';
import { queryTimes } from '../../src/reports/time-split-query.js';
import {
  plainAgeing,
  plainDisputes,
  plainEscalations,
  plainFriction,
  plainHours,
  plainReasons,
  plainSpeed,
  plainTimes,
} from './plain-operations.js';
import { offsetsIn } from '../../src/zones/index.js';
import { agreement, DAY_MS, handedOff, HOUR_MS, mondayTen, passUntil, say } from '../db/journeys.js';
import { quarterTo, toldUntil, windowsOf } from './quarter.js';
import { periods, recordQuarter, type RecordedQuarter } from './recorded-quarter.js';

let told: RecordedQuarter;
beforeAll(async () => {
  told = await recordQuarter();
}, 900_000);
afterAll(() => told.opened.close());

const filter = { segment: 'enterprise', priority: 'high' };

const inWords = (a: unknown, b: unknown): number => (String(a) < String(b) ? -1 : 1);

/** In one order, whichever way they were counted. */
const inOrder = <T>(tallies: readonly T[]): readonly T[] =>
  tallies.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

const sumBy = <T>(tallies: readonly T[], nameOf: (tally: T) => string, countOf: (tally: T) => number) => {
  const sums: Record<string, number> = {};
  for (const tally of tallies) {
    const count = countOf(tally);
    if (count > 0) sums[nameOf(tally)] = (sums[nameOf(tally)] ?? 0) + count;
  }
  return sums;
};

test('the quarter has all that these tables distinguish', () => {
  const { decisions, disputes, escalations, holdings, standings, times } = {
    decisions: told.contributions.flatMap((one) => one.decisions),
    disputes: told.contributions.flatMap((one) => one.disputes),
    escalations: told.contributions.flatMap((one) => one.escalations),
    holdings: told.contributions.flatMap((one) => one.holdings),
    standings: told.contributions.map((one) => one.standing).filter(({ isOpen }) => isOpen),
    times: told.contributions.flatMap((one) => one.times),
  };
  const tiers = escalations.filter(({ kind }) => kind === 'tier');
  expect({
    takenBack: decisions.some(({ isTakenBack }) => isTakenBack),
    withoutNotes: decisions.some(({ hasNotes }) => !hasNotes),
    noted: new Set(decisions.map(({ friction, contentGap }) => `${friction !== null} ${contentGap !== null}`)).size,
    routes: [...new Set(decisions.map(({ route }) => route))].toSorted(inWords),
    outcomes: [...new Set(disputes.map(({ outcome }) => outcome))].toSorted(inWords),
    warned: escalations.some(({ kind }) => kind === 'warning'),
    told: tiers.some(({ toldCount }) => toldCount > 0),
    skipped: tiers.some(({ isSkipped }) => isSkipped),
    acknowledged: tiers.some(({ isAcknowledged }) => isAcknowledged),
    moved: [...new Set(tiers.map(({ isMoved }) => isMoved))].toSorted(inWords),
    answered: tiers.some(({ answeredMs }) => (answeredMs ?? 0) > 0),
    causes: [...new Set(holdings.map(({ cause }) => cause))].toSorted(inWords),
    queued: holdings.some(({ owner, team }) => owner === null && team !== null),
    stages: [...new Set(standings.map(({ stage }) => stage))].toSorted(inWords),
    resting: standings.some(({ isResting }) => isResting),
    overdue: standings.some(({ overdueCount }) => overdueCount > 0),
    tiers: [...new Set(times.map(({ tier }) => tier))].toSorted(inWords),
    late: times.some(({ lateMs }) => lateMs > 0),
    handedOn: times.some(({ share }) => share > 1),
  }).toEqual({
    takenBack: true,
    withoutNotes: true,
    noted: 4,
    routes: ['disqualified', 'nurture', 'recycle', 'sales-qualified'],
    outcomes: ['denied', null, 'upheld', 'withdrawn'],
    warned: true,
    told: true,
    skipped: true,
    acknowledged: true,
    moved: [false, null, true],
    answered: true,
    causes: ['command', 'handed-off', 'ladder', 'woken'],
    queued: true,
    stages: ['mql', 'sal'],
    resting: true,
    overdue: true,
    tiers: [0, 1, 2],
    late: true,
    handedOn: true,
  });
});

describe.each(periods)('reasons of $label', ({ from, to }) => {
  test.each(leadGroupings)('are the same by SQL as by the core, by %s', async (by) => {
    const asked = { from, to, filter: {}, by };
    expect(inOrder(await queryReasons(told.query, told.known, asked))).toEqual(
      inOrder(tallyReasons(told.contributions, asked)),
    );
  });

  test('are those of the plain definition', () => {
    const tallies = tallyReasons(told.contributions, { from, to, filter: {}, by: 'source' });
    const nameOf = ({ kind, reason, route }: (typeof tallies)[number]) => `${kind}/${reason}/${route}`;
    expect(sumBy(tallies, nameOf, ({ count }) => count)).toEqual(plainReasons(told.leads, from, to));
  });

  test('with a filter are those of the group', async () => {
    const asked = { from, to, filter, by: 'team' as const };
    expect(inOrder(await queryReasons(told.query, told.known, asked))).toEqual(
      inOrder(tallyReasons(told.contributions, asked)),
    );
  });
});

describe.each(periods)('friction and content gaps of $label', ({ from, to }) => {
  test.each(leadGroupings)('are the same by SQL as by the core, by %s', async (by) => {
    const asked = { from, to, filter: {}, by };
    expect(inOrder(await queryFriction(told.query, told.known, asked))).toEqual(
      inOrder(tallyFriction(told.contributions, asked)),
    );
  });

  test('are those of the plain definition', () => {
    const tallies = tallyFriction(told.contributions, { from, to, filter: {}, by: 'source' });
    const sums = {
      ...sumBy(
        tallies,
        ({ reason }) => `${reason}/all`,
        ({ count }) => count,
      ),
      ...sumBy(
        tallies,
        ({ reason }) => `${reason}/friction`,
        ({ frictionCount }) => frictionCount,
      ),
      ...sumBy(
        tallies,
        ({ reason }) => `${reason}/gap`,
        ({ contentGapCount }) => contentGapCount,
      ),
      ...sumBy(
        tallies,
        ({ reason }) => `${reason}/either`,
        ({ notedCount }) => notedCount,
      ),
    };
    expect(sums).toEqual(plainFriction(told.leads, from, to));
  });

  test('in the words of reps are as many as are counted, with a filter too', async () => {
    const asked = { from, to, filter, by: 'team' as const };
    const tallies = await queryFriction(told.query, told.known, asked);
    expect(inOrder(tallies)).toEqual(inOrder(tallyFriction(told.contributions, asked)));
    const notes = await queryFrictionNotes(told.query, told.known, asked, 100_000);
    expect(notes).toHaveLength(tallies.reduce((sum, { notedCount }) => sum + notedCount, 0));
    expect(notes.map(({ decidedAt }) => decidedAt)).toEqual(
      notes.map(({ decidedAt }) => decidedAt).toSorted((a, b) => b - a),
    );
  });
});

describe.each(periods)('disputes of $label', ({ from, to }) => {
  test.each([undefined, 'reason' as const, ...leadGroupings])(
    'are the same by SQL as by the core, by %s',
    async (by) => {
      const asked = { from, to, filter: {}, ...(by !== undefined && { by }) };
      expect(await queryDisputes(told.query, told.known, asked)).toEqual(tallyDisputes(told.contributions, asked));
    },
  );

  test('are those of the plain definition, and their outcomes sum to all', () => {
    const { all } = tallyDisputes(told.contributions, { from, to, filter: {} });
    const plain = plainDisputes(told.leads, from, to);
    const { openedCount = 0, upheldCount = 0, deniedCount = 0, withdrawnCount = 0, openCount = 0 } = all ?? {};
    expect([upheldCount, deniedCount, withdrawnCount, openCount]).toEqual(
      ['upheld', 'denied', 'lead-closed', 'open'].map((name) => plain[name] ?? 0),
    );
    expect(upheldCount + deniedCount + withdrawnCount + openCount).toBe(openedCount);
    expect(all?.resolution.count ?? 0).toBe(upheldCount + deniedCount);
  });
});

describe.each(periods)('escalations of $label', ({ from, to }) => {
  test.each([undefined, ...leadGroupings])('are the same by SQL as by the core, by %s', async (by) => {
    const asked = { from, to, filter: {}, ...(by !== undefined && { by }) };
    expect(inOrder(await queryEscalations(told.query, told.known, asked))).toEqual(
      inOrder(tallyEscalations(told.contributions, asked)),
    );
  });

  test('are those of the plain definition', () => {
    const tallies = tallyEscalations(told.contributions, { from, to, filter: {} });
    const counted = {
      ...sumBy(tallies, nameOf, ({ firedCount }) => firedCount),
      ...sumBy(
        tallies,
        (one) => `${nameOf(one)}/skipped`,
        ({ skippedCount }) => skippedCount,
      ),
      ...sumBy(
        tallies,
        (one) => `${nameOf(one)}/moved`,
        ({ movedCount }) => movedCount,
      ),
      ...sumBy(
        tallies,
        (one) => `${nameOf(one)}/acknowledged`,
        ({ acknowledgedCount }) => acknowledgedCount,
      ),
    };
    expect(counted).toEqual(plainEscalations(told.leads, from, to));
  });
});
const nameOf = ({ commitment, kind, step }: ReturnType<typeof tallyEscalations>[number]): string =>
  `${commitment}/${kind}/${step}`;

describe.each([
  { label: 'the end of the quarter', asOf: quarterTo },
  { label: 'the end of the story', asOf: toldUntil },
])('open leads at $label', ({ asOf }) => {
  test.each([undefined, 'stage' as const, ...leadGroupings])(
    'are the same by SQL as by the core, by %s',
    async (by) => {
      const asked = { asOf, filter: {}, ...(by !== undefined && { by }) };
      expect(await queryAgeing(told.query, told.known, asked)).toEqual(tallyAgeing(told.contributions, asked));
    },
  );

  test('are those of the plain definition, and their ages sum to all', () => {
    const { all } = tallyAgeing(told.contributions, { asOf, filter: {} });
    const plain = plainAgeing(told.leads, asOf);
    const counts = Object.values(all!.bandCounts);
    expect(counts).toEqual(['0', '1', '3', '7', '14', '30'].map((name) => plain[name] ?? 0));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all!.openCount);
    expect(all!.idleCount).toBe(plain['idle']);
  });
});

describe.each([
  { label: 'taken back', takeBack: { type: 'retract', touch: 0, reason: 'another lead' } as const },
  { label: 'that came back', takeBack: { type: 'mark-bounced', touch: 0 } as const },
])('a touch $label was none', ({ takeBack }) => {
  /** Called, and no longer. */
  function uncalled(lead: Run, at: Instant): Run {
    const called = say(lead, at, { type: 'touch', channel: 'phone', outcome: 'no-answer' });
    return say(called, at + HOUR_MS, { ...takeBack, touch: called.state.touches[0]!.seq });
  }
  const waysOf = ({ events }: Run) => ({
    leads: [{ leadId: 'lead-1', events }],
    contributions: [contributionOf(events, { agreements: { [agreement.key]: agreement }, windowsOf })],
  });

  test.each([
    { label: 'not yet', asOf: mondayTen + 5 * DAY_MS - 1, idleCount: 0 },
    { label: 'five days after its hand-off', asOf: mondayTen + 5 * DAY_MS, idleCount: 1 },
  ])('for a lead that lies idle: $label', ({ asOf, idleCount }) => {
    const { leads, contributions } = waysOf(passUntil(uncalled(handedOff(), mondayTen + HOUR_MS), asOf));
    expect(tallyAgeing(contributions, { asOf, filter: {} })['all']).toMatchObject({ idleCount });
    expect(plainAgeing(leads, asOf)['idle'] ?? 0).toBe(idleCount);
  });

  test('for a lead that was rejected untouched', () => {
    const rejected = say(handedOff(), mondayTen + HOUR_MS, { type: 'reject', reason: 'bad-data', notes: 'a school' });
    const reopened = say(rejected, mondayTen + 2 * HOUR_MS, { type: 'reopen', reason: 'a slip' });
    const { leads, contributions } = waysOf(uncalled(reopened, mondayTen + 3 * HOUR_MS));
    const asked = { from: mondayTen, to: mondayTen + DAY_MS, filter: {} };
    expect(tallySpeed(contributions, asked)['all']).toMatchObject({ leadCount: 1, leftOutCount: 1 });
    expect(plainSpeed(leads, asked.from, asked.to).at(-1)).toBe(1);
  });
});

describe.each(periods)('time of $label', ({ from, to }) => {
  test.each([undefined, 'tier' as const, ...leadGroupings])('is the same by SQL as by the core, by %s', async (by) => {
    const asked = { from, to, filter: {}, ...(by !== undefined && { by }) };
    expect(inOrder(await queryTimes(told.query, told.known, asked))).toEqual(
      inOrder(tallyTimes(told.contributions, asked)),
    );
  });

  test('by owner is that of the plain definition', () => {
    const tallies = tallyTimes(told.contributions, { from, to, filter: {}, by: 'owner' });
    expect(
      sumBy(
        tallies,
        ({ commitment, group }) => `${commitment}/${group}`,
        ({ usedMs }) => usedMs,
      ),
    ).toEqual(plainTimes(told.leads, from, to));
  });

  test('by tier adds up to the whole', () => {
    const whole = tallyTimes(told.contributions, { from, to, filter: {} });
    const tiers = tallyTimes(told.contributions, { from, to, filter: {}, by: 'tier' });
    const usedMs = sumBy(
      tiers,
      ({ commitment }) => commitment,
      (one) => one.usedMs,
    );
    expect(usedMs).toEqual(
      sumBy(
        whole,
        ({ commitment }) => commitment,
        (one) => one.usedMs,
      ),
    );
  });
});

describe.each(periods)('speed of $label', ({ from, to }) => {
  const asked = { from, to, filter: {} };

  test.each([undefined, 'channel' as const, ...leadGroupings])(
    'is the same by SQL as by the core, by %s',
    async (by) => {
      const split = { ...asked, ...(by !== undefined && { by }) };
      expect(await querySpeed(told.query, told.known, split)).toEqual(tallySpeed(told.contributions, split));
    },
  );

  test('is that of the plain definition, and its bins sum to all', () => {
    const { all } = tallySpeed(told.contributions, asked);
    const counts = all ? [...Object.values(all.binCounts), all.unansweredCount, all.leftOutCount] : [];
    expect(counts).toEqual(all ? plainSpeed(told.leads, from, to) : []);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all?.leadCount ?? 0);
  });

  test('by hour of the week is the same by SQL as by the core, and as New York has it', async () => {
    const offsets = offsetsIn('America/New_York', from, to);
    const hours = tallyHours(told.contributions, asked, offsets);
    expect(await queryHours(told.query, told.known, asked, offsets)).toEqual(hours);
    const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
    const named = hours.map(({ hourOfWeek, leadCount }) => {
      return [`${days[Math.floor(hourOfWeek / 24)]}, ${String(hourOfWeek % 24).padStart(2, '0')}`, leadCount];
    });
    expect(Object.fromEntries(named)).toEqual(plainHours(told.leads, from, to));
  });
});
