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

const charter = {
  title: 'Leads',
  timeZone: 'America/New_York',
  effectiveFrom: '2027-01-01',
  reviewBy: '2027-03-31',
  signers: { marketing: 'head-of-marketing', sales: 'head-of-sales' },
};

const saying = (key: string, name: string, document: object = charter): AgreementToSave => ({
  terms: { ...agreement, key, name },
  text: agreementText,
  canonical: JSON.stringify({ name, key, ...document }),
});

describe('a version', () => {
  test('is found by name and number with all that it says', async () => {
    await stores.agreements.saveAgreement(saying('a', 'one'));
    const { terms } = await stores.agreements.saveAgreement(saying('b', 'one'));
    const found = await stores.versions.findVersion('one', 2);
    expect(found).toMatchObject({ name: 'one', version: 2, key: 'b', status: 'active', isInstalled: true });
    expect(found).toMatchObject({ charter, text: agreementText, terms, signatures: [] });
    expect(found?.effectiveAt).toBe(found?.activatedAt);
  });

  test('that was superseded tells since when', async () => {
    for (const key of ['a', 'b']) await stores.agreements.saveAgreement(saying(key, 'one'));
    const [first, second] = await stores.versions.listVersions('one');
    expect(first).toMatchObject({ version: 1, status: 'superseded', supersededAt: second?.activatedAt, revision: 2 });
    expect(second).toMatchObject({ version: 2, status: 'active', revision: 1 });
  });

  test('without a zone of its own has that of its default calendar', async () => {
    const calendars = { home: { timeZone: 'Europe/Berlin' } };
    await stores.agreements.saveAgreement(saying('a', 'one', { calendars, defaultCalendar: 'home' }));
    expect((await stores.versions.findVersion('one', 1))?.charter).toEqual({ timeZone: 'Europe/Berlin' });
  });

  test('that there is not is not found', async () => {
    expect(await stores.versions.findVersion('one', 1)).toBeUndefined();
    expect(await stores.versions.listVersions('one')).toEqual([]);
    expect(await stores.versions.listAgreements()).toEqual([]);
  });
});

test('agreements are listed by name with title, default and numbers', async () => {
  await stores.agreements.saveAgreement(saying('b', 'two', {}));
  await stores.agreements.saveAgreement(saying('a', 'one'), { isDefault: true });
  expect(await stores.versions.listAgreements()).toEqual([
    { name: 'one', title: 'Leads', isDefault: true, activeVersion: 1, newestVersion: 1 },
    { name: 'two', isDefault: false, activeVersion: 1, newestVersion: 1 },
  ]);
});
