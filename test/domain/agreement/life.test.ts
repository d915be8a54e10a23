// The life of a version: each act in each status, and what follows.
import { versionStatuses, type VersionStatus, type VersionSummary } from '../../../src/domain/agreement/index.js';
import {
  actsAllowedIn,
  decideVersion,
  evolveVersion,
  signersOf,
  standingSignatures,
  versionActs,
  type Signers,
  type VersionAct,
  type VersionActType,
} from '../../../src/domain/agreement/life/index.js';

const DAY_MS = 86_400_000;
const at = Date.parse('2026-12-01T09:00:00Z');
const newYear = Date.parse('2027-01-01T05:00:00Z');
const charter = { timeZone: 'America/New_York', signers: { marketing: 'head-of-marketing', sales: 'head-of-sales' } };
const signers: Signers = { marketing: ['mara', 'max'], sales: ['saul'] };

const draft: VersionSummary = {
  name: 'inbound',
  version: 4,
  status: 'draft',
  key: 'hash-1',
  charter,
  signatures: [],
  createdAt: at - DAY_MS,
  createdBy: 'olga',
  isInstalled: false,
  revision: 1,
};

/** Each act as it is taken in its time, by somebody who may. */
const acts: Readonly<Record<VersionActType, VersionAct>> = {
  edit: { type: 'edit', by: 'olga', at, key: 'hash-2', charter },
  submit: { type: 'submit', by: 'olga', at },
  comment: { type: 'comment', by: 'mara', at, text: 'Two hours is too long' },
  sign: { type: 'sign', by: 'mara', at, key: 'hash-1' },
  withdraw: { type: 'withdraw', by: 'saul', at },
  return: { type: 'return', by: 'olga', at },
  publish: { type: 'publish', by: 'olga', at, effectiveFromAt: newYear, reviewDueAt: newYear + 90 * DAY_MS },
  activate: { type: 'activate', by: 'clock', at: newYear },
  'mark-overdue': { type: 'mark-overdue', by: 'clock', at: newYear + 90 * DAY_MS },
};

type Others = { readonly siblings?: readonly VersionSummary[]; readonly signers?: Signers };

const decide = (version: VersionSummary, act: VersionAct, others: Others = {}) =>
  decideVersion(version, act, { siblings: [], signers, ...others });

/** The version after acts that are all taken. */
function after(...said: readonly VersionAct[]): VersionSummary {
  return said.reduce((version, act) => {
    const decision = decide(version, act);
    if (decision.kind === 'refused') throw new Error(`${act.type}: ${decision.refusal.code}`);
    return decision.events.reduce(evolveVersion, version);
  }, draft);
}

const signedBy = (by: string): VersionAct => ({ type: 'sign', by, at, key: 'hash-1' });
const bothSign = [acts.submit, signedBy('saul'), signedBy('mara')];
const inStatus: Readonly<Record<VersionStatus, VersionSummary>> = {
  draft,
  'in-review': after(acts.submit, signedBy('saul')),
  signed: after(...bothSign),
  scheduled: after(...bothSign, acts.publish),
  active: after(...bothSign, acts.publish, acts.activate),
  superseded: evolveVersion(after(...bothSign, acts.publish, acts.activate), { type: 'superseded', at: newYear }),
};

const cells = versionStatuses.flatMap((status) => versionActs.map((type) => ({ status, type })));

describe('each act in each status', () => {
  test.each(cells)('$type, $status', ({ status, type }) => {
    const version = inStatus[status];
    expect(version.status).toBe(status);
    const decision = decide(version, acts[type]);
    const isAllowed = (actsAllowedIn[status] as readonly VersionActType[]).includes(type);
    const hasEffect = decision.kind === 'events' && decision.events.length > 0;
    expect(hasEffect).toBe(isAllowed);
  });
});

const codeOf = (version: VersionSummary, act: VersionAct, others?: Others) => {
  const decision = decide(version, act, others);
  return decision.kind === 'refused' ? decision.refusal.code : 'taken';
};

