import { until } from '../workflows/lead-world.js';
import { ApiWorld, RunningApi, leadBody } from './api-world.js';

let world: ApiWorld;
/** The same leads, asked a day later. */
let tomorrow: RunningApi;
let leadId: string;
let beforeTouchAt: string;

const DAY_MS = 86_400_000;
const pathOf = (view: string, query = ''): string => `/v1/leads/${leadId}${view}${query}`;
beforeAll(async () => {
  world = await ApiWorld.open();
  tomorrow = await RunningApi.start(world.world.database, world.world.workflows, { now: () => Date.now() + DAY_MS });
  leadId = String((await world.http.post('/v1/leads', leadBody())).body.leadId);
  await world.http.post(pathOf('/commands/accept'), { by: 'rep-east-1' });
  beforeTouchAt = new Date().toISOString();
  await world.http.post(pathOf('/commands/touch'), { by: 'rep-east-1', channel: 'phone', outcome: 'no-answer' });
  // The mail server says so in its own time; only then do two requests see the same lead.
  await until('the owner is told', async () => (await world.http.get(pathOf(''))).body.notifiedAt ?? undefined);
}, 60_000);
afterAll(async () => {
  await tomorrow.stop();
  await world.close();
});

interface Explained {
  readonly clock: string;
  readonly due: { readonly dueAt: string } | null;
  readonly target: { readonly targetMs: number };
  readonly counted: { readonly ms: number; readonly pieces: readonly { readonly openAt: string }[] };
  readonly verdict: Readonly<Record<string, unknown>>;
}
const clocksOf = (body: Readonly<Record<string, unknown>>) => body.clocks as readonly Explained[];

describe('the explanation of a lead', () => {
  test('counts each clock out to its due instant, as the lead itself shows it', async () => {
    const { status, body } = await world.http.get(pathOf('/explain'));
    expect(status).toBe(200);
    const shown = (await world.http.get(pathOf(''))).body.clocks as { clock: string; dueAt: string; verdict: string }[];
    expect(clocksOf(body).map(({ clock, due, verdict }) => [clock, due?.dueAt, verdict.verdict])).toEqual(
      shown.map(({ clock, dueAt, verdict }) => [clock, dueAt, verdict]),
    );
    for (const { counted, target } of clocksOf(body)) expect(counted.ms).toBe(target.targetMs);
    expect(clocksOf(body).find(({ clock }) => clock === 'first-response')?.verdict).toMatchObject({
      ground: 'in-time',
      completedAt: expect.stringMatching(/Z$/),
      fact: { what: 'touched', by: 'rep-east-1', channel: 'phone' },
    });
  });

  test('is said in words on request, with local times and the release of the zone data', async () => {
    const { status, headers, text } = await world.http.get(pathOf('/explain', '?format=text'));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch('text/plain');
    expect(text).toMatch(/The promise: sales will reach out in person/);
    expect(text).toMatch(/Met: rep-east-1 reached out by phone \(no answer\)/);
    expect(text).toMatch(/by the zone data of release 20\d\d[a-z]/);
  });

  test.each([
    { label: 'a strange format', query: '?format=pdf', path: 'format' },
    { label: 'a misspelt parameter', query: '?asof=2026-11-23T15:00:00Z', path: 'asof' },
    { label: 'an instant without an offset', query: '?asOf=2026-11-23T15:00:00', path: 'asOf' },
  ])('refuses $label', async ({ query, path }) => {
    const { status, body } = await world.http.get(pathOf('/explain', query));
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'invalid-query', errors: [{ path }] });
  });
});

describe('a lead as of an instant', () => {
  test.each(['', '/timeline', '/explain'])(
    'shows at /v1/leads/{id}%s what was recorded by then, and no more',
    async (view) => {
      const asOf = `?asOf=${beforeTouchAt}`;
      const then = await tomorrow.get(pathOf(view, asOf));
      expect(then.status).toBe(200);
      expect(then.text).not.toContain('no-answer');
      expect((await tomorrow.get(pathOf(view))).text).toContain('no-answer');
      expect((await tomorrow.get(pathOf(view, asOf))).text).toBe(then.text);
    },
  );

  test.each(['', '/timeline', '/explain'])(
    'is refused at /v1/leads/{id}%s for an instant to come, or just gone',
    async (view) => {
      for (const ahead of [DAY_MS, -5_000]) {
        const asOf = new Date(Date.now() + ahead).toISOString();
        const { status, body } = await world.http.get(pathOf(view, `?asOf=${asOf}`));
        expect([status, body.code]).toEqual([422, 'invalid-query']);
      }
    },
  );

  test('is unknown before it was handed over', async () => {
    const { status, body } = await world.http.get(pathOf('', '?asOf=2026-01-01T00:00:00Z'));
    expect(status).toBe(404);
    expect(body.detail).toContain('By 2026-01-01T00:00:00.000Z there was no lead');
  });
});
