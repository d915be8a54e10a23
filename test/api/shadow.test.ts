/** Promise: a version in shadow judges as always, mails nothing and moves nobody; going live is one command. */
import { createApiCaller } from '../../src/bin/handoff/call-api.js';
import { findGaps } from '../../src/domain/audit/gaps.js';
import type { EventOf, LeadEvent } from '../../src/domain/lifecycle/events.js';
import { handoffWith } from '../cli/command-line.js';
import { until, type LiveLead } from '../workflows/lead-world.js';
import { nextVersion } from '../workflows/rollout-world.js';
import { ADMIN_KEY, ApiWorld } from './api-world.js';

let api: ApiWorld;
beforeAll(async () => {
  api = await ApiWorld.open({
    set: {
      'clocks.first-response.within': '4m',
      'clocks.first-response.overrides': [],
      'clocks.first-response.warn': ['50%'],
      'ladders.not-followed-up.1.after': '2m',
    },
  });
}, 60_000);
afterAll(() => api.close());

const version = '/v1/agreements/inbound-saas/versions/active';
const agreement = (...words: string[]) => {
  const callApi = createApiCaller({ HANDOFF_URL: api.http.url, HANDOFF_API_KEY: ADMIN_KEY });
  return handoffWith({ callApi }, 'agreement', ...words);
};
const minutes = (count: number): number => count * 60_000;

/** A lead that nobody answers until both tiers of its first response have fired. */
async function unanswered(): Promise<{ lead: LiveLead; tiers: readonly EventOf<'tier-fired'>[] }> {
  const lead = await api.world.handOff();
  const { handedOffAt } = await lead.state();
  await lead.clock.advanceTo(handedOffAt + minutes(6) + 1_000);
  const tiers = await until('both tiers have fired', async () => {
    const fired = (await lead.events()).filter(
      (event: LeadEvent) => event.type === 'tier-fired' && event.clock === 'first-response',
    );
    return fired.length === 2 ? fired : undefined;
  });
  return { lead, tiers: tiers as readonly EventOf<'tier-fired'>[] };
}

const mailsAbout = ({ id }: LiveLead): string[] =>
  api.world.inbox
    .mails()
    .filter(({ text }) => text.includes(id))
    .map(({ subject }) => subject.replace(/:.*/, ''));

interface ShadowBody {
  readonly shadow: unknown;
  readonly withheld: { readonly count: number; readonly leadCount: number; readonly unmadeMoveCount: number };
  readonly notices: readonly { readonly leadId: string; readonly kind: string; readonly recipient: string }[];
  readonly next: number | null;
}
const shadowOf = async (query = '') => (await api.http.get(`${version}/shadow${query}`)).body as unknown as ShadowBody;

const untilWithheld = (lead: LiveLead, count: number) =>
  until(`${count} notices of the lead are withheld`, async () => {
    const notices = (await shadowOf('?limit=200')).notices.filter(({ leadId }) => leadId === lead.id);
    return notices.length === count ? notices : undefined;
  });

test('wholly in shadow deadlines are judged, nobody is told, nobody is moved, and nothing is missing', async () => {
  const { status, body } = await api.http.post(`${version}/shadow`, {});
  expect([status, body['shadow']]).toMatchObject([200, { covers: 'all', liveLadders: [], by: 'admin' }]);
  const { lead, tiers } = await unanswered();
  expect(tiers).toMatchObject([
    { tier: 1, to: ['manager-east'], shadow: true, skipped: false },
    { tier: 2, to: ['vp-sales'], shadow: true, reassigned: false },
  ]);
  const { clocks, notifiedAt } = await lead.state();
  expect(clocks.find(({ name }) => name === 'first-response')).toMatchObject({ verdict: 'breached' });
  expect(clocks.find(({ name }) => name === 'notification')).toMatchObject({ verdict: 'met', completedAt: notifiedAt });
  expect(await lead.untilRecorded('notified')).toMatchObject({ recipient: 'rep-east-1', shadow: true });
  expect((await lead.events()).some(({ type }) => type === 'owner-changed')).toBe(false);

  const withheld = await untilWithheld(lead, 4);
  expect(withheld.map(({ kind, recipient }) => `${kind} ${recipient}`)).toEqual([
    'escalation vp-sales',
    'escalation manager-east',
    'warning rep-east-1',
    'hand-off rep-east-1',
  ]);
  expect(mailsAbout(lead)).toEqual([]);
  const audited = (await api.world.database.audits.page(undefined, 200)).find(({ leadId }) => leadId === lead.id)!;
  const directory = await api.world.database.directory.read();
  const gaps = findGaps(audited, { now: Date.now() + minutes(60), graceMs: 0, directory });
  expect(gaps.filter(({ kind }) => kind === 'unsent-notice')).toEqual([]);
  const verified = await api.world.database.verification.page(undefined, 200);
  expect(verified.flatMap(({ differences }) => differences)).toEqual([]);
}, 60_000);

