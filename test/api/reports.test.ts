// Reports over HTTP: the right numbers as of any instant, the same bytes for the same question, and a reason for each no.
import { createApiCaller } from '../../src/bin/handoff/call-api.js';
import { handoffWith } from '../cli/command-line.js';
import { ADMIN_KEY, type RunningApi } from './api-world.js';
import { ReportWorld } from './report-world.js';

let world: ReportWorld;
let api: RunningApi;
/** As of then the neglected lead alone was recorded. */
let early: string;

beforeAll(async () => {
  world = await ReportWorld.open();
  ({ api, early } = world);
});
afterAll(() => world.close());

interface Section {
  readonly id: string;
  readonly rows: readonly Record<string, unknown>[];
}

async function rowOf(path: string, section: string, is: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { status, body } = await api.get(path);
  expect(status).toBe(200);
  const found = (body['sections'] as readonly Section[]).find(({ id }) => id === section);
  const [name, value] = Object.entries(is)[0]!;
  return found!.rows.find((row) => row[name] === value)!;
}

describe('compliance', () => {
  test('counts each verdict once, and says what was left out', async () => {
    const row = await rowOf('/v1/reports/compliance?period=2026-11', 'sales', { commitment: 'first-response' });
    // Recycled and corrected: met. Neglected: breached; so is mistaken, whose touches were taken back. Disputed: cancelled.
    expect(row).toMatchObject({ met: 2, breached: 2, value: 0.5, goal: 0.9, corrected: 1, leftOut: 'rejected 1' });
  });

  test('does not know as of before what was recorded later', async () => {
    const row = await rowOf(`/v1/reports/compliance?period=2026-11&asOf=${early}`, 'sales', {
      commitment: 'first-response',
    });
    expect(row).toMatchObject({ met: 0, breached: 1, value: 0 });
  });

  test('is split by owner, persons with few verdicts among them', async () => {
    const row = await rowOf('/v1/reports/compliance?period=2026-11&by=owner', 'by-owner', {
      commitment: 'first-response',
    });
    expect(row).toMatchObject({ group: 'rep-east-1', met: 2, breached: 2, isFaint: true });
  });

  test('gives the same bytes for the same as-of, however often it is asked', async () => {
    const path = `/v1/reports/compliance?period=2026-11&asOf=${early}`;
    const first = await api.get(path);
    expect((await api.get(path)).text).toBe(first.text);
  });
});

describe('the leads behind a number', () => {
  const breaches = '/v1/reports/compliance/leads?figure=compliance&part=breached&period=2026-11';

  test('stand where the report says, as many as the number tells, as of the same instant', async () => {
    const path = `/v1/reports/compliance?period=2026-11&asOf=${early}`;
    const row = await rowOf(path, 'sales', { commitment: 'first-response' });
    const { body } = await api.get((row['leads'] as Record<string, string>)['breached']!);
    expect(body).toMatchObject({ figure: 'compliance', part: 'breached', asOf: early, next: null });
    expect(body['leads']).toHaveLength(row['breached'] as number);
    expect((body['leads'] as Record<string, unknown>[])[0]).toMatchObject({
      leadId: 'lead-1',
      commitment: 'first-response',
      verdict: 'breached',
      owner: 'rep-east-1',
      dueAt: expect.stringContaining('2026-11-2') as string,
    });
  });

  test('are each explained as of that instant', async () => {
    const { body } = await api.get(breaches);
    const [lead] = body['leads'] as readonly { explain: string; leadId: string }[];
    const explained = await api.get(lead!.explain);
    expect([explained.status, explained.body['leadId']]).toEqual([200, lead!.leadId]);
  });

  test('come page by page as of the instant of the first page', async () => {
    const whole = await api.get(breaches);
    const leads: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await api.get(`${breaches}&limit=3${cursor}`);
      leads.push(...(body['leads'] as unknown[]));
      cursor = body['next'] === null ? '' : `&cursor=${body['next'] as string}`;
    } while (cursor !== '');
    const idsOf = (all: unknown) => (all as { leadId: string; commitment: string }[]).map((one) => one.leadId);
    expect(idsOf(leads)).toEqual(idsOf(whole.body['leads']));
  });

  test.each([
    { what: 'an unknown figure', query: 'figure=gossip&part=met', says: 'compliance, sla-compliance' },
    { what: 'an unknown part', query: 'figure=compliance&part=happy', says: 'met, breached' },
    {
      what: 'a filter that no row of it has',
      query: 'figure=sla-compliance&part=kept&commitment=closure',
      says: 'party',
    },
    { what: 'a cursor that is none', query: 'figure=compliance&part=met&cursor=x', says: 'is no cursor of a list' },
  ])('$what is refused and told what is possible', async ({ query, says }) => {
    const answer = await api.get(`/v1/reports/compliance/leads?period=2026-11&${query}`);
    expect([answer.status, answer.body['code']]).toEqual([422, 'invalid-query']);
    expect(JSON.stringify(answer.body['errors'])).toContain(says);
  });

  test('do not go on with the cursor of another question', async () => {
    const { body } = await api.get(`${breaches}&limit=1`);
    const cursor = String(body['next']);
    const other = await api.get(`${breaches.replace('breached', 'met')}&limit=1&cursor=${cursor}`);
    expect(JSON.stringify(other.body['errors'])).toContain('belongs to the list of another question');
    const later = await api.get(`${breaches}&limit=1&asOf=${early}&cursor=${cursor}`);
    expect(JSON.stringify(later.body['errors'])).toContain('must be that of the first page');
  });
});

