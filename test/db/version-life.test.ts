// Versions step by step through the database: each step in one transaction, with its audit entry.
import type { Stores } from '../../src/db/index.js';
import type { Charter } from '../../src/domain/agreement/index.js';
import {
  versionRefusalCodes,
  type VersionAct,
  type VersionRefusalCode,
} from '../../src/domain/agreement/life/index.js';
import type { DraftDocument, SigningLink } from '../../src/domain/agreement/ports.js';
import { agreement, agreementText } from './journeys.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
let stores: Stores;
let workspaceCount = 0;
beforeAll(async () => {
  opened = await openFresh();
});
afterAll(() => opened.close());
beforeEach(() => {
  workspaceCount += 1;
  stores = opened.database.inWorkspace(`test-${workspaceCount}`);
});

const at = Date.parse('2026-12-01T09:00:00Z');
const newYear = Date.parse('2027-01-01T05:00:00Z');
const actor = { by: 'olga', principal: 'key:k_1' };
const charter: Charter = { timeZone: 'America/New_York', signers: { marketing: 'mara', sales: 'saul' } };
const signers = { marketing: ['mara'], sales: ['saul'] };
const ref = { name: 'inbound', version: 1 };

const saying = (key: string, name = 'inbound'): DraftDocument => ({
  terms: { ...agreement, key, name },
  text: agreementText,
  canonical: JSON.stringify({ name, key, ...charter }),
});

const act = (what: VersionAct, particulars: { readonly document?: DraftDocument; readonly linkHash?: string } = {}) =>
  stores.versions.act(ref, what, { actor: { by: what.by, principal: 'key:k_1' }, signers, ...particulars });

const submit: VersionAct = { type: 'submit', by: 'olga', at };
const sign = (by: string, key = 'a'): VersionAct => ({ type: 'sign', by, key, at });
const publish: VersionAct = { type: 'publish', by: 'olga', at, effectiveFromAt: newYear, reviewDueAt: newYear + 1 };

async function inOrder(...acts: readonly VersionAct[]) {
  for (const one of acts) expect(await act(one)).toMatchObject({ kind: 'done' });
}

const auditActions = async (): Promise<readonly unknown[]> => {
  const entries = await opened.sql.query('SELECT action, subject FROM audit_entry WHERE workspace = $1 ORDER BY id', [
    stores.workspace,
  ]);
  return entries.rows.map(({ action, subject }) => `${action} ${subject}`);
};

describe('a version', () => {
  test('goes from draft to superseded, and each step is in the audit', async () => {
    await stores.agreements.saveAgreement(saying('old', 'inbound'));
    const next = { ...ref, version: 2 };
    const step = (what: VersionAct) => stores.versions.act(next, what, { actor: { ...actor, by: what.by }, signers });
    expect(await stores.versions.createDraft(saying('a'), actor, at)).toMatchObject({ version: 2, status: 'draft' });
    for (const what of [submit, sign('saul'), sign('mara')]) await step(what);
    expect((await stores.versions.findVersion('inbound', 2))?.status).toBe('signed');
    const installed = (await stores.versions.findVersion('inbound', 1))!;
    const afterwards = installed.effectiveAt! + 1;
    await step({ type: 'publish', by: 'olga', at, effectiveFromAt: Math.max(afterwards, newYear) });
    expect((await stores.agreements.findActive('inbound'))?.version).toBe(1);
    await step({ type: 'activate', by: 'clock', at: Math.max(afterwards, newYear) });
    expect(await stores.agreements.findActive('inbound')).toMatchObject({ version: 2, key: 'a' });
    expect(await stores.versions.listVersions('inbound')).toMatchObject([
      { status: 'superseded', isInstalled: true },
      { status: 'active', isInstalled: false, signatures: [{ person: 'saul' }, { person: 'mara' }] },
    ]);
    expect(await auditActions()).toEqual([
      'version-installed agreement:inbound@1',
      'version-drafted agreement:inbound@2',
      'version-submitted agreement:inbound@2',
      'version-signed agreement:inbound@2',
      'version-signed agreement:inbound@2',
      'version-published agreement:inbound@2',
      'version-superseded agreement:inbound@1',
      'version-activated agreement:inbound@2',
    ]);
  });

  test('of an agreement that there was not begins it, and is its default once it is active', async () => {
    await stores.versions.createDraft(saying('a'), actor, at);
    expect(await stores.versions.listAgreements()).toEqual([{ name: 'inbound', isDefault: false, newestVersion: 1 }]);
    await inOrder(submit, sign('saul'), sign('mara'), { type: 'publish', by: 'olga', at });
    expect(await stores.agreements.findActive()).toMatchObject({ name: 'inbound', version: 1 });
  });

  test('keeps what an edited draft says, and forgets nothing when it returns to draft', async () => {
    await stores.versions.createDraft(saying('a'), actor, at);
    await act({ type: 'edit', by: 'olga', at, key: 'b', charter }, { document: saying('b') });
    expect(await stores.versions.findVersion('inbound', 1)).toMatchObject({
      key: 'b',
      terms: { key: 'b', version: 1 },
    });
    await inOrder(submit, sign('saul', 'b'), { type: 'withdraw', by: 'saul', at: at + 1, reason: 'too soon' });
    const returned = await stores.versions.findVersion('inbound', 1);
    expect(returned).toMatchObject({ status: 'draft', signatures: [{ person: 'saul', withdrawnAt: at + 1 }] });
    expect(returned?.submittedAt).toBeUndefined();
    expect(await stores.versions.listComments(ref)).toEqual([{ by: 'saul', at: at + 1, text: 'too soon', key: 'b' }]);
    await inOrder(submit, sign('saul', 'b'), sign('mara', 'b'));
    expect((await stores.versions.findVersion('inbound', 1))?.signatures).toHaveLength(3);
  });

  test('numbers drafts that are made at once without a gap', async () => {
    const made = await Promise.all(
      ['a', 'b', 'c', 'd'].map((key) => stores.versions.createDraft(saying(key), actor, at)),
    );
    expect(made.map(({ version }) => version).toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4]);
  });

  test('signed by both at the same instant is signed once by each', async () => {
    await stores.versions.createDraft(saying('a'), actor, at);
    await inOrder(submit);
    const outcomes = await Promise.all(['saul', 'mara', 'saul', 'mara'].map((by) => act(sign(by))));
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(2);
    expect(await stores.versions.findVersion('inbound', 1)).toMatchObject({ status: 'signed' });
  });
});

