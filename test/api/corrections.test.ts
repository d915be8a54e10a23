/**
 * Promise: a forgotten holiday is corrected: the verdicts that would change are listed, somebody else approves them, and
 * what is then done to each lead, running, closed, settled or in its next cycle, is what was listed.
 */
import { DAY_MS, HOUR_MS, until, type LiveLead } from '../workflows/lead-world.js';
import { ApiWorld, type Answer } from './api-world.js';
import { aKey } from './keys.js';

let api: ApiWorld;
let [ops, leader] = ['', ''];
/** Long after all that happens to the leads here, whose clocks run ahead. */
const LATER_MS = 400 * DAY_MS;

beforeAll(async () => {
  api = await ApiWorld.open({}, { now: () => Date.now() + LATER_MS });
  ops = await aKey(api.world.database, { role: 'ops', person: 'marketing-ops', expiresAt: null });
  leader = await aKey(api.world.database, { role: 'leader', person: 'vp-sales', expiresAt: null });
}, 60_000);
afterAll(() => api.close());

const get = (path: string): Promise<Answer> => api.http.get(path, { key: ops });
const post = (path: string, body: object, key = ops): Promise<Answer> => api.http.post(path, body, { key });

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const today = dateOf(Date.now());
const tomorrow = dateOf(Date.now() + DAY_MS);
const forgotten = (reason = 'a forgotten holiday') => ({
  agreement: 'inbound-saas',
  versions: [1],
  calendar: 'sales-us-east',
  days: { [today]: [], [tomorrow]: [] },
  reason,
});

const correctionOf = async (id: string) => (await get(`/v1/corrections/${id}`)).body;

const untilStatus = (id: string, status: string) =>
  until(
    `the correction is ${status}`,
    async () => {
      const correction = await correctionOf(id);
      return correction['status'] === status ? correction : undefined;
    },
    60_000,
  );

interface VerdictView {
  readonly leadId: string;
  readonly clock: string;
  readonly was: { readonly verdict: string; readonly dueAt: string };
  readonly is: { readonly verdict: string; readonly dueAt: string };
}

async function verdictsOf(id: string, listing: string): Promise<readonly VerdictView[]> {
  const found: VerdictView[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const path = `/v1/corrections/${id}/verdicts?listing=${listing}&limit=3${cursor && `&cursor=${cursor}`}`;
    const { body } = await get(path);
    found.push(...(body['verdicts'] as VerdictView[]));
    cursor = body['next'] as string | null;
  }
  return found;
}

type Row = Readonly<Record<string, unknown>>;

/** A section of a report over the days of these tests. */
async function rowsAsOf(report: string, section: string, asOf: string): Promise<readonly Row[]> {
  const span = `from=${today}&to=${dateOf(Date.now() + 28 * DAY_MS)}`;
  const { body } = await get(`/v1/reports/${report}?${span}&asOf=${asOf}`);
  const sections = body['sections'] as readonly { readonly id: string; readonly rows: readonly Row[] }[];
  return sections.find(({ id }) => id === section)!.rows;
}

/** What the reports say of first responses, and of what was judged anew. */
async function toldAsOf(asOf: string) {
  const promises = await rowsAsOf('compliance', 'sales', asOf);
  const { met, breached } = promises.find((row) => Object.values(row).includes('first-response'))!;
  const causes = await rowsAsOf('corrections', 'causes', asOf);
  const corrected = await rowsAsOf('corrections', 'corrections', asOf);
  return {
    met,
    breached,
    isCorrected: causes.find(({ cause }) => cause === 'rejudged')!['made'] !== 0,
    why: [...new Set(corrected.map(({ reason, by }) => `${String(reason)}, ${String(by)}`))],
  };
}

const told = async (lead: LiveLead): Promise<LiveLead> => {
  await lead.untilRecorded('notified');
  return lead;
};
const aLead = async (): Promise<LiveLead> => told(await api.world.handOff());
const advance = async (lead: LiveLead, hours: number): Promise<void> => {
  const { handedOffAt } = await lead.state();
  await lead.clock.advanceTo(handedOffAt + hours * HOUR_MS);
};
const rejudgedIn = async (lead: LiveLead) =>
  (await lead.events()).filter((event) => event.type === 'clock-rejudged' && event.clock === 'first-response');