describe('fair play', () => {
  test('says of each rep what could have flattered the figures, with the leads behind it', async () => {
    const row = await rowOf('/v1/reports/fair-play?period=2026-11', 'reps', { rep: 'rep-east-1' });
    expect(row).toMatchObject({ corrected: 1, untouched: 1, untouchedShare: 1, isFaint: true });
    const { body } = await api.get((row['leads'] as Record<string, string>)['untouched']!);
    expect(body['leads']).toMatchObject([{ kind: 'rejected', actor: 'rep-east-1', flaw: 'untouched' }]);
  });

  test("counts by the calendar what came in a month's last three open days", async () => {
    // 25, 27 and 30 November: Thanksgiving is closed.
    const { body } = await api.get('/v1/reports/fair-play/leads?figure=sources&part=month-end&period=2026-11');
    const handedOff = (body['leads'] as { handedOffAt: string }[]).map(({ handedOffAt }) => handedOffAt);
    expect(handedOff.every((at) => at >= '2026-11-25T05:00:00.000Z')).toBe(true);
  });
});

describe('targets', () => {
  test('stand in the order of the agreement, each with its goal and what was reached', async () => {
    const { body } = await api.get('/v1/reports/targets?period=2026-11');
    const [section] = body['sections'] as readonly Section[];
    const whole = section!.rows.filter(({ segment }) => segment === null);
    expect(whole.map(({ metric }) => metric).slice(0, 3)).toEqual([
      'MQL volume (net)',
      'MQL to sales-qualified',
      'complete data',
    ]);
    expect(section!.rows[0]).toMatchObject({ bound: 'at least', target: 500, actual: 5 });
  });

  test('are not judged before the period and its leads have had their time', async () => {
    const row = await rowOf('/v1/reports/targets?period=2026-11', 'targets', { metric: 'MQL volume (net)' });
    expect(['on-track', 'at-risk']).toContain(row['status']);
  });
});

describe('a baseline', () => {
  const enter = (baselines: object) => api.ask('PUT', '/v1/agreements/inbound-saas/baselines', { baselines }, {});
  const path = '/v1/reports/targets?period=2026-11';

  test('that was entered stands beside the figure, a volume by open days; as of before it is not known', async () => {
    await enter({ 'acceptance-rate': '72%', 'mql-volume': 400 });
    const row = await rowOf(path, 'targets', { metric: 'accepted' });
    expect(row).toMatchObject({ baseline: 0.72, baselineFrom: 'entered' });
    const volume = await rowOf(path, 'targets', { metric: 'MQL volume (net)' });
    expect(volume).toMatchObject({ baseline: 400, baselineFrom: 'entered' });
    const past = await rowOf(`${path}&asOf=${early}`, 'targets', { metric: 'accepted' });
    expect(past).toMatchObject({ baselineFrom: '2026-Q3' });
  });

  test('of all leads is none of a segment', async () => {
    const row = await rowOf(`${path}&segment=enterprise`, 'targets', { metric: 'accepted' });
    expect(row).toMatchObject({ baselineFrom: '2026-Q3' });
  });

  test('that was counted opens the leads of the time that it was counted over, and one that was entered opens none', async () => {
    const { leads: counted } = await rowOf(`${path}&segment=enterprise`, 'targets', { metric: 'accepted' });
    const { baseline } = counted as { readonly baseline: string };
    expect(baseline).toContain('period=2026-Q3');
    expect(await api.get(baseline)).toMatchObject({ status: 200, body: { period: { name: '2026-Q3' } } });
    const { leads: entered } = await rowOf(path, 'targets', { metric: 'accepted' });
    expect(Object.keys(entered as object)).not.toContain('baseline');
  });

  test('is that of the last time in shadow where nothing was entered', async () => {
    await enter({ 'acceptance-rate': null, 'mql-volume': null });
    const version = '/v1/agreements/inbound-saas/versions/1';
    await api.post(`${version}/shadow`, {});
    await api.post(`${version}/go-live`, {});
    const row = await rowOf('/v1/reports/maturity?period=2027-11', 'maturity', { metric: 'accepted' });
    expect(row).toMatchObject({ baseline: expect.anything(), baselineFrom: 'shadow of inbound-saas@1' });
    expect(Object.keys(row['leads'] as object)).not.toContain('baseline');
  });
});

