/**
 * An API over the stories of a few leads, for questions about reports.
 */
import { canonicalJson, parseAgreement } from '../../src/documents/index.js';
import type { ApiDeps } from '../../src/api/index.js';
import type { LeadWorkflows } from '../../src/domain/ports.js';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { agreement, agreementText, stories } from '../db/journeys.js';
import { openFresh, type Opened } from '../db/opened.js';
import { RunningApi } from './api-world.js';

type Story = (typeof stories)[number]['events'];

/** No lead of these has a workflow. */
export const nobodyRuns: LeadWorkflows = { start: async () => {}, deliver: async () => ({ kind: 'unanswered' }) };

export class ReportWorld {
  private constructor(
    readonly opened: Opened,
    readonly api: RunningApi,
    /** As of then the neglected lead alone was recorded. */
    readonly early: string,
  ) {}

  static async open(deps: Partial<ApiDeps> = {}): Promise<ReportWorld> {
    const opened = await openFresh();
    const { document } = parseAgreement(agreementText, 'inbound-saas.yaml', calendarKeys, { at: 0 });
    const saved = { terms: agreement, text: agreementText, canonical: canonicalJson(document) };
    await opened.database.agreements.saveAgreement(saved, { isDefault: true });
    const [first, ...others] = stories;
    await record(opened, first!.events, 'lead-1');
    const early = await nowInDatabase(opened);
    for (const [index, { events }] of others.entries()) await record(opened, events, `lead-${index + 2}`);
    // Everything recorded so far lies more than 10 s back.
    const api = await RunningApi.start(opened.database, nobodyRuns, { now: () => Date.now() + 15_000, ...deps });
    return new ReportWorld(opened, api, early);
  }

  async close(): Promise<void> {
    await this.api.stop();
    await this.opened.close();
  }
}

async function record({ database }: Opened, events: Story, leadId: string): Promise<void> {
  const [origin, ...rest] = events;
  await database.ledger.append(leadId, [{ ...origin!, leadId } as typeof origin & object, ...rest]);
}

async function nowInDatabase({ sql }: Opened): Promise<string> {
  const { rows } = await sql.query<{ now: Date }>('SELECT clock_timestamp() AS now FROM pg_sleep(0.005)');
  return rows[0]!.now.toISOString();
}