test('what was listed is what is done, lead by lead', async () => {
  const answeredLate = await aLead();
  await advance(answeredLate, 6);
  await answeredLate.say('touch', { channel: 'phone', outcome: 'no-answer' });
  const unanswered = await aLead();
  await advance(unanswered, 6);
  await unanswered.untilRecorded('clock-breached');
  const fresh = await aLead();
  const disposed = await aLead();
  await advance(disposed, 6);
  await disposed.say('accept', {});
  await disposed.say('dispose', { reason: 'no-budget' });
  const rejected = await aLead();
  await advance(rejected, 6);
  await rejected.say('reject', { reason: 'duplicate' });
  await rejected.clock.runToEnd();
  await until(
    'it has settled',
    async () => (await rejected.handle.describe()).status.name === 'COMPLETED' || undefined,
  );

  const drafted = await post('/v1/corrections', forgotten());
  expect(drafted).toMatchObject({
    status: 201,
    body: { status: 'listing', createdBy: 'marketing-ops', approvedBy: null },
  });
  const id = String(drafted.body['correctionId']);
  const draft = await untilStatus(id, 'draft');
  expect(draft).toMatchObject({ counts: { listed: 5, unjudged: 0, rejudged: 0 }, takes: ['approve', 'withdraw'] });
  const listed = await verdictsOf(id, 'listed');
  const firstResponses = (verdicts: readonly VerdictView[], lead: LiveLead) =>
    verdicts.filter(({ leadId, clock }) => leadId === lead.id && clock === 'first-response');
  expect(firstResponses(listed, answeredLate)).toMatchObject([
    { was: { verdict: 'breached' }, is: { verdict: 'met' } },
  ]);
  expect(firstResponses(listed, unanswered)).toMatchObject([
    { was: { verdict: 'breached' }, is: { verdict: 'pending' } },
  ]);
  expect(firstResponses(listed, fresh)).toMatchObject([{ was: { verdict: 'pending' }, is: { verdict: 'pending' } }]);
  expect(firstResponses(listed, disposed)).toMatchObject([
    { was: { verdict: 'breached' }, is: { verdict: 'cancelled' } },
  ]);
  expect(firstResponses(listed, rejected)).toMatchObject([
    { was: { verdict: 'breached' }, is: { verdict: 'cancelled' } },
  ]);
  expect(await rejudgedIn(answeredLate)).toEqual([]);
  expect(draft['totals']).toContainEqual(
    expect.objectContaining({
      clock: 'first-response',
      party: 'sales',
      team: 'sdr-east',
      clockCount: 5,
      nowMetCount: 1,
    }),
  );

  const before = new Date().toISOString();
  const approved = await post(`/v1/corrections/${id}/approve`, {}, leader);
  expect(approved).toMatchObject({ status: 200, body: { approvedBy: 'vp-sales' } });
  expect(await untilStatus(id, 'done')).toMatchObject({ counts: { rejudged: 5, unjudged: 0 }, takes: [] });
  expect(await verdictsOf(id, 'rejudged')).toEqual(listed);
  for (const lead of [answeredLate, unanswered, fresh, disposed, rejected]) {
    expect(await rejudgedIn(lead)).toMatchObject([{ correction: id, reason: 'a forgotten holiday', by: 'vp-sales' }]);
  }
  const done = new Date().toISOString();
  const as = { before: { met: 0, breached: 4, isCorrected: false, why: [] } };
  expect(await toldAsOf(before)).toEqual(as.before);
  expect(await toldAsOf(done)).toEqual({
    met: 1,
    breached: 0,
    isCorrected: true,
    why: ['a forgotten holiday, vp-sales'],
  });
  expect(await toldAsOf(before)).toEqual(as.before);
  const explained = await get(`/v1/leads/${answeredLate.id}/explain`);
  expect(explained.text).toContain('a forgotten holiday');

  // Its new due instant is heeded: it runs out then, and once more is not judged anew.
  const { clocks } = await unanswered.state();
  const clock = clocks.find(({ name }) => name === 'first-response')!;
  if (clock.verdict !== 'pending') throw new Error(`it is ${clock.verdict}`);
  await unanswered.clock.advanceTo(clock.plan.dueAt + 1_000);
  await until('it has run out', async () => {
    const { clocks: later } = await unanswered.state();
    return later.find(({ name }) => name === 'first-response')!.verdict === 'breached' || undefined;
  });
  const csv = await api.http.get(`/v1/corrections/${id}/verdicts?format=csv`, { key: ops });
  expect(csv.text.split('\r\n')[0]).toContain('"verdict-before"');
  expect(csv.text.split('\r\n')).toHaveLength(listed.length + 2);
}, 120_000);

test('a worker that goes away in the middle of it loses nothing, and does nothing twice', async () => {
  const leads = await Promise.all(Array.from({ length: 6 }, () => aLead()));
  const { days: _days, ...rest } = forgotten('two hours less');
  const id = String(
    (await post('/v1/corrections', { ...rest, days: { [dateOf(Date.now() + 2 * DAY_MS)]: [] } })).body['correctionId'],
  );
  await untilStatus(id, 'draft');
  const [listed] = [await verdictsOf(id, 'listed')];
  await api.world.stopWorker();
  await post(`/v1/corrections/${id}/approve`, {}, leader);
  await api.world.startWorker();
  await untilStatus(id, 'done');
  expect(await verdictsOf(id, 'rejudged')).toEqual(listed);
  for (const lead of leads) {
    const said = (await lead.events()).filter((event) => event.type === 'clock-rejudged');
    expect(said.map(({ clock, n }) => `${clock} ${n}`).toSorted()).toEqual(
      listed
        .filter(({ leadId }) => leadId === lead.id)
        .map(({ clock }) => `${clock} 1`)
        .toSorted(),
    );
  }
}, 120_000);