test('targets by segment stand below their target, each with its own volume', async () => {
  const { body } = await api.get('/v1/reports/targets?period=2026-11');
  const [section] = body['sections'] as readonly Section[];
  const volumes = section!.rows.filter(({ metric }) => metric === 'MQL volume (net)');
  expect(volumes.map(({ segment, target }) => [segment, target])).toEqual([
    [null, 500],
    ['enterprise', 50],
    ['mid-market', 150],
    ['smb', 300],
  ]);
  expect(volumes.slice(1).reduce((sum, { actual }) => sum + Number(actual), 0)).toBe(volumes[0]!['actual']);
});

test('the funnel says how many took a step and how long they took, also by team', async () => {
  const { body } = await api.get('/v1/reports/funnel?period=2026-11&by=team');
  const [funnel, times, byTeam] = body['sections'] as readonly Section[];
  const [step] = funnel!.rows;
  expect(step).toMatchObject({ metric: 'MQL to accepted', denominator: 5 });
  expect(times!.rows[0]).toMatchObject({ count: step!['numerator'] });
  const ofTeams = byTeam!.rows.filter((row) => row['step'] === 'MQL to accepted');
  expect(ofTeams.reduce((sum, { denominator }) => sum + Number(denominator), 0)).toBe(5);
});

test('streaks judge targets by the month: a volume that was missed month after month', async () => {
  const path = '/v1/reports/streaks?period=2026-10';
  const volume = await rowOf(path, 'targets', { target: 'mql-volume' });
  // Nobody was handed off before November; a cohort is mature 30 days after its month.
  expect(volume).toMatchObject({ party: 'marketing' });
  expect(Number(volume['monthsLongest'])).toBeGreaterThanOrEqual(11);
  const september = await rowOf(path, 'target-months', { month: '2026-09' });
  expect(september).toMatchObject({ target: 'mql-volume', actual: 0, goal: 500, status: 'missed' });
  expect(await rowOf(path, 'targets', { target: 'acceptance-rate' })).toMatchObject({ monthsNow: 0, monthsLongest: 0 });
});

test('the weekly agenda has its parts in order, with versions on their way and the closed days ahead', async () => {
  const { body } = await api.get('/v1/reports/weekly?period=2026-W48');
  const sections = body['sections'] as readonly Section[];
  expect(sections.map(({ id }) => id)).toEqual([
    'mql-volume',
    'sales-qualified-rate',
    'response-time',
    'lead-quality-feedback',
    'words',
    'disqualified',
    'upcoming-changes',
    'closed-days',
  ]);
  const rows = Object.fromEntries(sections.map(({ id, rows: found }) => [id, found]));
  expect(rows['mql-volume']![0]).toMatchObject({ metric: 'MQL volume (net)', bound: 'at least', actual: 5 });
  const answer = rows['response-time']!.find(({ commitment }) => commitment === 'first-response');
  expect(answer).toMatchObject({ met: 2, breached: 2, value: 0.5, goal: 0.9 });
  expect(rows['lead-quality-feedback']).toMatchObject([{ actual: 'no-leads', status: 'no-leads' }]);
  expect(rows['closed-days']).toContainEqual({ date: '2026-11-26', calendar: 'sales-us-east', hours: 'closed' });
});

