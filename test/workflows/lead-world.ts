/**
 * The lead's workflow among real parts: a database and a mail server of its own, a worker on a queue of its own, the
 * Temporal server of this run. Shared by the tests of workflows, the benchmark of histories and their recording.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, type NativeConnection, type Worker, type WorkflowBundle } from '@temporalio/worker';
import { createAgreementActivities } from '../../activities/agreements.js';
import { createActivities, type LeadActivities } from '../../activities/index.js';
import { createNotices } from '../../activities/notices.js';
import { createReviewActivities } from '../../activities/reviews.js';
import { createCorrectionActivities } from '../../activities/corrections.js';
import type { CorrectionActivities } from '../../activities/correction-contract.js';
import { createRollouts } from '../../activities/rollouts.js';
import type { RolloutActivities } from '../../activities/rollout-contract.js';
import { changesBetween } from '../../src/bin/agreement-changes.js';
import { answerFromCalendar, calendarKeys } from '../../src/bin/calendar-ports.js';
import { reviewPorts } from '../../src/bin/review-ports.js';
import { createWhatIfTrials } from '../../src/bin/what-if/answer-what-if.js';
import { createSmtpMailer, hashOfToken, signingToken, type SmtpMailer } from '../../src/channels/index.js';
import { openDatabase, type Database } from '../../src/db/index.js';
import { canonicalJson, changeAgreement, parseAgreement, parsePeople } from '../../src/documents/index.js';
import type { AgreementTerms, Fields } from '../../src/domain/agreement/index.js';
import type { Instant } from '../../src/domain/business-time/index.js';
import type { Command, CommandOf, CommandType } from '../../src/domain/lifecycle/commands.js';
import type { LeadEvent, Signal } from '../../src/domain/lifecycle/events.js';
import type { StepContext } from '../../src/domain/lifecycle/step.js';
import { runHandOff } from '../../src/domain/lifecycle/run.js';
import type { LeadState } from '../../src/domain/lifecycle/state.js';
import type { CommandOutcome, LeadWorkflows } from '../../src/domain/ports.js';
import type { CorrectionWorkflows } from '../../src/domain/correction/index.js';
import type { RolloutWorkflows } from '../../src/domain/rollout/ports.js';
import { createLeadWorkflows } from '../../src/temporal/lead-workflows.js';
import { createCorrectionWorkflows } from '../../src/temporal/correction-workflows.js';
import { createRolloutWorkflows } from '../../src/temporal/rollout-workflows.js';
import { createVersionWorkflows } from '../../src/temporal/version-workflows.js';
import type { VersionWorkflows } from '../../src/domain/agreement/ports.js';
import { ensureSearchAttributes } from '../../src/temporal/search-attributes.js';
import { bundleWorkflows, connectWorker, createWorker, type Build } from '../../src/temporal/worker.js';
import { formatLocal } from '../../src/zones/index.js';
import { leadWorkflowId, stateQuery, taskQueue, type LeadInput } from '../../workflows/messages.js';
import { freshDatabase, startInbox, temporalAddress, type FreshDatabase } from '../support/servers.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { gateBefore, type Gate } from './gate.js';
import type { AnsweredQuestion, History } from './recorded.js';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const workspace = 'default';

/** Every calendar open without a break, so that a test may run on any day at any hour. */
const roundTheClock = Object.fromEntries(
  ['sales-us-east', 'sales-us-west', 'marketing-us', 'weekdays'].map((name) => [
    `calendars.${name}`,
    { timeZone: 'UTC', hours: { 'mon-sun': ['00:00-24:00'] } },
  ]),
);

export interface WorldOptions {
  /** Lines of the example agreement, by dotted path, beside `roundTheClock`; `null` leaves business hours alone. */
  readonly set?: Readonly<Record<string, unknown>> | null;
  /** A namespace of its own, where the worker is a program of its own that the test starts. */
  readonly namespace?: string;
  /** In a namespace of its own: another queue than the product's, on which time goes as the test says. */
  readonly queue?: string;
}

export type Said<T extends CommandType> = Omit<CommandOf<T>, 'type' | 'at' | 'by' | 'id'> &
  Partial<Pick<CommandOf<T>, 'at' | 'by' | 'id'>>;

export interface HandOver {
  readonly fields?: Fields;
  readonly signals?: readonly Signal[];
  readonly stepsPerRun?: number;
  /** Default: rep-east-1; null: nobody, it waits in the queue of sdr-east. */
  readonly owner?: string | null;
  /** Default: now. */
  readonly at?: Instant;
}

