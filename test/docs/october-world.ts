/**
 * The October of docs/corrections.md behind an API, with a worker: its leads have settled. A correction's workflow hears
 * of an order only once the command has printed what it says, so that it prints the same however busy the machine is.
 */
import { createApiCaller } from '../../src/bin/handoff/call-api.js';
import type { CorrectionStatus } from '../../src/domain/correction/index.js';
import type { Run } from '../../src/domain/lifecycle/run.js';
import type { LeadInput } from '../../workflows/messages.js';
import { ApiWorld } from '../api/api-world.js';
import { aKey } from '../api/keys.js';
import { handoffWith } from '../cli/command-line.js';
import { until } from '../workflows/lead-world.js';
import { octoberLeads } from './october.js';

/** What a page calls the corrections that are made on it, in their order; their own names are chance. */
const nameOf = (index: number): string => `co_${index + 1}`;

const restsIn: readonly CorrectionStatus[] = ['draft', 'done', 'withdrawn'];

export class OctoberWorld {
  readonly #ids: string[] = [];

  private constructor(
    private readonly api: ApiWorld,
    private readonly keys: { readonly ops: string; readonly leader: string },
    private readonly gate: { isOpen: boolean },
  ) {}

  static async open(): Promise<OctoberWorld> {
    const gate = { isOpen: false };
    const nudge = (id: string): Promise<void> =>
      gate.isOpen ? api.world.corrections.nudge(id) : Promise.reject(new Error('not before it is printed'));
    const api = await ApiWorld.open({ set: null }, { correctionWorkflows: { nudge } });
    const { database, terms } = api.world;
    for (const run of octoberLeads(terms)) {
      await database.ledger.append(run.state.leadId, run.events);
      await database.settledStates.save(run.state.leadId, settled(run), run.state.appliedAt);
    }
    const ops = await aKey(database, { role: 'ops', person: 'marketing-ops', expiresAt: null });
    const leader = await aKey(database, { role: 'leader', person: 'vp-sales', expiresAt: null });
    return new OctoberWorld(api, { ops, leader }, gate);
  }

  close(): Promise<void> {
    return this.api.close();
  }

  /** What `npx handoff …` prints: approvals with the key of a leader, all else with that of ops. */
  async printed(words: readonly string[]): Promise<string> {
    const key = words.includes('approve') ? this.keys.leader : this.keys.ops;
    const callApi = createApiCaller({ HANDOFF_URL: this.api.http.url, HANDOFF_API_KEY: key });
    const { exitCode, lines, errors } = await handoffWith({ callApi }, ...words.map((word) => this.#idOf(word)));
    if (exitCode !== 0) throw new Error(`handoff ${words.join(' ')} ended with ${exitCode}: ${errors.join('\n')}`);
    await this.#untilAllRest();
    return lines.map((line) => this.#named(line)).join('\n');
  }

  /** Lets corrections go on until each waits for people again. */
  async #untilAllRest(): Promise<void> {
    this.gate.isOpen = true;
    await until(
      'all corrections rest',
      async () => {
        const known = await this.api.world.database.corrections.list(undefined, 50);
        this.#ids.splice(0, Infinity, ...known.map(({ id }) => id).toReversed());
        return known.every(({ status }) => restsIn.includes(status)) || undefined;
      },
      60_000,
    );
    this.gate.isOpen = false;
  }

  #idOf(word: string): string {
    return this.#ids.find((_, index) => nameOf(index) === word) ?? word;
  }

  #named(line: string): string {
    return this.#ids.reduce((text, id, index) => text.replaceAll(id, nameOf(index)), line);
  }
}

/** As a lead's workflow leaves it as its last act. */
const settled = ({ state, context: { agreements, windows } }: Run): LeadInput => ({
  workspace: 'default',
  leadId: state.leadId,
  events: [],
  context: { agreements, windows },
  carried: { state, unsentNotices: [], remembered: [] },
});
