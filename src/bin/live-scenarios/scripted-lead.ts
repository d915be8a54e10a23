import type { Client } from '@temporalio/client';
import { ExcludedLeads } from '../../api/commands/excluded-leads.js';
import type { Stores } from '../../db/index.js';
import type { Instant } from '../../domain/business-time/index.js';
import type { Command } from '../../domain/lifecycle/commands.js';
import type { LeadState } from '../../domain/lifecycle/state.js';
import type { CommandOutcome, LeadStart, LeadWorkflows } from '../../domain/ports.js';
import type { Inbox } from '../../embedded/inbox.js';
import type { LiveLead, LiveMail } from '../../scenarios/index.js';
import { createLeadWorkflows } from '../../temporal/lead-workflows.js';
import { VirtualClock } from '../../temporal/virtual-clock.js';
import { leadWorkflowId, stateQuery, type LeadInput } from '../../../workflows/messages.js';

export interface ScriptedLeadParts {
  readonly client: Client;
  readonly stores: Stores;
  readonly inbox: Inbox;
  readonly taskQueue: string;
}

const DELIVER_WITHIN_MS = 10_000;
const QUERY_WITHIN_MS = 10_000;

/** A lead of a scenario on a real server: its workflow's clock is the scenario's, by a constant offset. */
export class ScriptedLead implements LiveLead {
  readonly #clock: VirtualClock;
  readonly #workflows: LeadWorkflows;
  readonly #excluded: ExcludedLeads;
  /** Scenario time = the workflow's clock + offset. */
  #offsetMs = 0;
  #shownAt: Instant = 0;
  #hasWorkflow = false;

  constructor(
    private readonly id: string,
    private readonly parts: ScriptedLeadParts,
  ) {
    const { client, stores, taskQueue } = parts;
    this.#clock = new VirtualClock(client, leadWorkflowId(id), Date.now);
    this.#excluded = new ExcludedLeads(stores.ledger, stores.agreements);
    const settledStates = { find: async (leadId: string) => this.#resumed(await stores.settledStates.find(leadId)) };
    this.#workflows = createLeadWorkflows({ client, settledStates, now: Date.now, taskQueue });
  }

  async start(start: LeadStart, showing: Instant): Promise<void> {
    this.#offsetMs = showing - Date.now();
    this.#shownAt = showing;
    this.#hasWorkflow = true;
    const input: LeadInput = { ...start, clockOffsetMs: this.#offsetMs, isNotifiedByScript: true };
    await this.#workflows.start(input);
  }

  async advanceTo(at: Instant): Promise<void> {
    this.#shownAt = Math.max(this.#shownAt, at);
    try {
      await this.#clock.advanceTo(at - this.#offsetMs);
    } catch (error) {
      if (await this.#isRunning()) throw error;
    }
  }

  deliver(command: Command): Promise<CommandOutcome> {
    return this.#hasWorkflow
      ? this.#workflows.deliver(this.id, command, DELIVER_WITHIN_MS)
      : this.#excluded.decide(this.id, command);
  }

  async state(): Promise<LeadState> {
    const { client } = this.parts;
    const handle = client.workflow.getHandle(leadWorkflowId(this.id));
    return client.withDeadline(Date.now() + QUERY_WITHIN_MS, () => handle.query<LeadState>(stateQuery));
  }

  mails(): readonly LiveMail[] {
    const about = this.parts.inbox.mails().filter(({ text }) => text.includes(this.id));
    return about.map(({ envelope, messageId, subject }) => ({ to: envelope.to.join(', '), messageId, subject }));
  }

  async end(): Promise<void> {
    if (!this.#hasWorkflow || !(await this.#isRunning())) return;
    await this.parts.client.workflow.getHandle(leadWorkflowId(this.id)).terminate('the scenario has ended');
  }

  async #isRunning(): Promise<boolean> {
    const { status } = await this.parts.client.workflow.getHandle(leadWorkflowId(this.id)).describe();
    return status.name === 'RUNNING';
  }

  /** A lead that has settled begins again in a workflow with the clock of the wall, and needs another offset. */
  #resumed(input: unknown): unknown {
    if (typeof input !== 'object' || input === null) return input;
    this.#offsetMs = this.#shownAt - Date.now();
    return { ...input, clockOffsetMs: this.#offsetMs };
  }
}