describe('a refused act changes nothing', () => {
  const byCode: Readonly<Record<VersionRefusalCode, () => Promise<VersionAct>>> = {
    'unknown-version': () => Promise.resolve(submit),
    'version-frozen': () => submittedThen({ type: 'edit', by: 'olga', at, key: 'b', charter }),
    'not-a-draft': () => submittedThen(submit),
    'not-a-signer': () => submittedThen(sign('olga')),
    'hash-not-current': () => submittedThen(sign('mara', 'b')),
    'already-signed': () => submittedThen(sign('saul'), sign('saul')),
    'signature-withdrawn': () => submittedThen(sign('saul'), { type: 'withdraw', by: 'saul', at }, sign('mara')),
    'not-in-review': () => draftedThen(sign('saul')),
    'nothing-to-withdraw': () => draftedThen({ type: 'return', by: 'olga', at }),
    'already-active': () => signedThen({ type: 'publish', by: 'olga', at }, { type: 'return', by: 'olga', at }),
    'already-published': () => signedThen(publish, publish),
    'signatures-missing': () => submittedThen(sign('saul'), publish),
    'signers-missing': async () => {
      await stores.versions.createDraft(saying('a'), actor, at);
      return { ...submit, by: 'nobody-signs' };
    },
    'overlapping-versions': async () => {
      await stores.agreements.saveAgreement(saying('old'));
      await stores.agreements.saveAgreement(saying('older'));
      return draftedThen({ type: 'submit', by: 'olga', at, effectiveFromAt: at - 86_400_000 * 365 });
    },
    'link-used': () => submittedThen({ ...sign('saul'), by: 'saul' }),
  };
  const draftedThen = async (...acts: readonly VersionAct[]): Promise<VersionAct> => {
    const { version } = await stores.versions.createDraft(saying('a'), actor, at);
    latest = version;
    for (const one of acts.slice(0, -1)) await actOn(one);
    return acts.at(-1)!;
  };
  const submittedThen = (...acts: readonly VersionAct[]) => draftedThen(submit, ...acts);
  const signedThen = (...acts: readonly VersionAct[]) => submittedThen(sign('saul'), sign('mara'), ...acts);
  let latest = 1;
  const actOn = (what: VersionAct, linkHash?: string) =>
    stores.versions.act({ ...ref, version: latest }, what, {
      actor,
      signers: what.by === 'nobody-signs' ? { marketing: [], sales: [] } : signers,
      ...(linkHash !== undefined && { linkHash }),
    });

  test.each([...versionRefusalCodes])('%s', async (code) => {
    const last = await byCode[code]();
    const all = async () => [await stores.versions.listVersions('inbound'), await auditActions()];
    const before = await all();
    const outcome = await actOn(last, code === 'link-used' ? 'no-such-link' : undefined);
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code } });
    expect(await all()).toEqual(before);
  });
});

describe('a signing link', () => {
  const link: SigningLink = {
    ...ref,
    tokenHash: 'hash-of-token',
    person: 'saul',
    key: 'a',
    submittedAt: at,
    expiresAt: at + 1_000,
  };
  const codeOfUse = async (when: number) => {
    const outcome = await act({ ...sign('saul'), at: when }, { linkHash: link.tokenHash });
    return outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
  };
  beforeEach(async () => {
    await stores.versions.createDraft(saying('a'), actor, at);
    await inOrder(submit);
    await stores.versions.keepLink(link);
  });

  test('is kept once, with the expiry it began with', async () => {
    expect(await stores.versions.keepLink({ ...link, expiresAt: at + 9_000 })).toEqual(link);
    expect(await stores.versions.findLink('another')).toBeUndefined();
  });

  test('signs once', async () => {
    expect(await codeOfUse(at + 999)).toBe('done');
    expect(await stores.versions.findLink(link.tokenHash)).toMatchObject({ usedAt: at + 999 });
    await inOrder({ type: 'withdraw', by: 'saul', at }, { ...submit, at });
    expect(await codeOfUse(at + 999)).toBe('link-used');
  });

  test('does not sign from its expiry on', async () => expect(await codeOfUse(at + 1_000)).toBe('link-used'));

  test('does not sign in a later review', async () => {
    await inOrder({ type: 'return', by: 'olga', at }, { ...submit, at: at + 1 });
    expect(await codeOfUse(at + 2)).toBe('link-used');
  });
});

test('a version is untold after each step until it was told of that step', async () => {
  const untold = () => stores.versions.listUntold(10);
  await stores.versions.createDraft(saying('a'), actor, at);
  expect(await untold()).toMatchObject([{ ...ref, workspace: stores.workspace, status: 'draft', revision: 1 }]);
  await inOrder(submit);
  await stores.versions.markTold(ref, 1);
  expect(await untold()).toMatchObject([{ status: 'in-review', revision: 2, submittedAt: at }]);
  await stores.versions.markTold(ref, 2);
  await stores.versions.markTold(ref, 1);
  expect(await untold()).toEqual([]);
});
