import type { AgreementToSave, Stores } from '../../src/db/index.js';
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

/** The spec's agreement, or one that differs from it and so has another key. */
const saying = (key = agreement.key, name = agreement.name): AgreementToSave => ({
  terms: { ...agreement, key, name },
  text: agreementText,
  canonical: JSON.stringify({ name, key }),
});

describe('an agreement', () => {
  test('is version 1 when it is saved first, and found by key and as the active one of its name', async () => {
    const { terms, isNew } = await stores.agreements.saveAgreement(saying());
    expect({ isNew, version: terms.version }).toEqual({ isNew: true, version: 1 });
    expect(await stores.agreements.findTerms(agreement.key)).toEqual(terms);
    expect(await stores.agreements.findActive(agreement.name)).toEqual(terms);
    expect(await stores.agreements.findDocument(agreement.key)).toEqual({ name: agreement.name, key: agreement.key });
  });

  test('stays the same version when it is saved again', async () => {
    await stores.agreements.saveAgreement(saying());
    expect(await stores.agreements.saveAgreement(saying())).toMatchObject({ isNew: false, terms: { version: 1 } });
  });

  test('supersedes the version before, whose terms stay to be found', async () => {
    await stores.agreements.saveAgreement(saying('a'));
    await stores.agreements.saveAgreement(saying('b'));
    expect(await stores.agreements.findActive(agreement.name)).toMatchObject({ key: 'b', version: 2 });
    expect(await stores.agreements.findTerms('a')).toMatchObject({ key: 'a', version: 1 });
    const { rows } = await opened.sql.query(
      'SELECT version, status FROM sla_version WHERE workspace = $1 ORDER BY version',
      [stores.workspace],
    );
    expect(rows).toEqual([
      { version: 1, status: 'superseded' },
      { version: 2, status: 'active' },
    ]);
  });

  test('gets a new version also when it goes back to what an older one said', async () => {
    for (const key of ['a', 'b', 'a']) await stores.agreements.saveAgreement(saying(key));
    expect(await stores.agreements.findActive(agreement.name)).toMatchObject({ key: 'a', version: 3 });
  });

  test('saved by many at once is one version', async () => {
    const saved = await Promise.all(Array.from({ length: 5 }, () => stores.agreements.saveAgreement(saying())));
    expect(saved.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  test('is the default when it is made so, and only one is', async () => {
    expect(await stores.agreements.findActive()).toBeUndefined();
    await stores.agreements.saveAgreement(saying('a', 'one'), { isDefault: true });
    expect(await stores.agreements.findActive()).toMatchObject({ name: 'one' });
    await stores.agreements.saveAgreement(saying('b', 'two'));
    expect(await stores.agreements.findActive()).toMatchObject({ name: 'one' });
    await stores.agreements.saveAgreement(saying('b', 'two'), { isDefault: true });
    expect(await stores.agreements.findActive()).toMatchObject({ name: 'two' });
  });

  test('that there is not is not found', async () => {
    expect(await stores.agreements.findActive('nowhere')).toBeUndefined();
    expect(await stores.agreements.findTerms('nowhere')).toBeUndefined();
    expect(await stores.agreements.findDocument('nowhere')).toBeUndefined();
  });
});

test('a document that single leads follow is found by its key and is nobody’s version', async () => {
  await stores.agreements.saveDocument(saying('for-one-lead'));
  await stores.agreements.saveDocument(saying('for-one-lead'));
  expect(await stores.agreements.findTerms('for-one-lead')).toMatchObject({ key: 'for-one-lead' });
  expect(await stores.agreements.findActive(agreement.name)).toBeUndefined();
});