/** Everything that a lead needs to live; close it when done. */
export class LeadWorld {
  #worker: Worker | undefined;
  #working: Promise<void> | undefined;
  /** The database as the worker reaches it. */
  readonly #workerDatabase: Database;
  readonly #mailer: SmtpMailer;
  readonly #windowsOfDay = new Map<number, StepContext>();
  /** What the world answered to each lead, in the order in which it was asked. */
  readonly answered = new Map<string, AnsweredQuestion[]>();

  private constructor(
    readonly client: Client,
    readonly database: Database,
    readonly workflows: LeadWorkflows,
    readonly versionWorkflows: VersionWorkflows,
    readonly terms: AgreementTerms,
    readonly inbox: Awaited<ReturnType<typeof startInbox>>,
    /** The ways on which the worker reaches the database and the mail server. */
    readonly ways: { readonly database: Gate; readonly mail: Gate },
    private readonly parts: {
      readonly connection: Connection;
      readonly native: NativeConnection;
      readonly fresh: FreshDatabase;
      readonly bundle: WorkflowBundle;
      readonly queue: string;
      readonly rollouts: RolloutWorkflows;
      readonly corrections: CorrectionWorkflows;
    },
  ) {
    this.#workerDatabase = openDatabase(ways.database.url, { workspace });
    this.#mailer = createSmtpMailer({ url: ways.mail.url, from: MAIL_FROM });
  }

  static async open({ set = {}, namespace = 'default', queue: ownQueue }: WorldOptions = {}): Promise<LeadWorld> {
    const address = temporalAddress();
    const [connection, native, fresh, inbox, bundle] = await Promise.all([
      Connection.connect({ address }),
      connectWorker({ address, namespace }),
      freshDatabase(),
      startInbox(),
      bundleOnce(),
    ]);
    if (namespace !== 'default') await registerNamespace(connection, namespace);
    await ensureSearchAttributes(connection, namespace);
    const client = new Client({ connection, namespace });
    const database = openDatabase(fresh.url, { workspace });
    const isShared = namespace === 'default';
    const queue = ownQueue ?? (isShared ? `test-${randomUUID()}` : taskQueue);
    const { settledStates } = database;
    const workflows = createLeadWorkflows({ client, settledStates, now: Date.now, taskQueue: queue });
    const versionWorkflows = createVersionWorkflows({ client, now: Date.now, taskQueue: queue });
    const terms = await saveDocuments(database, set === null ? {} : { ...roundTheClock, ...set });
    const ways = { database: await gateBefore(fresh.url), mail: await gateBefore(inbox.smtpUrl) };
    const rollouts = createRolloutWorkflows({ client, workspace, now: Date.now, taskQueue: queue });
    const corrections = createCorrectionWorkflows({ client, workspace, now: Date.now, taskQueue: queue });
    const parts = { connection, native, fresh, bundle, queue, rollouts, corrections };
    const world = new LeadWorld(client, database, workflows, versionWorkflows, terms, inbox, ways, parts);
    if (isShared) await world.startWorker();
    return world;
  }

  /** Where the worker asks for leads. */
  get taskQueue(): string {
    return this.parts.queue;
  }

  get corrections(): CorrectionWorkflows {
    return this.parts.corrections;
  }

  get rollouts(): RolloutWorkflows {
    return this.parts.rollouts;
  }

  /** Where a program of its own finds all this. */
  get environment(): Readonly<Record<string, string>> {
    return {
      DATABASE_URL: this.parts.fresh.url,
      TEMPORAL_ADDRESS: temporalAddress(),
      TEMPORAL_NAMESPACE: this.client.options.namespace,
      SMTP_URL: this.inbox.smtpUrl,
      HANDOFF_MAIL_FROM: MAIL_FROM,
      HANDOFF_OPS_EMAIL: OPS_EMAIL,
      HANDOFF_LINK_SECRET: 'a-secret-of-this-test',
    };
  }

  async startWorker(): Promise<void> {
    const { native, bundle, queue } = this.parts;
    const { namespace } = this.client.options;
    const activities = this.activities();
    const options = {
      connection: native,
      namespace,
      activities,
      workflowBundle: bundle,
      taskQueue: queue,
      graceMs: 500,
    };
    this.#worker = await createWorker(options);
    this.#working = this.#worker.run();
  }

  /**
   * A worker beside the others that runs one build of a deployment, until `stop`.
   * @param change makes another code of today's
   */
  async startBuild(build: Build, change: (code: string) => string): Promise<() => Promise<void>> {
    const { native, bundle, queue } = this.parts;
    if (!('code' in bundle)) throw new Error('the bundle is a file, which cannot be changed here');
    const worker = await createWorker({
      connection: native,
      namespace: this.client.options.namespace,
      activities: this.activities(),
      workflowBundle: { code: change(bundle.code) },
      taskQueue: queue,
      graceMs: 500,
      build,
    });
    const working = worker.run();
    return async () => {
      worker.shutdown();
      await working;
    };
  }

