/** Promise: a disqualified lead that acts anew begins its next cycle, whoever opted out is left alone, and no post is lost. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { until } from '../workflows/lead-world.js';
import { ApiWorld, leadBody } from './api-world.js';

jest.setTimeout(30_000);

let world: ApiWorld;
beforeAll(async () => {
  world = await ApiWorld.open();
}, 60_000);
afterAll(() => world.close());

type Said = readonly [command: string, body?: object];
const rejected: Said = ['reject', { reason: 'duplicate' }];
const demoRequest = { action: 'demo-request' };

/** What was posted of a lead, and its id, once all that was said. */
async function aLeadTold(...sayings: readonly Said[]) {
  const sent = leadBody();
  const leadId = String((await world.http.post('/v1/leads', sent)).body.leadId);
  for (const [command, body = {}] of sayings) {
    const { status } = await world.http.post(`/v1/leads/${leadId}/commands/${command}`, body);
    expect([command, status]).toEqual([command, 200]);
  }
  return { sent, leadId };
}

const view = async (leadId: string) => (await world.http.get(`/v1/leads/${leadId}`)).body;
const eventsOf = (leadId: string) => world.world.database.ledger.read(leadId);
const recorded = (leadId: string, type: string) =>
  until(`${type} is recorded`, async () => (await eventsOf(leadId)).find((event) => event.type === type));

describe('a post about a disqualified lead', () => {
  test('that tells of a new act begins its next cycle, with what the post adds', async () => {
    const { sent, leadId } = await aLeadTold(rejected);
    const fields = { ...sent.fields, jobTitle: 'COO' };
    const joined = await world.http.post('/v1/leads', { ...sent, fields, signals: [demoRequest] });
    expect(joined).toMatchObject({
      status: 200,
      body: { leadId, joined: true, changedFields: ['jobTitle'], newSignalCount: 1 },
    });
    await recorded(leadId, 'woken');
    expect(await view(leadId)).toMatchObject({ stage: 'mql', cycle: 2, priority: 'high', fields: { jobTitle: 'COO' } });
  });

  test('that tells of it again adds nothing', async () => {
    const { sent, leadId } = await aLeadTold(rejected);
    const at = new Date().toISOString();
    const acted = { ...sent, signals: [{ ...demoRequest, at }] };
    await world.http.post('/v1/leads', acted);
    await recorded(leadId, 'woken');
    const again = await world.http.post('/v1/leads', { ...acted, occurredAt: at });
    expect(again.body).toMatchObject({ joined: true, cycle: 2, changedFields: [], newSignalCount: 0 });
    expect((await eventsOf(leadId)).filter(({ type }) => type === 'signalled')).toHaveLength(1);
  });

  test('is judged by the agreement that the lead follows, though another one is active', async () => {
    const strict = { 'qualification.mql.fit': [{ field: 'employees', gte: 1000 }] };
    const loose = { 'qualification.mql.engagement': [{ action: 'event-visit' }] };
    const [big, visitor] = await Promise.all([
      aLeadTold(['apply-agreement', { set: strict }], rejected),
      aLeadTold(['apply-agreement', { set: loose }], rejected),
    ]);
    const stays = await world.http.post('/v1/leads', { ...big.sent, signals: [demoRequest] });
    const returns = await world.http.post('/v1/leads', { ...visitor.sent, signals: [{ action: 'event-visit' }] });
    expect([stays.body.joined, returns.body.joined]).toEqual([false, true]);
    await recorded(visitor.leadId, 'woken');
  });

  test.each([
    { label: 'an act before its closing', signals: () => [{ ...demoRequest, at: '2026-11-01T10:00:00Z' }] },
    { label: 'an act that makes no MQL', signals: () => [{ action: 'newsletter' }] },
  ])('that tells of $label is recorded, and the lead stays closed', async ({ signals }) => {
    const { sent, leadId } = await aLeadTold(rejected);
    const joined = await world.http.post('/v1/leads', { ...sent, signals: signals() });
    expect(joined.body).toMatchObject({ joined: false, recorded: true, newSignalCount: 1 });
    await recorded(leadId, 'signalled');
    expect(await view(leadId)).toMatchObject({ stage: 'disqualified', cycle: 1 });
  });

  test('who opted out is recorded, and they are left in peace', async () => {
    const { sent, leadId } = await aLeadTold(['touch', { channel: 'email', outcome: 'opted-out' }]);
    const joined = await world.http.post('/v1/leads', { ...sent, signals: [demoRequest] });
    expect(joined.body).toMatchObject({ joined: false, recorded: true });
    await recorded(leadId, 'signalled');
    expect(await view(leadId)).toMatchObject({ stage: 'disqualified', cycle: 1 });
  });
});

test('two posts at once that both find it disqualified begin one cycle, and neither is lost', async () => {
  const { sent, leadId } = await aLeadTold(rejected);
  await world.world.stopWorker();
  const posts = ['demo-request', 'pricing-page-visit'].map((action, index) => ({
    ...sent,
    fields: { ...sent.fields, [`note${index}`]: action },
    signals: [{ action: 'demo-request' }, { action, value: undefined }],
  }));
  const answers = [await world.http.post('/v1/leads', posts[0]), await world.http.post('/v1/leads', posts[1])];
  expect(answers.map(({ body }) => body.joined)).toEqual([true, true]);
  await world.world.startWorker();
  await until('both are recorded', async () => {
    const { fields } = (await view(leadId)) as { fields: Record<string, unknown> };
    return fields.note0 === 'demo-request' && fields.note1 === 'pricing-page-visit' ? true : undefined;
  });
  await until('the act of the second is recorded', async () =>
    (await eventsOf(leadId)).some((event) => event.type === 'signalled' && event.signal.action === 'pricing-page-visit')
      ? true
      : undefined,
  );
  expect(await view(leadId)).toMatchObject({ stage: 'mql', cycle: 2 });
  expect((await eventsOf(leadId)).filter(({ type }) => type === 'woken')).toHaveLength(1);
});
