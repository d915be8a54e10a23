/** Promise: previews and rollouts by HTTP, as sales ops use them; what makes no sense is refused with code and advice. */
import pg from 'pg';
import { nextVersion, untilASecondOld } from '../workflows/rollout-world.js';
import { until, type LiveLead } from '../workflows/lead-world.js';
import { ApiWorld, type Answer } from './api-world.js';

let api: ApiWorld;
let version: number;
let breaching: LiveLead;
let touched: LiveLead;
beforeAll(async () => {
  api = await ApiWorld.open();
  const { world } = api;
  [breaching, touched] = [await world.handOff(), await world.handOff({ fields: { employees: 5_000 } })];
  for (const lead of [breaching, touched]) await lead.untilRecorded('notified');
  await touched.say('touch', { channel: 'phone', outcome: 'no-answer' });
  await untilASecondOld(breaching);
  ({ version } = await nextVersion(world, {
    'clocks.first-response.within': '1s',
    'clocks.first-response.overrides': [],
    'clocks.disposition.within': '200h',
  }));
}, 90_000);
afterAll(() => api.close());

const base = (): string => `/v1/agreements/inbound-saas/versions/${version}`;
const preview = (body: object): Promise<Answer> => api.http.post(`${base()}/preview`, body);
const start = (body: object, headers = {}): Promise<Answer> => api.http.post(`${base()}/rollouts`, body, { headers });

interface PreviewBody {
  readonly leads: readonly { readonly leadId: string; readonly changes: readonly string[] }[];
  readonly totals: readonly { readonly team: string; readonly leadCount: number; readonly breachAtOnceCount: number }[];
  readonly next: string | null;
  readonly leadCount: number;
}
const previewBody = async (body: object): Promise<PreviewBody> => (await preview(body)).body as unknown as PreviewBody;