  async stopWorker(): Promise<void> {
    this.#worker?.shutdown();
    await this.#working;
    this.#worker = undefined;
  }

  async close(): Promise<void> {
    if (this.#worker) await this.stopWorker();
    this.#mailer.close();
    await Promise.all([this.parts.native.close(), this.parts.connection.close()]);
    await Promise.all([this.database.close(), this.#workerDatabase.close()]);
    for (const way of Object.values(this.ways)) way.shut();
    await Promise.all([this.inbox.stop(), this.parts.fresh.drop()]);
  }

  /** A lead as intake leaves it: events recorded, workflow started. */
  async handOff({
    fields = {},
    signals = [],
    stepsPerRun,
    owner = 'rep-east-1',
    at = Date.now(),
  }: HandOver = {}): Promise<LiveLead> {
    const leadId = `ld-${randomUUID()}`;
    const holder = { owner, queue: owner === null ? 'sdr-east' : null, team: 'sdr-east', calendar: null };
    const facts = {
      leadId,
      at,
      agreement: this.terms,
      fields: { ...goodFields, email: `${leadId}@acme.example`, ...fields },
      signals,
      source: 'website',
      externalId: leadId,
      holder,
    };
    const { events, context } = runHandOff(facts, this.windowsAhead(facts.at), (question) => {
      if (question.kind === 'windows' || question.kind === 'date-start') return answerFromCalendar(question);
      throw new Error(`a lead with an owner asks nothing at its hand-off, but: ${question.key}`);
    });
    await this.database.ledger.append(leadId, events);
    const start = { workspace, leadId, events, context: { agreements: context.agreements, windows: context.windows } };
    const input: LeadInput = { ...start, ...(stepsPerRun !== undefined && { stepsPerRun }) };
    await this.workflows.start(input);
    return new LiveLead(this, leadId);
  }

  /** As intake does, all calendars of the agreement are compiled before the workflow starts, once a day. */
  private windowsAhead(at: Instant): StepContext {
    const day = Math.floor(at / DAY_MS);
    const known = this.#windowsOfDay.get(day) ?? this.compileAhead(day * DAY_MS);
    this.#windowsOfDay.set(day, known);
    return known;
  }

  private compileAhead(at: Instant): StepContext {
    const compiled = Object.entries(this.terms.calendars).map(([name, definition]) => {
      const calendarKey = this.terms.calendarKeys[name]!;
      const span = { asOf: at, from: at - DAY_MS, until: at + 121 * DAY_MS };
      const windows = answerFromCalendar({ kind: 'windows', key: name, calendarKey, name, definition, ...span });
      return [calendarKey, windows as LeadInput['context']['windows'][string]] as const;
    });
    return { agreements: {}, windows: Object.fromEntries(compiled), answers: {} };
  }

  private activities(): LeadActivities & RolloutActivities & CorrectionActivities {
    const { inWorkspace: storesOf } = this.#workerDatabase;
    const linkTo = ({ leadId }: { readonly leadId: string }) => `http://127.0.0.1/l/${leadId}`;
    const opsEmail = OPS_EMAIL;
    const mailer = this.#mailer;
    const notices = createNotices({
      storesOf,
      mailer,
      formatLocal,
      linkTo,
      now: Date.now,
      mailFrom: MAIL_FROM,
      opsEmail,
    });
    const activities = createActivities({ storesOf, calendar: answerFromCalendar, ...notices });
    const rollouts = createRollouts({
      storesOf: (name) => ({ ...storesOf(name), workflows: this.workflows }),
      calendar: answerFromCalendar,
      now: Date.now,
    });
    const corrections = createCorrectionActivities({
      storesOf: (name) => ({ ...storesOf(name), workflows: this.workflows }),
      calendar: answerFromCalendar,
      now: Date.now,
    });
    return {
      ...rollouts,
      ...corrections,
      ...activities,
      ...this.agreementActivities(),
      ...createReviewActivities({
        ...reviewPorts(storesOf, ({ workspace: name, directory }) =>
          createWhatIfTrials({
            databaseUrl: this.parts.fresh.url,
            workspace: name,
            readDirectory: directory.read,
            threadCount: 1,
          }),
        ),
        mailer,
        mailFrom: MAIL_FROM,
        opsEmail,
        publicUrl: 'http://127.0.0.1',
      }),
      answerQuestion: async (place, question) => {
        const answer = await activities.answerQuestion(place, question);
        const { kind, key } = question;
        this.answered.set(place.leadId, [...(this.answered.get(place.leadId) ?? []), { kind, key, answer }]);
        return answer;
      },
    };
  }

  private agreementActivities() {
    return createAgreementActivities({
      storesOf: this.#workerDatabase.inWorkspace,
      mailer: this.#mailer,
      mailFrom: MAIL_FROM,
      opsEmail: OPS_EMAIL,
      signingLink: (claims) => {
        const token = signingToken(claims, 'a-secret-of-this-test');
        return { href: `http://127.0.0.1/sign/${token}`, tokenHash: hashOfToken(token) };
      },
      changesBetween,
      formatLocal,
      now: Date.now,
    });
  }
}

export async function registerNamespace(connection: Connection, namespace: string): Promise<void> {
  const workflowExecutionRetentionPeriod = msToTs(DAY_MS);
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  // The server's parts learn of it one after the other.
  await until(`namespace ${namespace} is known`, async () => {
    const listing = connection.operatorService.listSearchAttributes({ namespace });
    return listing.then(() => true).catch(() => undefined);
  });
}

const MAIL_FROM = 'Handoff <handoff@sales.example>';
const OPS_EMAIL = 'ops@sales.example';

const goodFields: Fields = {
  firstName: 'Ada',
  lastName: 'Byron',
  company: 'Acme',
  jobTitle: 'Head of Operations',
  jobLevel: 'director',
  country: 'US',
  employees: 120,
  source: 'website',
  score: 80,
  industry: 'steel',
  annualRevenue: 5_000_000,
};

/** Workers say nothing but what went wrong. */
const logger = new DefaultLogger('ERROR');
Runtime.install({ logger });

let bundling: Promise<WorkflowBundle> | undefined;
const bundleOnce = (): Promise<WorkflowBundle> => (bundling ??= bundleWorkflows(logger));

async function saveDocuments(database: Database, set: Readonly<Record<string, unknown>>): Promise<AgreementTerms> {
  const use = { at: Date.now() };
  const text = readSpec('agreements/inbound-saas.yaml');
  const { document } = parseAgreement(text, 'inbound-saas.yaml', calendarKeys, use);
  const changed = changeAgreement(document!, set, calendarKeys, use);
  if (changed.document === undefined) throw new Error(changed.mistakes.join('\n'));
  const agreement = { terms: changed.terms, text, canonical: canonicalJson(changed.document) };
  const { terms } = await database.agreements.saveAgreement(agreement, { isDefault: true });
  await database.directory.saveDirectory(parsePeople(readSpec('people.yaml'), 'people.yaml').value!);
  return terms;
}

const readSpec = (file: string): string => readFileSync(new URL(`../spec/${file}`, import.meta.url), 'utf8');

/** The history of a run in the form in which it can be kept and replayed. */
export async function historyOf(handle: WorkflowHandle): Promise<History> {
  const json: unknown = historyToJSON(await handle.fetchHistory());
  return (typeof json === 'string' ? JSON.parse(json) : json) as History;
}

/** One lead of a world, and the clock of its workflow. */
export class LiveLead {
  readonly clock: VirtualClock;
  readonly handle: WorkflowHandle;
  #saidCount = 0;

  constructor(
    private readonly world: LeadWorld,
    readonly id: string,
  ) {
    this.clock = new VirtualClock(world.client, leadWorkflowId(id));
    this.handle = world.client.workflow.getHandle(leadWorkflowId(id));
  }

  /** Says something about the lead now, by the workflow's clock, unless told otherwise. */
  async say<T extends CommandType>(type: T, said: Said<T>, withinMs = 10_000): Promise<CommandOutcome> {
    return this.world.workflows.deliver(this.id, await this.command(type, said), withinMs);
  }

  async command<T extends CommandType>(type: T, said: Said<T>): Promise<Command> {
    this.#saidCount += 1;
    const at = said.at ?? (await this.clock.now());
    return { by: 'rep-east-1', id: `said-${this.#saidCount}`, ...said, at, type } as unknown as Command;
  }

  state(): Promise<LeadState> {
    return this.handle.query<LeadState>(stateQuery);
  }

  /** The history of its latest run. */
  history(): Promise<History> {
    return historyOf(this.handle);
  }

  events(): Promise<readonly LeadEvent[]> {
    return this.world.database.ledger.read(this.id);
  }

  /** Returns when the ledger holds an event of that type. */
  async untilRecorded(type: LeadEvent['type']): Promise<LeadEvent> {
    return until(`${type} is recorded`, async () => (await this.events()).findLast((event) => event.type === type));
  }
}

/** What `find` finds, as soon as it finds something. */
export async function until<T>(
  what: string,
  find: () => Promise<T | undefined> | T | undefined,
  withinMs = 30_000,
): Promise<T> {
  const deadlineAt = Date.now() + withinMs;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadlineAt) throw new Error(`waited ${withinMs / 1_000} s in vain until ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
