import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { until } from '../workflows/lead-world.js';
import { ApiWorld, leadBody, type Answer } from './api-world.js';

jest.setTimeout(30_000);

let world: ApiWorld;
beforeAll(async () => {
  world = await ApiWorld.open();
}, 60_000);
afterAll(() => world.close());

const post = (body: unknown): Promise<Answer> => world.http.post('/v1/leads', body);
const lead = (id: unknown): Promise<Answer> => world.http.get(`/v1/leads/${encodeURIComponent(String(id))}`);
const storyOf = (leadId: unknown) => world.world.database.ledger.read(String(leadId));

/** Returns when the lead's ledger holds an event of that type. */
const recorded = (leadId: unknown, type: string) =>
  until(`${type} is recorded`, async () => (await storyOf(leadId)).find((event) => event.type === type));

describe('a lead that is an MQL', () => {
  test('is answered with owner and clocks after the commit, and its workflow runs', async () => {
    const { status, body } = await post(leadBody());
    expect(status).toBe(201);
    expect(body).toMatchObject({
      leadId: expect.stringMatching(/^ld_[0-9a-z]{21}$/),
      agreement: 'inbound-saas@1',
      cycle: 1,
      stage: 'mql',
      owner: expect.stringMatching(/^rep-east-/),
      queue: null,
      segment: 'smb',
      priority: 'normal',
      missingFields: [],
    });
    const clocks = body.clocks as { clock: string; n: number; startedAt: string; dueAt: string; verdict: string }[];
    expect(clocks.map(({ clock }) => clock).toSorted()).toEqual([
      'acceptance',
      'closure',
      'first-response',
      'notification',
    ]);
    const response = clocks.find(({ clock }) => clock === 'first-response');
    expect(response).toMatchObject({ n: 1, startedAt: body.handedOffAt, verdict: 'pending' });
    expect(Date.parse(response!.dueAt) - Date.parse(response!.startedAt)).toBe(4 * 3_600_000);
    await recorded(body.leadId, 'notified');
  });

  test('keeps when it qualified, and starts no clock by it', async () => {
    const { body } = await post(leadBody({ occurredAt: '2026-11-01T10:00:00+02:00' }));
    const { body: view } = await lead(body.leadId);
    expect(view.qualifiedAt).toBe('2026-11-01T08:00:00.000Z');
    expect((body.clocks as { startedAt: string }[]).every(({ startedAt }) => startedAt === body.handedOffAt)).toBe(
      true,
    );
  });

  test('is found by our id and by source and external id, also with a slash in it', async () => {
    const sent = leadBody({ externalId: 'crm/contacts/77' });
    const { body } = await post(sent);
    expect((await lead('website:crm/contacts/77')).body.leadId).toBe(body.leadId);
  });
});

describe('a redelivery', () => {
  test('gets the stored first answer, byte for byte, as 200, whatever happened since', async () => {
    const sent = leadBody();
    const first = await post(sent);
    await world.http.post(`/v1/leads/${String(first.body.leadId)}/commands/accept`, { by: 'rep-east-1' });
    const again = await post({ fields: sent.fields, externalId: sent.externalId, source: sent.source });
    expect(again).toMatchObject({ status: 200, text: first.text });
    expect(await storyOf(first.body.leadId)).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ type: 'enriched', by: 'system' })]),
    );
  });

  test('of many at once makes one lead, and one of them is told that it is new', async () => {
    const sent = leadBody();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(sent)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });
});

describe('the same external id with another body', () => {
  test('joins the lead: changed fields as enrich, new signals as signal', async () => {
    const sent = leadBody({ signals: [{ action: 'content-download', at: '2026-11-20T10:00:00Z' }] });
    const first = await post(sent);
    const changed = {
      ...sent,
      fields: { ...sent.fields, jobTitle: 'VP Operations', phone: '+1 555 0100' },
      signals: [...(sent as unknown as { signals: object[] }).signals, { action: 'demo-request' }],
    };
    const joined = await post(changed);
    expect(joined).toMatchObject({
      status: 200,
      body: {
        leadId: first.body.leadId,
        joined: true,
        stage: 'mql',
        changedFields: ['jobTitle', 'phone'],
        newSignalCount: 1,
      },
    });
    await recorded(first.body.leadId, 'signalled');
    const { body } = await lead(first.body.leadId);
    expect(body).toMatchObject({ priority: 'high', fields: { jobTitle: 'VP Operations', phone: '+1 555 0100' } });
    expect(body.signals).toHaveLength(2);
    expect(await post(changed)).toMatchObject({ status: 200, text: joined.text });
  });

  test('that says nothing new changes nothing', async () => {
    const sent = leadBody();
    const first = await post(sent);
    const joined = await post({ ...sent, occurredAt: '2026-11-20T10:00:00Z' });
    expect(joined.body).toMatchObject({ joined: true, changedFields: [], newSignalCount: 0 });
    const { commands } = world.world.database;
    const stored = await commands.listUndelivered(-60_000, 100);
    expect(stored.filter(({ leadId }) => leadId === first.body.leadId)).toEqual([]);
    await world.http.post(`/v1/leads/${String(first.body.leadId)}/commands/accept`, { by: 'rep-east-1' });
    const types = (await storyOf(first.body.leadId)).filter(({ by }) => by === 'system').map(({ type }) => type);
    expect(types).not.toContain('enriched');
  });

  test('may repeat its whole history: what came before is recorded once', async () => {
    const sent = leadBody();
    const first = await post(sent);
    const early = { action: 'content-download', at: '2026-11-20T10:00:00Z' };
    await post({ ...sent, signals: [early] });
    const late = { action: 'content-download', at: '2026-11-21T10:00:00Z' };
    await recorded(first.body.leadId, 'signalled');
    expect((await post({ ...sent, signals: [early, late] })).body).toMatchObject({ newSignalCount: 1 });
    await until('both signals are recorded', async () => {
      const signals = (await storyOf(first.body.leadId)).filter(({ type }) => type === 'signalled');
      return signals.length === 2 ? signals : undefined;
    });
  });

  test('on a closed lead is recorded there and does not open it', async () => {
    const sent = leadBody();
    const { body } = await post(sent);
    const reject = { by: 'rep-east-1', reason: 'duplicate' };
    expect(await world.http.post(`/v1/leads/${String(body.leadId)}/commands/reject`, reject)).toMatchObject({
      status: 200,
    });
    const recordedThere = await post({ ...sent, fields: { ...sent.fields, jobTitle: 'CFO' } });
    expect(recordedThere).toMatchObject({
      status: 200,
      body: { leadId: body.leadId, stage: 'disqualified', joined: false, recorded: true, changedFields: ['jobTitle'] },
    });
    await until('the enrichment is recorded', async () => {
      const view = (await lead(body.leadId)).body as { stage: string; fields: { jobTitle: string } };
      return view.fields.jobTitle === 'CFO' && view.stage === 'disqualified' ? view : undefined;
    });
  });
});