describe('a preview', () => {
  test('names the leads that would change, how, and who would breach at once, with totals per team', async () => {
    const { leads, totals, leadCount } = await previewBody({ mode: 'recompute' });
    expect(leadCount).toBe(2);
    expect(totals).toEqual([
      expect.objectContaining({
        team: 'sdr-east',
        leadCount: 2,
        changedCount: 2,
        breachAtOnceCount: 1,
        dueLaterCount: 1,
      }),
    ]);
    const changed = new Map(leads.map((lead) => [lead.leadId, lead]));
    expect(changed.get(breaching.id)).toMatchObject({
      changes: expect.arrayContaining(['verdict', 'due-at', 'next-action']),
      clocks: expect.arrayContaining([
        expect.objectContaining({
          clock: 'first-response',
          before: expect.objectContaining({ verdict: 'pending' }),
          after: expect.objectContaining({ verdict: 'breached' }),
          breachesAtOnce: true,
        }),
      ]),
    });
    expect(changed.get(touched.id)?.changes).not.toContain('verdict');
  });

  test('comes page by page: together the pages say what one says', async () => {
    const whole = await previewBody({ mode: 'recompute' });
    const first = await previewBody({ mode: 'recompute', limit: 1 });
    expect(first.leads).toHaveLength(1);
    const second = await previewBody({ mode: 'recompute', limit: 1, cursor: first.next });
    const last =
      second.next === null ? [] : (await previewBody({ mode: 'recompute', limit: 1, cursor: second.next })).leads;
    const ids = [...first.leads, ...second.leads, ...last].map(({ leadId }) => leadId);
    expect(ids).toEqual(whole.leads.map(({ leadId }) => leadId));
  });

  test('looks at the leads of its segments alone, and changes nothing', async () => {
    const before = await breaching.events();
    const { leadCount } = await previewBody({ mode: 'recompute', segments: ['enterprise'] });
    expect(leadCount).toBe(1);
    expect(await breaching.events()).toEqual(before);
  });

  test.each([
    { label: 'an unknown mode', body: { mode: 'at-once' }, path: 'mode' },
    { label: 'an unknown segment', body: { mode: 'keep', segments: ['galactic'] }, path: 'segments.0' },
    { label: 'an instant in the past', body: { mode: 'keep', at: '2026-01-01T00:00:00Z' }, path: 'at' },
    { label: 'a made-up cursor', body: { mode: 'keep', cursor: 'page-2' }, path: 'cursor' },
  ])('$label is refused, and named', async ({ body, path }) => {
    const answer = await preview(body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-body', errors: [{ path }] } });
  });

  test('of a version that there is not is refused', async () => {
    const answer = await api.http.post('/v1/agreements/inbound-saas/versions/99/preview', { mode: 'keep' });
    expect(answer).toMatchObject({ status: 404, body: { code: 'unknown-version' } });
  });
});

const rolloutOf = async (id: string): Promise<Record<string, unknown>> =>
  (await api.http.get(`/v1/rollouts/${id}`)).body;
const untilStatus = (id: string, status: string): Promise<Record<string, unknown>> =>
  until(`it is ${status}`, async () => {
    const rollout = await rolloutOf(id);
    return rollout['status'] === status ? rollout : undefined;
  });

describe('a rollout', () => {
  let id: string;

  test('is started, and again with the same Idempotency-Key without starting anything', async () => {
    const body = { mode: 'recompute', leadsPerSecond: 1 };
    const headers = { 'Idempotency-Key': 'quarter-2' };
    const [first, again] = [await start(body, headers), await start(body, headers)];
    expect(first).toMatchObject({ status: 201, body: { agreement: 'inbound-saas', version, status: 'running' } });
    expect(again.status).toBe(200);
    id = String(first.body['rolloutId']);
    expect(again.body['rolloutId']).toBe(id);
    expect(first.headers.get('location')).toBe(`/v1/rollouts/${id}`);
    expect(await start({ ...body, mode: 'keep' }, headers)).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
  });

  test('pauses, is the only one of its agreement meanwhile, and goes on', async () => {
    const paused = await api.http.post(`/v1/rollouts/${id}/pause`);
    expect(paused).toMatchObject({ status: 200, body: { status: 'paused', takes: ['resume', 'abort', 'revert'] } });
    expect(await start({ mode: 'keep' })).toMatchObject({ status: 409, body: { code: 'rollout-under-way' } });
    expect(await api.http.post(`/v1/rollouts/${id}/pause`)).toMatchObject({
      status: 409,
      body: { code: 'rollout-standing', detail: expect.stringContaining('It is paused and takes resume and abort') },
    });
    expect(await api.http.post(`/v1/rollouts/${id}/resume`)).toMatchObject({ body: { status: 'running' } });
    const done = await untilStatus(id, 'done');
    expect(done).toMatchObject({ leadCount: 2, leftCount: 0, counts: { applied: 2 }, expectedEndAt: null });
  }, 60_000);

  test('lists its leads, and itself', async () => {
    const { body } = await api.http.get(`/v1/rollouts/${id}/leads?status=applied&limit=1`);
    expect(body).toMatchObject({ leads: [{ status: 'applied', attemptCount: 1 }], next: expect.any(String) });
    const list = await api.http.get('/v1/rollouts?agreement=inbound-saas');
    expect(list.body).toMatchObject({ rollouts: [{ rolloutId: id }], next: null });
  });

  test('is taken back from the lead that nothing happened to, and names the other', async () => {
    expect(await api.http.post(`/v1/rollouts/${id}/revert`)).toMatchObject({ status: 200 });
    const { counts } = await untilStatus(id, 'reverted');
    expect(counts).toMatchObject({ reverted: 1, 'acted-on': 1 });
    const { body } = await api.http.get(`/v1/rollouts/${id}/leads?status=acted-on`);
    expect(body).toMatchObject({
      leads: [{ leadId: breaching.id, code: 'acted-on', detail: { by: 'clock-breached' } }],
    });
    const lead = await api.http.get(`/v1/leads/${touched.id}/timeline`);
    expect(lead.text).toContain('was reverted');
  }, 60_000);

  test('leaves an audit entry for each order', async () => {
    const sql = new pg.Client({ connectionString: api.world.environment['DATABASE_URL'] });
    await sql.connect();
    const { rows } = await sql.query<{ action: string; by: string }>(
      'SELECT action, by FROM audit_entry WHERE subject = $1 ORDER BY id',
      [`rollout:${id}`],
    );
    await sql.end();
    expect(rows.map(({ action }) => action)).toEqual([
      'rollout-started',
      'rollout-paused',
      'rollout-resumed',
      'rollout-reverted',
    ]);
    expect(new Set(rows.map(({ by }) => by))).toEqual(new Set(['admin']));
  });

  test('of a version that is no longer active is refused, and so is one that there is not', async () => {
    await nextVersion(api.world, { 'clocks.disposition.within': '201h' });
    expect(await start({ mode: 'keep' })).toMatchObject({ status: 409, body: { code: 'version-not-active' } });
    expect(await api.http.post('/v1/rollouts/ro_none/pause')).toMatchObject({
      status: 404,
      body: { code: 'unknown-rollout' },
    });
  });
});
