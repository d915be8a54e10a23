import type pg from 'pg';
import { inRecording, type Queries } from './connections.js';
import { STORY_FORM, writeStory } from './kept-story.js';
import { readFromLedgers, type ToldLead } from './ledger-stories.js';

/**
 * Keeps what the ledgers of leads that have become quiet tell of them, one row for each, so that what-if need not read
 * every event again. A lead that speaks again is read from its ledger until it has been quiet for as long once more.
 */
export interface StoryKeeper {
  /**
   * Keeps the stories of the next leads, those first that have been quiet for longest.
   * @param quietForMs how long nothing may have been recorded of a lead; well above the 5 s that a recording may take
   * @returns how many leads it has come to; 0: there is none, or another process is at it
   */
  keepPage(quietForMs: number): Promise<number>;
}

/** Leads of one transaction, which must end within 5 s. */
const PAGE_SIZE = 200;

export const createStoryKeeper = (pool: pg.Pool, workspace: string): StoryKeeper => ({
  keepPage: (quietForMs) =>
    inRecording(pool, tryLockOf(workspace), async (client, [lock]) => {
      if (lock?.['is_ours'] !== true) return 0;
      const quiet = await findQuiet(client, workspace, quietForMs);
      const leadIds = quiet.map(({ id }) => id);
      await write(client, workspace, await readFromLedgers(client, workspace, leadIds, 'infinity'));
      const last = quiet.at(-1);
      if (last) await moveWatermark(client, workspace, last);
      return quiet.length;
    }),
});

const tryLockOf = (workspace: string): string =>
  `SELECT pg_try_advisory_xact_lock(hashtextextended('past-stories:${workspace.replaceAll("'", "''")}', 0)) AS is_ours`;

interface QuietLead {
  readonly id: string;
  /** To the microsecond, as the database writes it. */
  readonly recorded: string;
}

/** Whatever is recorded of a lead moves it behind the watermark again. */
async function findQuiet(queries: Queries, workspace: string, quietForMs: number): Promise<readonly QuietLead[]> {
  const { rows } = await queries.query<QuietLead>(
    `SELECT id, to_json(recorded_at) #>> '{}' AS recorded FROM lead
      WHERE workspace = $1 AND recorded_at <= clock_timestamp() - $2 * interval '1 ms'
        AND recorded_at >= coalesce((SELECT recorded_at FROM past_story_watermark
          WHERE workspace = $1 AND form = ${STORY_FORM}), '-infinity')
        AND (recorded_at, id) > (SELECT coalesce(max(recorded_at), '-infinity'), coalesce(max(lead_id), '')
          FROM past_story_watermark WHERE workspace = $1 AND form = ${STORY_FORM})
      ORDER BY recorded_at, id LIMIT ${PAGE_SIZE}`,
    [workspace, quietForMs],
  );
  return rows;
}

function write(queries: Queries, workspace: string, told: readonly ToldLead[]) {
  const rows = told.map(({ id, seq, lead }) => ({ lead_id: id, seq, form: STORY_FORM, told: writeStory(lead) }));
  return queries.query(
    `INSERT INTO past_story (workspace, lead_id, seq, form, told)
      SELECT $1, lead_id, seq, form, told FROM json_populate_recordset(NULL::past_story, $2)
      ON CONFLICT (workspace, lead_id) DO UPDATE SET seq = excluded.seq, form = excluded.form, told = excluded.told`,
    [workspace, JSON.stringify(rows)],
  );
}

const moveWatermark = (queries: Queries, workspace: string, { id, recorded }: QuietLead) =>
  queries.query(
    `INSERT INTO past_story_watermark (workspace, form, recorded_at, lead_id) VALUES ($1, ${STORY_FORM}, $2, $3)
      ON CONFLICT (workspace, form) DO UPDATE SET recorded_at = excluded.recorded_at, lead_id = excluded.lead_id`,
    [workspace, recorded, id],
  );
