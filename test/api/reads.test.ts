import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { signLink } from '../../src/channels/index.js';
import { hashOfKey } from '../../src/api/keys/hash-of-key.js';
import { admin, anApiKey } from '../builders/index.js';
import { ApiWorld, LINK_SECRET, leadBody } from './api-world.js';

jest.setTimeout(30_000);

let world: ApiWorld;
let leadId: string;
let isTemporalAway = false;

beforeAll(async () => {
  const away = () => Promise.resolve(isTemporalAway ? 'does not answer' : undefined);
  const readiness = [
    { part: 'database', isRequired: true, missing: () => Promise.resolve(undefined) },
    { part: 'temporal', isRequired: false, missing: away },
  ];
  world = await ApiWorld.open({}, { readiness });
  leadId = String((await world.http.post('/v1/leads', leadBody({ fields: { annualRevenue: null } }))).body.leadId);
  await world.http.post(`/v1/leads/${leadId}/commands/touch`, {
    by: 'rep-east-1',
    channel: 'phone',
    outcome: 'reached',
  });
}, 60_000);
afterAll(() => world.close());

describe('a lead', () => {
  test('is shown as its ledger leaves it', async () => {
    const { status, body } = await world.http.get(`/v1/leads/${leadId}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      leadId,
      source: 'website',
      agreement: 'inbound-saas@1',
      workflowId: `lead:${leadId}`,
      stage: 'sal',
      isClosed: false,
      warnings: [],
      escalations: [],
      touches: [{ by: 'rep-east-1', channel: 'phone', outcome: 'reached', origin: 'human' }],
    });
    expect(body.clocks).toContainEqual(
      expect.objectContaining({ clock: 'first-response', n: 1, verdict: 'met', within: '4h', overshoot: null }),
    );
  });

  test('tells its story in sentences and as data', async () => {
    const { body } = await world.http.get(`/v1/leads/${leadId}/timeline`);
    const events = body.events as { seq: number; type: string; text: string; by: string | null; data: object }[];
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]).toMatchObject({ type: 'handed-off', text: expect.stringMatching(/^Handed off to rep-east-\d/) });
    const touched = events.find(({ type }) => type === 'touched');
    expect(touched).toMatchObject({
      by: 'rep-east-1',
      text: expect.stringMatching(/^Touched by phone at .* UTC: reached\.$/),
      data: { channel: 'phone', touchedAt: expect.stringMatching(/^\d{4}-.*Z$/) },
    });
  });
});

describe('a stored key', () => {
  test('opens the API until it is revoked', async () => {
    const key = 'key-of-the-crm';
    const { apiKeys } = world.world.database;
    await apiKeys.save(anApiKey({ id: 'crm', role: 'ops', person: 'vp-sales', hash: hashOfKey(key) }), admin);
    expect((await world.http.get(`/v1/leads/${leadId}`, { key })).status).toBe(200);
    await apiKeys.revoke('crm', admin);
    expect((await world.http.get(`/v1/leads/${leadId}`, { key })).status).toBe(401);
  });
});

describe('the link of a notice', () => {
  const claims = { workspace: 'default', reader: 'rep-east-1', expiresAt: Date.now() + 60_000 };

  test('opens the page of its lead, in the reader`s zone, without a key', async () => {
    const token = signLink({ ...claims, leadId }, LINK_SECRET);
    const { status, headers, text } = await world.http.get(`/l/${token}`, { key: null });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch('text/html');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(text).toContain('Ada Byron');
    expect(text).toMatch(/Touched by phone at .* UTC: reached/);
  });

  test.each([
    { label: 'expired', token: () => signLink({ ...claims, leadId, expiresAt: 1 }, LINK_SECRET), status: 410 },
    { label: 'signed by another', token: () => signLink({ ...claims, leadId }, 'another-secret'), status: 404 },
    { label: 'of no lead', token: () => signLink({ ...claims, leadId: 'ld_none' }, LINK_SECRET), status: 404 },
    { label: 'cut short', token: () => signLink({ ...claims, leadId }, LINK_SECRET).slice(0, -3), status: 404 },
  ])('that is $label shows no lead', async ({ token, status }) => {
    const answer = await world.http.get(`/l/${token()}`, { key: null });
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain('Ada');
  });
});

describe('the probes', () => {
  test('need no key; liveness speaks of the process only', async () => {
    expect(await world.http.get('/healthz', { key: null })).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  test('name what is missing, and stay ready while leads can be taken', async () => {
    expect(await world.http.get('/readyz', { key: null })).toMatchObject({ status: 200, body: { status: 'ready' } });
    isTemporalAway = true;
    expect(await world.http.get('/readyz', { key: null })).toMatchObject({
      status: 200,
      body: {
        status: 'degraded',
        missing: [{ part: 'temporal', what: 'does not answer' }],
        parts: { database: 'ok', temporal: 'missing' },
      },
    });
  });
});
