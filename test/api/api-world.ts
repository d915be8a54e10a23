/**
 * The API among real parts: a database, a worker and a mail server of its own, the Temporal server of this run, and a
 * port of its own. Tests speak to it as everybody does, over HTTP.
 */
import { pino } from 'pino';
import { createApi, listen, type Api, type ApiDeps, type HttpServer } from '../../src/api/index.js';
import { leadPages } from '../../src/bin/api/lead-pages.js';
import { agreementSheets } from '../../src/bin/agreement-sheets.js';
import { remindOfNotices } from '../../src/bin/api/remind-of-notices.js';
import { createReportDesk } from '../../src/bin/api/report-desk.js';
import { reportPress } from '../../src/bin/report-press.js';
import { stepGuide } from '../../src/bin/step-guide.js';
import { isDatabaseAway } from '../../src/bin/api/database-away.js';
import { answerFromCalendar, calendarKeys } from '../../src/bin/calendar-ports.js';
import { reportPagesIn } from '../../src/console/reports/report-pages.js';
import { drawWhatIf } from '../../src/console/what-if-chart.js';
import type { Database } from '../../src/db/index.js';
import type { LeadWorkflows } from '../../src/domain/ports.js';
import { signingPages } from '../../src/bin/api/signing-pages.js';
import type { VersionWorkflows } from '../../src/domain/agreement/ports.js';
import { compile, dateStart, formatLocal } from '../../src/zones/index.js';
import { LeadWorld, type WorldOptions } from '../workflows/lead-world.js';

export const ADMIN_KEY = 'admin-key-of-the-tests';
export const LINK_SECRET = 'link-secret-of-the-tests';

/** Relays soon, so that no test waits for the usual patience. */
const quickPace = { startAfterMs: 200, deliverAfterMs: 300, remindAfterMs: 1_000, everyMs: 100, everyMsMax: 500 };

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined where it is not. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Asking {
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, in place of JSON. */
  readonly text?: string;
}

/** A listening API that is asked over HTTP. */
export class RunningApi {
  private constructor(
    readonly api: Api,
    private readonly server: HttpServer,
  ) {}

  static async start(database: Database, workflows: LeadWorkflows, deps: Partial<ApiDeps> = {}): Promise<RunningApi> {
    const api = createApi({
      ...database,
      adminKey: ADMIN_KEY,
      workflows,
      remindOfNotices: () => Promise.reject(new Error('no lead of these tests has a workflow to remind')),
      rolloutWorkflows: { nudge: () => Promise.reject(new Error('no rollout of these tests has a workflow')) },
      correctionWorkflows: { nudge: () => Promise.reject(new Error('no correction of these tests has a workflow')) },
      reviewWorkflows: { nudgeReview: () => Promise.reject(new Error('no review of these tests has a workflow')) },
      calendars: calendarKeys,
      windowsOf: compile,
      agreementSheets,
      answerFromCalendar,
      formatLocal,
      dateStart,
      versionWorkflows: unheard,
      answerWhatIf: () => Promise.reject(new Error('these tests ask no what-if')),
      drawWhatIf,
      guide: stepGuide(database),
      reports: createReportDesk(database),
      reportPress,
      reportPages: reportPagesIn(formatLocal),
      sessionSecret: LINK_SECRET,
      isPublicByTls: false,
      leadPages: leadPages(database.inWorkspace, LINK_SECRET),
      signingPagesOf: signingPages(database.versions),
      readiness: [{ part: 'database', isRequired: true, missing: () => failureOf(database.check()) }],
      isDatabaseAway,
      now: Date.now,
      log: pino({ level: process.env.HANDOFF_LOG_LEVEL ?? 'silent' }),
      pace: quickPace,
      ...deps,
    });
    return new RunningApi(api, await listen(api.app, 0, '127.0.0.1'));
  }

  get url(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }

  async stop(): Promise<void> {
    this.api.beginDraining();
    await this.server.stop(2_000);
    await this.api.settle();
  }

  get(path: string, asking: Asking = {}): Promise<Answer> {
    return this.ask('GET', path, undefined, asking);
  }

  post(path: string, body?: unknown, asking: Asking = {}): Promise<Answer> {
    return this.ask('POST', path, body, asking);
  }

  async ask(method: string, path: string, body: unknown, { key = ADMIN_KEY, headers, text }: Asking): Promise<Answer> {
    const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(sent === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    return answerOf(response, await response.text());
  }
}

/** Where no test asks for it, versions tell nobody how they stand. */
const unheard: VersionWorkflows = { tell: () => Promise.resolve() };

const answerOf = ({ status, headers }: Response, text: string): Answer => {
  const isJson = /json/.test(headers.get('content-type') ?? '');
  return { status, headers, text, body: isJson ? (JSON.parse(text) as Answer['body']) : {} };
};

const failureOf = (check: Promise<void>): Promise<string | undefined> =>
  check.then(
    () => undefined,
    (error: unknown) => String(error),
  );

/** An API whose leads run: with a worker, until it is stopped. */
export class ApiWorld {
  private constructor(
    readonly world: LeadWorld,
    readonly http: RunningApi,
  ) {}

  static async open(options: WorldOptions = {}, deps: Partial<ApiDeps> = {}): Promise<ApiWorld> {
    const world = await LeadWorld.open(options);
    const remind = remindOfNotices(world.database, world.client, world.taskQueue);
    const { versionWorkflows } = world;
    const own = {
      remindOfNotices: remind,
      rolloutWorkflows: world.rollouts,
      correctionWorkflows: world.corrections,
      versionWorkflows,
    };
    const http = await RunningApi.start(world.database, world.workflows, { ...own, ...deps });
    http.api.start();
    return new ApiWorld(world, http);
  }

  async close(): Promise<void> {
    await this.http.stop();
    await this.world.close();
  }
}

let leadCount = 0;

/** A lead's body that the spec's agreement takes; each has an id and an address of its own. */
export function leadBody(particulars: Readonly<Record<string, unknown>> = {}) {
  leadCount += 1;
  const { fields, ...others } = particulars;
  return {
    source: 'website',
    externalId: `contact-${leadCount}`,
    fields: { ...goodFields, email: `contact-${leadCount}@acme.example`, ...(fields as object | undefined) },
    ...others,
  };
}

const goodFields = {
  firstName: 'Ada',
  lastName: 'Byron',
  company: 'Acme',
  jobTitle: 'Director of Operations',
  jobLevel: 'director',
  country: 'US',
  employees: 120,
  source: 'webinar',
  score: 82,
  industry: 'software',
  annualRevenue: 12_000_000,
};
