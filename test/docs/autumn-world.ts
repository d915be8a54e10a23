/**
 * The autumn of docs/reports.md behind an API, on the morning of 3 December 2026: every lead was recorded as it went on,
 * costs, deals, baselines and the word of sales were entered on 1 December.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiCaller, createDownloader } from '../../src/bin/handoff/call-api.js';
import { joinRows, writeRows } from '../../src/db/recording.js';
import { rowsOf } from '../../src/db/projection.js';
import { canonicalJson, parseAgreement } from '../../src/documents/index.js';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { ADMIN_KEY, RunningApi } from '../api/api-world.js';
import { nobodyRuns } from '../api/report-world.js';
import { handoffWith } from '../cli/command-line.js';
import { directory } from '../db/journeys.js';
import { openFresh, type Opened } from '../db/opened.js';
import { aReview, DAY_MS, openedAt } from '../domain/reviews/sample-review.js';
import { autumnAsOf, autumnLeads, autumnTerms, autumnText } from './autumn.js';

const WORKSPACE = 'default';
/** Characters of a line: as many as a page of docs shows. */
const WIDTH = 110;

export class AutumnWorld {
  private constructor(
    private readonly opened: Opened,
    readonly api: RunningApi,
  ) {}

  static async open(): Promise<AutumnWorld> {
    const opened = await openFresh();
    await saveAgreement(opened);
    await opened.database.directory.saveDirectory(directory);
    await recordLeads(opened);
    await recordWords(opened);
    // A report as of 10 s ago is one as of the autumn's end.
    const api = await RunningApi.start(opened.database, nobodyRuns, { now: () => autumnAsOf + 10_000 });
    const world = new AutumnWorld(opened, api);
    await world.enterMoney();
    await backdate(opened);
    return world;
  }

  async close(): Promise<void> {
    await this.api.stop();
    await this.opened.close();
  }

  /** What `npx handoff …` prints, as on a terminal without colours. */
  async printed(words: readonly string[]): Promise<string> {
    const lines: string[] = [];
    const output = {
      width: WIDTH,
      line: (text: string) => void lines.push(text),
      error: (text: string) => void lines.push(text),
    };
    const { exitCode } = await handoffWith({ ...this.#ports(), output }, ...words);
    if (exitCode !== 0) throw new Error(`handoff ${words.join(' ')} ended with ${exitCode}: ${lines.join('\n')}`);
    return lines.join('\n');
  }

  #ports() {
    const place = { HANDOFF_URL: this.api.url, HANDOFF_API_KEY: ADMIN_KEY };
    return { callApi: createApiCaller(place), download: createDownloader(place), now: () => autumnAsOf };
  }

  private async enterMoney(): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'handoff-autumn-'));
    for (const [what, text] of Object.entries(files)) {
      const path = join(folder, `${what}.csv`);
      writeFileSync(path, text);
      await this.printed([what, 'import', path]);
    }
    const before = ['mql-volume=48', 'acceptance-rate=72%', 'average-first-response=3h'];
    await this.printed(['baseline', 'enter', autumnTerms.name, ...before, '--note', 'CRM, 2025']);
  }
}

/** What finance and the CRM know. */
const files = {
  costs: `month,source,marketing,sales
2026-09,website,5200 USD,
2026-10,website,5200 USD,0 USD
2026-10,webinar,3100 USD,0 USD
2026-10,partner-portal,900 USD,0 USD
2026-10,none,6000 USD,18000 USD
2026-11,website,4800 USD,0 USD
2026-11,webinar,3900 USD,0 USD
2026-11,partner-portal,900 USD,0 USD
2026-11,none,6000 USD,18000 USD
`,
  opportunities: `crmId,status,openedAt,closedAt,amount,account,touches
deal-quince,open,2026-11-04T15:00:00Z,,52000 USD,quince.example,marketing:event@2026-06-02T12:00:00Z/ada@quince.example; sales:call@2026-10-01T09:00:00Z
deal-rowan,won,2026-11-09T15:00:00Z,2026-11-30T15:00:00Z,31000 USD,rowan.example,sales:call@2026-09-21T09:00:00Z
deal-sorrel,open,2026-11-18T15:00:00Z,,18000 USD,sorrel.example,sales:call@2026-09-01T09:00:00Z; marketing:webinar@2026-10-06T12:00:00Z
`,
} as const;

async function saveAgreement({ database }: Opened): Promise<void> {
  const { document } = parseAgreement(autumnText, 'inbound-saas.yaml', calendarKeys, { at: 0 });
  const saved = { terms: autumnTerms, text: autumnText, canonical: canonicalJson(document) };
  await database.agreements.saveAgreement(saved, { isDefault: true });
}

async function recordLeads({ sql }: Opened): Promise<void> {
  const { routing_load: _loads, ...rows } = joinRows(autumnLeads().map(({ events }) => rowsOf(WORKSPACE, [], events)));
  await writeRows(sql, WORKSPACE, rows);
}

/** Sales said a word in the reviews of all weeks of November but one. */
async function recordWords({ database, sql }: Opened): Promise<void> {
  const words = ['Webinar leads know what they ask for', undefined, 'Fewer tiny companies', 'Two had left their firm'];
  for (const [index, text] of words.entries()) {
    const at = openedAt - 7 * (words.length - 1 - index) * DAY_MS;
    const period = { ...aReview().period, from: at - 7 * DAY_MS, to: at };
    const id = `weekly-${index}`;
    await database.reviews.open(aReview({ id, period, openedAt: at, scheduledAt: at }), new Uint8Array([1]));
    if (text === undefined) continue;
    await sql.query(
      `INSERT INTO review_event (workspace, review_id, seq, type, "by", at, detail)
        VALUES ($1, $2, 1, 'word-given', 'manager-east', $3, $4)`,
      [WORKSPACE, id, new Date(at + 3_600_000).toISOString(), JSON.stringify({ text })],
    );
  }
}

/** Recorded when it happened, so that reports as of then know it; the ledger's own guards look away for once. */
async function backdate({ sql }: Opened): Promise<void> {
  const entered = ['baseline', 'cost_entry', 'posted_opportunity'];
  await sql.query(`BEGIN; SET LOCAL session_replication_role = replica;
    UPDATE lead_event SET recorded_at = at;
    UPDATE lead SET recorded_at = (SELECT max(at) FROM lead_event WHERE lead_id = lead.id);
    UPDATE audit_entry SET recorded_at = '2026-08-31T12:00:00Z';
    UPDATE review SET recorded_at = opened_at;
    UPDATE review_event SET recorded_at = at;
    ${entered.map((table) => `UPDATE ${table} SET recorded_at = '2026-12-01T12:00:00Z'`).join(';')};
    COMMIT`);
}