describe('signing', () => {
  test('by one side alone is not enough', () => {
    expect(after(acts.submit, signedBy('mara'))).toMatchObject({ status: 'in-review' });
    expect(codeOf(after(acts.submit, signedBy('mara')), acts.publish)).toBe('signatures-missing');
  });

  test('by both sides makes the version signed, each over the same hash', () => {
    const signed = after(...bothSign);
    expect(signed.status).toBe('signed');
    expect(signed.signatures).toMatchObject([
      { party: 'sales', person: 'saul', key: 'hash-1' },
      { party: 'marketing', person: 'mara', key: 'hash-1' },
    ]);
  });

  test.each([
    { label: 'somebody who is no signer', act: signedBy('olga'), code: 'not-a-signer' },
    { label: 'the administrator', act: signedBy('admin'), code: 'not-a-signer' },
    { label: 'another hash', act: { ...signedBy('mara'), key: 'hash-0' } as VersionAct, code: 'hash-not-current' },
    { label: 'the same person twice', act: signedBy('saul'), code: 'already-signed' },
  ])('is refused to $label', ({ act, code }) => expect(codeOf(inStatus['in-review'], act)).toBe(code));

  test('is refused to a second holder of a role that has signed', () => {
    expect(codeOf(after(acts.submit, signedBy('mara')), signedBy('max'))).toBe('already-signed');
    expect(codeOf(inStatus.signed, signedBy('max'))).toBe('already-signed');
  });

  test('is refused to a person who signed for one side, also for the other', () => {
    const both: Signers = { marketing: ['mara'], sales: ['mara', 'saul'] };
    const version = after(acts.submit, signedBy('mara'));
    expect(codeOf(version, signedBy('mara'), { signers: both })).toBe('already-signed');
    expect(codeOf(version, signedBy('saul'), { signers: both })).toBe('taken');
  });

  test('is refused after a withdrawal until the version is submitted anew', () => {
    const withdrawn = after(acts.submit, signedBy('saul'), acts.withdraw);
    expect(codeOf(withdrawn, signedBy('mara'))).toBe('signature-withdrawn');
    expect(codeOf(after(acts.submit, signedBy('saul'), acts.withdraw, acts.submit), signedBy('saul'))).toBe('taken');
  });

  test('is refused of a draft that nobody has signed yet', () => {
    expect(codeOf(draft, signedBy('mara'))).toBe('not-in-review');
  });
});

describe('withdrawing', () => {
  test.each(['in-review', 'signed', 'scheduled'] as const)(
    'a signature returns a version that is %s to draft',
    (from) => {
      const decision = decide(inStatus[from], acts.withdraw);
      expect(decision).toMatchObject({ kind: 'events' });
      const version = after(...bothSign, ...(from === 'scheduled' ? [acts.publish] : []), acts.withdraw);
      expect(version).toMatchObject({ status: 'draft', effectiveAt: undefined, publishedAt: undefined });
      expect(standingSignatures(version)).toEqual([]);
      expect(version.signatures).toHaveLength(2);
    },
  );

  test('comes too late once the version is active', () => {
    expect(codeOf(inStatus.active, acts.withdraw)).toBe('already-active');
    expect(codeOf(inStatus.superseded, acts.return)).toBe('already-active');
  });

  test('is refused to a signer who has not signed, and to everybody else', () => {
    const asked = after(acts.submit, signedBy('saul'));
    expect(codeOf(asked, { type: 'withdraw', by: 'mara', at })).toBe('nothing-to-withdraw');
    expect(codeOf(asked, { type: 'withdraw', by: 'olga', at })).toBe('not-a-signer');
  });
});

describe('editing', () => {
  test.each(['in-review', 'signed', 'scheduled', 'active', 'superseded'] as const)(
    'is refused of what is %s',
    (status) => expect(codeOf(inStatus[status], acts.edit)).toBe('version-frozen'),
  );

  test('is refused to whoever changed an older draft', () => {
    const edit = { ...acts.edit, replaces: 'hash-0' } as VersionAct;
    expect(codeOf(draft, edit)).toBe('hash-not-current');
    expect(codeOf(draft, { ...edit, replaces: 'hash-1' } as VersionAct)).toBe('taken');
  });
});

