// While the API runs, the stories of leads that have become quiet are kept, whatever fails on the way, until it ends.
import { keepStories } from '../../src/bin/api/keep-stories.js';
import { aLead } from '../builders/lead.js';
import { openFresh, type Opened } from '../db/opened.js';

const pace = { quietForMs: 0, restMs: 1, everyMs: 5 };

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
});
afterAll(() => opened.close());

const handOver = (leadId: string) =>
  opened.database.ledger.append(
    leadId,
    aLead().run.events.map((told) => ('leadId' in told ? { ...told, leadId } : told)),
  );

const kept = async (): Promise<readonly string[]> =>
  (await opened.sql.query<{ id: string }>('SELECT lead_id AS id FROM past_story ORDER BY id')).rows.map(({ id }) => id);

async function keptAre(leadIds: readonly string[]): Promise<void> {
  // Asking takes a round trip to the database, which is rest enough.
  while ((await kept()).join() !== leadIds.join());
}

test('stories are kept as leads become quiet, a failure is told and survived, and none is kept after the end', async () => {
  await handOver('a');
  let tell!: (told: unknown) => void;
  const warned = new Promise((resolve) => (tell = resolve));
  const keeping = keepStories(opened.database, { warn: tell }, pace);
  await keptAre(['a']);
  await opened.sql.query('ALTER TABLE past_story_watermark RENAME TO gone');
  expect(await warned).toMatchObject({ err: { message: expect.stringContaining('past_story_watermark') } });
  await opened.sql.query('ALTER TABLE gone RENAME TO past_story_watermark');
  await handOver('b');
  await keptAre(['a', 'b']);
  await keeping.stop();
  await handOver('c');
  expect(await kept()).toEqual(['a', 'b']);
});