test('the next correction of the same calendar is made upon it, and changes only what it says', async () => {
  const lead = await aLead();
  const { days: _days, ...rest } = forgotten('only that morning');
  const more = { ...rest, days: { [today]: ['12:00-12:01'] } };
  const id = String((await post('/v1/corrections', more)).body['correctionId']);
  await untilStatus(id, 'draft');
  expect((await verdictsOf(id, 'listed')).some(({ leadId }) => leadId === lead.id)).toBe(true);
  expect(await post(`/v1/corrections/${id}/withdraw`, {})).toMatchObject({
    status: 200,
    body: { status: 'withdrawn' },
  });
  expect(await post(`/v1/corrections/${id}/approve`, {}, leader)).toMatchObject({
    status: 409,
    body: { code: 'correction-standing' },
  });
}, 60_000);

test('a touch that was logged too late to count is given its instant by another person', async () => {
  const lead = await aLead();
  const { handedOffAt } = await lead.state();
  const happenedAt = handedOffAt + HOUR_MS;
  await advance(lead, 30);
  await lead.say('touch', { channel: 'phone', outcome: 'no-answer', occurredAt: happenedAt });
  const { seq: touch } = (await lead.events()).findLast(({ type }) => type === 'touched')!;
  const body = { leadId: lead.id, touch, occurredAt: new Date(happenedAt).toISOString(), reason: 'the call log' };
  const beyond = { ...body, occurredAt: new Date(handedOffAt - 1).toISOString() };
  for (const wrong of [{ ...body, touch: 1 }, beyond]) {
    expect(await post('/v1/corrections/touches', wrong)).toMatchObject({ status: 422, body: { code: 'invalid-body' } });
  }
  const unknown = await post('/v1/corrections/touches', { ...body, leadId: 'ld-none' });
  expect(unknown).toMatchObject({ status: 404, body: { code: 'unknown-lead' } });
  const drafted = await post('/v1/corrections/touches', body);
  expect(drafted).toMatchObject({ status: 201, body: { occurredAt: body.occurredAt, touch } });
  const id = String(drafted.body['correctionId']);
  await untilStatus(id, 'draft');
  const listed = await verdictsOf(id, 'listed');
  expect(listed).toContainEqual(
    expect.objectContaining({
      clock: 'first-response',
      was: expect.objectContaining({ verdict: 'breached' }) as object,
      is: expect.objectContaining({ verdict: 'met', completedAt: body.occurredAt }) as object,
    }),
  );
  await post(`/v1/corrections/${id}/approve`, {}, leader);
  await untilStatus(id, 'done');
  expect(await verdictsOf(id, 'rejudged')).toEqual(listed);
  expect((await lead.state()).touches).toMatchObject([{ touchedAt: happenedAt }]);
}, 60_000);

describe('a correction is refused', () => {
  test('to whoever wrote it, and to those who only run things', async () => {
    const own = await post('/v1/corrections', forgotten(), leader);
    const id = String(own.body['correctionId']);
    await untilStatus(id, 'draft');
    const path = `/v1/corrections/${id}/approve`;
    expect(await post(path, {}, leader)).toMatchObject({ status: 403, body: { code: 'own-correction' } });
    expect(await post(path, {}, ops)).toMatchObject({ status: 403, body: { code: 'role-missing' } });
    expect(await post('/v1/corrections', forgotten('another'))).toMatchObject({
      status: 409,
      body: { code: 'correction-under-way' },
    });
    await post(`/v1/corrections/${id}/withdraw`, {}, leader);
  }, 60_000);

  test.each([
    { label: 'days that are not over', change: { days: { '2099-01-01': [] } }, path: 'days' },
    { label: 'no day', change: { days: {} }, path: 'days' },
    { label: 'a date that does not exist', change: { days: { '2026-02-30': [] } }, path: 'days.2026-02-30' },
    { label: 'hours that are none', change: { days: { [today]: ['17:00-09:00'] } }, path: 'days' },
    { label: 'a calendar that the version does not have', change: { calendar: 'mars' }, path: 'calendar' },
    { label: 'a version that there is not', change: { versions: [99] }, path: 'versions' },
    { label: 'no reason', change: { reason: ' ' }, path: 'reason' },
  ])('for $label', async ({ change, path }) => {
    const { status, body } = await post('/v1/corrections', { ...forgotten(), ...change });
    expect({ status, code: body['code'] }).toEqual({ status: 422, code: 'invalid-body' });
    expect((body['errors'] as { path: string }[]).map((error) => error.path)).toContain(path);
  });

  test('that there is not', async () => {
    expect(await get('/v1/corrections/co_none')).toMatchObject({ status: 404, body: { code: 'unknown-correction' } });
  });
});