describe('submitting', () => {
  test.each([
    { label: 'nobody for one side', who: { marketing: [], sales: ['saul'] }, parties: ['marketing'] },
    { label: 'one person for both', who: { marketing: ['mara'], sales: ['mara'] }, parties: ['marketing', 'sales'] },
  ])('with $label is refused, naming the side', ({ who, parties }) => {
    expect(decide(draft, acts.submit, { signers: who })).toMatchObject({
      refusal: { code: 'signers-missing', detail: { parties } },
    });
  });
});

describe('publishing', () => {
  const sibling = (status: VersionStatus, effectiveAt: number): VersionSummary => ({
    ...draft,
    version: 3,
    status,
    effectiveAt,
  });

  test.each([
    { label: 'after the active one begins', status: 'active', effectiveAt: newYear - 1, code: 'taken' },
    { label: 'at the instant at which the active one begins', status: 'active', effectiveAt: newYear },
    { label: 'before the active one begins', status: 'active', effectiveAt: newYear + 1 },
    { label: 'at the instant at which a scheduled one begins', status: 'scheduled', effectiveAt: newYear },
    { label: 'before a scheduled one begins', status: 'scheduled', effectiveAt: newYear + 1 },
    { label: 'whatever a superseded one did', status: 'superseded', effectiveAt: newYear + 1, code: 'taken' },
  ] as const)('what begins $label', ({ status, effectiveAt, ...rest }) => {
    const code = 'code' in rest ? rest.code : 'overlapping-versions';
    const siblings = [sibling(status, effectiveAt)];
    expect(codeOf(inStatus.signed, acts.publish, { siblings })).toBe(code);
    expect(codeOf(draft, { ...acts.publish, type: 'submit' }, { siblings })).toBe(code);
  });

  test.each([
    { label: 'a day that is to come waits for it', effectiveFromAt: at + 1, status: 'scheduled', effectiveAt: at + 1 },
    { label: 'a day that begins now is in force', effectiveFromAt: at, status: 'active', effectiveAt: at },
    { label: 'a day that has begun is in force', effectiveFromAt: at - 1, status: 'active', effectiveAt: at - 1 },
    { label: 'no day is in force', effectiveFromAt: undefined, status: 'active', effectiveAt: at },
  ])('a version with $label', ({ effectiveFromAt, status, effectiveAt }) => {
    const publish = {
      type: 'publish',
      by: 'olga',
      at,
      ...(effectiveFromAt !== undefined && { effectiveFromAt }),
    } as const;
    expect(after(...bothSign, publish)).toMatchObject({ status, effectiveAt, publishedAt: at });
  });

  test('twice is refused', () => expect(codeOf(inStatus.scheduled, acts.publish)).toBe('already-published'));
});

describe('the clock', () => {
  test('does nothing before the day', () => {
    expect(decide(inStatus.scheduled, { ...acts.activate, at: newYear - 1 })).toEqual({ kind: 'events', events: [] });
    const early = { ...acts['mark-overdue'], at: newYear + 90 * DAY_MS - 1 };
    expect(decide(inStatus.active, early)).toEqual({ kind: 'events', events: [] });
  });

  test('marks a version overdue once, from the end of its day of review on', () => {
    const late = { ...acts['mark-overdue'], at: newYear + 91 * DAY_MS };
    const overdue = after(...bothSign, acts.publish, acts.activate, late);
    expect(overdue).toMatchObject({ status: 'active', overdueSince: newYear + 90 * DAY_MS });
    expect(decide(overdue, late)).toEqual({ kind: 'events', events: [] });
  });
});

test('signers are the people of a role, or the one person named', () => {
  const directory = { people: [{ id: 'mara' }, { id: 'saul' }], roles: { 'head-of-sales': ['saul', 'sue'] } };
  const named = (marketing: string, sales: string) => ({ timeZone: 'UTC', signers: { marketing, sales } });
  expect(signersOf(named('mara', 'head-of-sales'), directory)).toEqual({ marketing: ['mara'], sales: ['saul', 'sue'] });
  expect(signersOf(named('nobody', 'saul'), directory)).toEqual({ marketing: [], sales: ['saul'] });
  expect(signersOf({ timeZone: 'UTC' }, directory)).toEqual({ marketing: [], sales: [] });
});