test('streaks tell of every commitment with a goal, marketing first', async () => {
  const { body } = await api.get('/v1/reports/streaks?period=2026-11');
  const [streaks, weeks] = body['sections'] as readonly Section[];
  expect(streaks!.rows[0]).toMatchObject({ commitment: 'notification', party: 'marketing', goal: 0.99 });
  expect(streaks!.rows.map(({ party }) => party).lastIndexOf('marketing')).toBe(2);
  expect(weeks!.id).toBe('weeks');
});

test('volumes are those of the period, by source and by week', async () => {
  const { body } = await api.get('/v1/reports/volume?period=2026-11');
  const [volume, bySource, weeks, months] = body['sections'] as readonly Section[];
  expect(volume!.rows.map(({ metric, actual }) => [metric, actual])).toContainEqual(['MQLs (net)', 5]);
  expect(bySource!.rows.reduce((sum, { net }) => sum + Number(net), 0)).toBe(5);
  expect(weeks!.rows.map(({ net }) => net)).toEqual([0, 0, 0, 0, 5, 0]);
  expect(months!.rows).toMatchObject([{ period: '2026-11', net: 5 }]);
});

test('a sales cycle without deals is none, and not a cycle of no days', async () => {
  const row = await rowOf('/v1/reports/sales-cycle?period=2025-01', 'sales-cycle', { count: 0 });
  expect(row).toMatchObject({ count: 0, median: 'no-leads', mean: 'no-leads' });
});

test.each([
  { what: 'an unknown report', path: 'gossip?period=2026-11', status: 404, code: 'unknown-report' },
  { what: 'no period', path: 'compliance', status: 422, code: 'invalid-query' },
  {
    what: 'two periods',
    path: 'compliance?period=2026-11&from=2026-11-01&to=2026-11-02',
    status: 422,
    code: 'invalid-query',
  },
  { what: 'an impossible period', path: 'compliance?period=2026-13', status: 422, code: 'invalid-query' },
  {
    what: 'dates in the wrong order',
    path: 'compliance?from=2026-11-02&to=2026-11-01',
    status: 422,
    code: 'invalid-query',
  },
  { what: 'more than two years', path: 'compliance?from=2020-11-02&to=2026-11-01', status: 422, code: 'invalid-query' },
  {
    what: 'an as-of in the future',
    path: 'compliance?period=2026-11&asOf=2036-01-01T00:00:00Z',
    status: 422,
    code: 'invalid-query',
  },
  { what: 'an unknown grouping', path: 'compliance?period=2026-11&by=mood', status: 422, code: 'invalid-query' },
  { what: 'a report that is not split', path: 'targets?period=2026-11&by=team', status: 422, code: 'invalid-query' },
  {
    what: 'an unknown agreement',
    path: 'compliance?period=2026-11&agreement=outbound',
    status: 422,
    code: 'unknown-agreement',
  },
  { what: 'an unknown parameter', path: 'compliance?period=2026-11&colour=red', status: 422, code: 'invalid-query' },
])('$what is refused and told what is possible', async ({ path, status, code }) => {
  const answer = await api.get(`/v1/reports/${path}`);
  expect([answer.status, answer.body['code']]).toEqual([status, code]);
});

test('without leads there is no share, neither 0 % nor 100 %', async () => {
  const row = await rowOf('/v1/reports/compliance?period=2025-01', 'sales', { commitment: 'first-response' });
  expect(row).toMatchObject({ met: 0, breached: 0, value: 'no-leads', status: 'no-leads' });
});

describe('on the command line', () => {
  const handoff = (...words: string[]) =>
    handoffWith({ callApi: createApiCaller({ HANDOFF_URL: api.url, HANDOFF_API_KEY: ADMIN_KEY }) }, ...words);

  test('a report is a table, with shares rounded down and what must be known to read it', async () => {
    const { lines, exitCode } = await handoff('report', 'compliance', '--period', '2026-11', '--as-of', early);
    expect(exitCode).toBe(0);
    expect(lines[0]).toBe('Promises kept, side by side: inbound-saas, 2026-11 (America/New_York)');
    expect(lines.find((line) => line.includes('first-response'))).toMatch(/first-response +90\.0 % +0 +1 +0\.0 % /);
    expect(lines.join('\n')).toContain('Times are open time: inside business hours, outside pauses.');
  });

  test('a period that is none is refused with what is possible', async () => {
    const { errors, exitCode } = await handoff('report', 'funnel', '--period', 'last week');
    expect(exitCode).toBe(1);
    expect(errors.join('\n')).toContain('2026-W47 (a week from Monday)');
  });
});