test('its story and its figures say that it was in shadow', async () => {
  const { lead } = await unanswered();
  const timeline = JSON.stringify((await api.http.get(`/v1/leads/${lead.id}/timeline`)).body);
  expect(timeline).toContain(
    'Escalation tier 2 of first response fired in shadow: nobody was told, live it would have gone to vp-sales; the lead was not moved.',
  );
  expect(timeline).toContain('The hand-off notice was withheld in shadow');
  const { text } = await api.http.get(`/v1/leads/${lead.id}/explain?format=text`);
  expect(text).toContain('after tier 1, in shadow');
  const shown = (await api.http.get(`/v1/leads/${lead.id}`)).body as { escalations: readonly object[] };
  expect(shown.escalations).toContainEqual(expect.objectContaining({ clock: 'first-response', tier: 1, shadow: true }));
}, 60_000);

test('going live tells what would have gone out and sends none of it; new notices leave from then on', async () => {
  const { lead } = await unanswered();
  await untilWithheld(lead, 4);
  const preview = await agreement('go-live', 'inbound-saas', '--preview');
  expect(preview.lines[0]).toMatch(/^inbound-saas@1 is in shadow since .* by admin\.$/);
  expect(preview.lines).toContainEqual(expect.stringMatching(/^ +\d+ {2}escalation, first-response, tier 2$/));
  expect(preview.lines).toContainEqual(expect.stringMatching(new RegExp(`${lead.id} {2}to rep-east-1: hand-off$`)));
  expect((await shadowOf()).shadow).not.toBeNull();

  const live = await agreement('go-live', 'inbound-saas');
  expect(live).toMatchObject({ exitCode: 0, errors: [] });
  expect(live.lines[0]).toBe('inbound-saas@1 is live.');
  expect(live.lines[1]).toMatch(/; \d+ tiers would have moved their lead$/);
  await lead.say('reassign', { to: 'rep-east-2' });
  await until('its new owner is told', () => mailsAbout(lead)[0]);
  expect(mailsAbout(lead)).toEqual(['Yours now']);
}, 60_000);

test('in shadow on one ladder only its tiers are silent', async () => {
  expect(await agreement('shadow', 'inbound-saas', '--ladder', 'not-followed-up')).toMatchObject({ exitCode: 0 });
  const { lead, tiers } = await unanswered();
  expect(tiers).toMatchObject([{ shadow: true }, { shadow: true, reassigned: false }]);
  await until('its owner was told and warned', () => (mailsAbout(lead).length === 2 ? true : undefined));
  expect(mailsAbout(lead)).toEqual(['New lead', '50% of the time used, first response']);
  await untilWithheld(lead, 2);

  expect((await agreement('go-live', 'inbound-saas', '--ladder', 'not-followed-up')).lines[0]).toMatch(/is live\.$/);
  const next = await unanswered();
  expect(next.tiers).toMatchObject([{ to: ['manager-east'] }, { reassigned: true }]);
  expect(next.tiers[0]).not.toHaveProperty('shadow');
}, 90_000);

test.each([
  {
    label: 'an unknown version',
    path: '/v1/agreements/inbound-saas/versions/99/go-live',
    body: {},
    code: 'unknown-version',
  },
  {
    label: 'an unknown agreement',
    path: '/v1/agreements/nobody/versions/active/shadow',
    body: {},
    code: 'unknown-version',
  },
  { label: 'a version that is live already', path: `${version}/go-live`, body: {}, code: 'not-in-shadow' },
  {
    label: 'an unknown ladder',
    path: `${version}/shadow`,
    body: { ladders: ['not-folowed-up'] },
    code: 'invalid-body',
  },
  { label: 'no ladder at all', path: `${version}/shadow`, body: { ladders: [] }, code: 'invalid-body' },
])('$label is refused, and nothing changes', async ({ path, body, code }) => {
  const before = await shadowOf();
  const { body: problem } = await api.http.post(path, body);
  expect(problem['code']).toBe(code);
  expect(await shadowOf()).toEqual(before);
});

test('the list of what was withheld comes in pages', async () => {
  const { withheld, notices: first, next } = await shadowOf('?limit=5');
  const rest = await shadowOf(`?limit=200&before=${next}`);
  expect(first).toHaveLength(5);
  expect(first.length + rest.notices.length).toBe(withheld.count);
  expect(rest.next).toBeNull();
});

test('a version that another has superseded can neither be put in shadow nor go live', async () => {
  await nextVersion(api.world, { 'clocks.disposition.within': '101h' });
  const former = '/v1/agreements/inbound-saas/versions/1';
  for (const act of ['shadow', 'go-live']) {
    const { status, body } = await api.http.post(`${former}/${act}`, {});
    expect([status, body['code'], body['detail']]).toEqual([
      409,
      'version-superseded',
      'inbound-saas@1 was superseded. No new lead follows it; speak of the active version.',
    ]);
  }
  expect((await api.http.get(`${former}/shadow`)).body['shadow']).toBeNull();
}, 60_000);