describe('a duplicate by e-mail', () => {
  test('joins the running lead, whatever the spelling, and is then known by its own id too', async () => {
    const sent = leadBody();
    const first = await post(sent);
    const email = ` ${sent.fields.email.toUpperCase()} `;
    const twin = leadBody({ fields: { email } });
    const joined = await post(twin);
    expect(joined).toMatchObject({ status: 200, body: { leadId: first.body.leadId, joined: true } });
    expect((await lead(`website:${twin.externalId}`)).body.leadId).toBe(first.body.leadId);
  });

  test('posted at once from two systems makes one lead', async () => {
    const email = 'twins@acme.example';
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => post(leadBody({ source: `system-${index}`, fields: { email } }))),
    );
    expect(new Set(answers.map(({ body }) => body.leadId)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  test('of a lead that has ended is a lead of its own', async () => {
    const sent = leadBody();
    const { body } = await post(sent);
    const path = `/v1/leads/${String(body.leadId)}/commands/reject`;
    await world.http.post(path, { by: 'rep-east-1', reason: 'duplicate' });
    const { status, body: other } = await post(leadBody({ fields: { email: sent.fields.email } }));
    expect(status).toBe(201);
    expect(other.leadId).not.toBe(body.leadId);
  });
});

describe('a lead that is not an MQL', () => {
  const student = { fields: { jobLevel: 'student', employees: 10, score: 5 } };

  test('is stored without a workflow and told which criteria it did not meet', async () => {
    const { status, body } = await post(leadBody(student));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      stage: 'inquiry',
      owner: null,
      priority: null,
      missingFields: null,
      clocks: [],
      excluded: ['fit.employees', 'fit.jobLevel', 'engagement', 'exclude.jobLevel'],
    });
    const handle = world.world.client.workflow.getHandle(`lead:${String(body.leadId)}`);
    await expect(handle.describe()).rejects.toThrow(/not found/i);
  });

  test('takes signals and enrichment, which change nothing, and no other command', async () => {
    const { body } = await post(leadBody(student));
    const path = `/v1/leads/${String(body.leadId)}/commands`;
    expect(await world.http.post(`${path}/signal`, { action: 'demo-request' })).toMatchObject({ status: 200 });
    expect(await world.http.post(`${path}/enrich`, { fields: { jobLevel: 'vp' } })).toMatchObject({ status: 200 });
    const refused = await world.http.post(`${path}/accept`, { by: 'rep-east-1' });
    expect([refused.status, refused.body.code]).toEqual([409, 'lead-closed']);
    expect((await lead(body.leadId)).body).toMatchObject({ stage: 'inquiry', fields: { jobLevel: 'vp' } });
  });

  test('is judged anew by its next post, and keeps id and story', async () => {
    const sent = leadBody(student);
    const first = await post(sent);
    const grown = { jobLevel: 'director', employees: 120, score: 90 };
    const second = await post({ ...sent, fields: { ...sent.fields, ...grown } });
    expect(second).toMatchObject({ status: 201, body: { leadId: first.body.leadId, stage: 'mql' } });
    await recorded(first.body.leadId, 'notified');
    const types = (await storyOf(first.body.leadId)).map(({ type }) => type);
    expect(types.slice(0, 2)).toEqual(['excluded', 'handed-off']);
    const accepted = await world.http.post(`/v1/leads/${String(first.body.leadId)}/commands/accept`, {
      by: 'rep-east-1',
    });
    expect(accepted.status).toBe(200);
  });

  test('and still is not one, is excluded again with what it fails now', async () => {
    const sent = leadBody(student);
    await post(sent);
    const second = await post({ ...sent, fields: { ...sent.fields, score: 90 } });
    expect(second).toMatchObject({
      status: 200,
      body: { excluded: ['fit.employees', 'fit.jobLevel', 'exclude.jobLevel'] },
    });
  });
});
