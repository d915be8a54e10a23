import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { createActivities } from '../../../activities/index.js';
import { createNotices } from '../../../activities/notices.js';
import { createSmtpMailer, signLink } from '../../channels/index.js';
import { openDatabase, type Database } from '../../db/index.js';
import type { Mailer } from '../../domain/notices/index.js';
import { startInbox } from '../../embedded/inbox.js';
import type { LivePorts } from '../../scenarios/index.js';
import type { TemporalPlace } from '../../temporal/index.js';
import { ensureSearchAttributes } from '../../temporal/search-attributes.js';
import { bundleWorkflows, connectWorker, createWorker } from '../../temporal/worker.js';
import { formatLocal } from '../../zones/index.js';
import { stepGuide } from '../step-guide.js';
import { answerFromCalendar, calendarKeys } from '../calendar-ports.js';
import { ScriptedLead } from './scripted-lead.js';

/** Servers that scenarios can take place on: a migrated database, and Temporal with skipping of time. */
export interface ScenarioServers {
  readonly databaseUrl: string;
  readonly temporal: TemporalPlace;
}

export interface LiveScenarios {
  readonly ports: LivePorts;
  readonly close: () => Promise<void>;
}

const MAIL_FROM = 'Handoff <handoff@scenarios.example>';
const OPS_EMAIL = 'operators@scenarios.example';
const PUBLIC_URL = 'http://127.0.0.1';
const GRACE_MS = 500;
/** Nobody but the scenarios' worker asks for their leads. */
const newName = (): string => `scenario-${randomUUID()}`;

/** A worker, an inbox and connections for scenarios only. Close it when done. */
export async function openLiveScenarios({ databaseUrl, temporal }: ScenarioServers): Promise<LiveScenarios> {
  const taskQueue = newName();
  const database = openDatabase(databaseUrl, { workspace: taskQueue });
  const [connection, native, inbox, workflowBundle] = await Promise.all([
    Connection.connect({ address: temporal.address }),
    connectWorker(temporal),
    startInbox({ smtpPort: 0, webPort: 0 }),
    bundleWorkflows(quietly()),
  ]);
  const { namespace } = temporal;
  await ensureSearchAttributes(connection, namespace);
  const mailer = createSmtpMailer({ url: inbox.smtpUrl, from: MAIL_FROM });
  const activities = activitiesOf(database, mailer);
  const worker = await createWorker({
    connection: native,
    namespace,
    activities,
    workflowBundle,
    taskQueue,
    graceMs: GRACE_MS,
  });
  const working = worker.run();
  const client = new Client({ connection, namespace });
  const openPlace = () => {
    const id = newName();
    const stores = database.inWorkspace(id);
    return { id, stores, lead: new ScriptedLead(id, { client, stores, inbox, taskQueue }) };
  };
  return {
    ports: { calendars: calendarKeys, answerCalendar: answerFromCalendar, opsEmail: OPS_EMAIL, openPlace },
    close: async () => {
      worker.shutdown();
      await working;
      mailer.close();
      await Promise.all([native.close(), connection.close(), database.close(), inbox.stop()]);
    },
  };
}

function activitiesOf(database: Database, mailer: Mailer) {
  const storesOf = database.inWorkspace;
  const secret = randomUUID();
  const notices = createNotices({
    storesOf,
    guideOf: (workspace) => stepGuide(storesOf(workspace)),
    mailer,
    formatLocal,
    linkTo: (link) => `${PUBLIC_URL}/l/${signLink(link, secret)}`,
    now: Date.now,
    mailFrom: MAIL_FROM,
    opsEmail: OPS_EMAIL,
  });
  return createActivities({ storesOf, calendar: answerFromCalendar, ...notices });
}

/** Workers and bundles say nothing but what went wrong. */
const quietly = (): DefaultLogger => new DefaultLogger('ERROR');

/** For a program that does nothing but run scenarios: a signal ends it at once, and its servers with it. */
export const workQuietly = (): Runtime =>
  Runtime.install({
    logger: quietly(),
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }), forward: {} },
    },
    shutdownSignals: [],
  });
