/**
 * Here scenarios are run against the real workflow and compared with the run of the rules alone. What a scenario says
 * and how it is compared stands one folder up; servers, connections and clocks are ports, opened by `src/bin`.
 */
import type { Instant } from '../../domain/business-time/index.js';
import type { Command } from '../../domain/lifecycle/commands.js';
import type { LeadState } from '../../domain/lifecycle/state.js';
import type { CommandOutcome, LeadStart } from '../../domain/ports.js';
import type { Stores } from '../../db/index.js';
import type { PurePorts } from '../run-pure.js';

/** What a live run needs beside what the pure run does. */
export interface LivePorts extends PurePorts {
  /** Hears of notices that nobody else can get. */
  readonly opsEmail: string;
  /** A workspace and a lead that nobody has used before. */
  openPlace(): LivePlace;
}

/** Where one scenario takes place, to itself. */
export interface LivePlace {
  /** The name of the workspace, and the id of its only lead. */
  readonly id: string;
  readonly stores: Pick<Stores, 'directory' | 'agreements' | 'intake' | 'ledger'>;
  readonly lead: LiveLead;
}

/** The scenario's lead, living in the scenario's time. */
export interface LiveLead {
  /** Starts the workflow, whose clock then shows `showing` and goes on at the pace of the wall. */
  start(start: LeadStart, showing: Instant): Promise<void>;
  /** Returns when the workflow's clock shows at least `at`, or when the workflow has settled. */
  advanceTo(at: Instant): Promise<void>;
  /** Tells the lead something; `unanswered` may be tried again. */
  deliver(command: Command): Promise<CommandOutcome>;
  /** As the workflow itself has it. */
  state(): Promise<LeadState>;
  /** What the inbox took about this lead so far. */
  mails(): readonly LiveMail[];
  /** Nothing comes of the lead from here on. */
  end(): Promise<void>;
}

export interface LiveMail {
  readonly to: string;
  readonly messageId: string;
  readonly subject: string;
}
