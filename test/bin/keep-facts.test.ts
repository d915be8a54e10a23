// While the API runs, the facts of reports follow the ledger without anybody asking, whatever fails on the way.
import { keepFacts } from '../../src/bin/api/keep-facts.js';
import { aLead } from '../builders/lead.js';
import { openFresh, type Opened } from '../db/opened.js';

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
});
afterAll(() => opened.close());

const leadCount = async (): Promise<number> => (await opened.sql.query('SELECT FROM reporting.leads')).rowCount ?? 0;

test('analysts see a lead that was handed off, also after a failure', async () => {
  let tell!: (told: unknown) => void;
  const warned = new Promise((resolve) => (tell = resolve));
  await opened.sql.query('ALTER TABLE report_progress RENAME TO gone');
  // Later than the lead's recording, which is what ten seconds ago is in life.
  const soon = () => Date.now() + 60_000;
  const keeping = keepFacts(opened.database, soon, { warn: tell }, { restMs: 1, everyMs: 5 });
  expect(await warned).toMatchObject({ err: { message: expect.stringContaining('report_progress') } });
  await opened.database.ledger.append(
    'a',
    aLead().run.events.map((told) => ('leadId' in told ? { ...told, leadId: 'a' } : told)),
  );
  await opened.sql.query('ALTER TABLE gone RENAME TO report_progress');
  // Asking takes a round trip to the database, which is rest enough.
  while ((await leadCount()) === 0);
  await keeping.stop();
});
