// Here live the programs that people start and the reading of their environment; they may import every layer.
// No rule of the agreement lives here, and nothing outside this folder imports from it.
import { z } from 'zod';

/** The programs that can run alone, each configured by its environment only. */
export type Part = 'api' | 'worker' | 'migrate';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface MigrateConfiguration {
  readonly databaseUrl: string;
  /** Without it only the database is made ready. */
  readonly temporalAddress: string | undefined;
  readonly temporalNamespace: string;
}

interface SharedConfiguration extends MigrateConfiguration {
  readonly temporalAddress: string;
  readonly workspace: string;
  /** Where readers of a notice reach the API, without a slash at the end. */
  readonly publicUrl: string;
  /** Signs the links in notices; the API checks what the worker signed. */
  readonly linkSecret: string;
  readonly logLevel: LogLevel;
  /** Where operators scrape this program; undefined: nowhere. */
  readonly metricsPlace: MetricsPlace | undefined;
}

export interface MetricsPlace {
  readonly host: string;
  readonly port: number;
}

export interface ApiConfiguration extends SharedConfiguration {
  readonly apiHost: string;
  readonly apiPort: number;
  readonly adminKey: string;
}

export interface WorkerConfiguration extends SharedConfiguration {
  readonly smtpUrl: string;
  readonly mailFrom: string;
  /** Hears of notices that could reach nobody else. */
  readonly opsEmail: string;
  /** A file or an address that gets a sign of life after each audit. */
  readonly auditorHeartbeat: string | undefined;
  /** Of Temporal's Worker Deployment Versioning; without it, workers are not told apart. */
  readonly deployment: DeploymentConfiguration | undefined;
}

export interface DeploymentConfiguration {
  readonly deploymentName: string;
  /** Undefined: the hash of the workflows' sources. */
  readonly buildId: string | undefined;
}

export interface ConfigurationOf {
  readonly api: ApiConfiguration;
  readonly worker: WorkerConfiguration;
  readonly migrate: MigrateConfiguration;
}

/** Every mistake of an environment at once, each with the variable and what to write there. */
export class ConfigurationError extends Error {
  constructor(
    part: string,
    readonly mistakes: readonly string[],
  ) {
    const count = mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`;
    super(`The environment of ${part} has ${count}:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.name = 'ConfigurationError';
  }
}

/** A variable that must be an URL of one of `protocols`. */
function url(protocols: readonly string[], example: string) {
  const advice = `write an address like ${example}`;
  return z
    .string({ error: `is missing: ${advice}` })
    .refine((text) => protocols.includes(protocolOf(text) ?? ''), { error: `is not understood: ${advice}` });
}

const protocolOf = (text: string): string | undefined => (URL.canParse(text) ? new URL(text).protocol : undefined);

/** A variable with free text; `advice` says what belongs there. */
const text = (advice: string) => z.string({ error: `is missing: ${advice}` });

/** A variable with a secret; short ones are refused because they can be guessed. */
const secret = (advice: string) =>
  text(advice).min(16, { error: `is too short to be a secret: ${advice}, at least 16 characters` });

/** A variable with a TCP port. */
export const port = (fallback: number) => portLike(fallback).default(fallback);

function portLike(example: number) {
  const error = `must be a port, a whole number from 1 to 65535, say ${example}`;
  return z.coerce.number({ error }).int({ error }).min(1, { error }).max(65_535, { error });
}

const temporalAdvice = 'write host and port of the Temporal server, like 127.0.0.1:7233';
export const temporalAddress = text(temporalAdvice).regex(/^[^\s/]+:\d+$/, {
  error: `is not understood: ${temporalAdvice}`,
});

export const databaseUrl = url(['postgres:', 'postgresql:'], 'postgresql://user:password@127.0.0.1:5432/handoff');
export const smtpUrl = url(['smtp:', 'smtps:'], 'smtp://user:password@mail.example.com:587');

const migrateSchema = z.object({
  DATABASE_URL: databaseUrl,
  TEMPORAL_ADDRESS: temporalAddress.optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
});

const sharedSchema = migrateSchema.extend({
  TEMPORAL_ADDRESS: temporalAddress,
  HANDOFF_WORKSPACE: z.string().default('default'),
  HANDOFF_API_PORT: port(4100),
  HANDOFF_PUBLIC_URL: url(['http:', 'https:'], 'https://handoff.example.com').optional(),
  HANDOFF_LINK_SECRET: secret('write the same random text for API and worker'),
  HANDOFF_METRICS_HOST: z.string().default('127.0.0.1'),
  HANDOFF_LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }).default('info'),
});

const apiSchema = sharedSchema.extend({
  HANDOFF_API_HOST: z.string().default('127.0.0.1'),
  HANDOFF_API_METRICS_PORT: portLike(4190).optional(),
  HANDOFF_ADMIN_KEY: secret("write the administrator's API key"),
});

/** Temporal joins name and build id by a colon or a full stop. */
const deploymentWord = (example: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,100}$/, { error: `may only have letters, digits, - and _: write a word like ${example}` })
    .optional();

const workerVariables = sharedSchema.extend({
  HANDOFF_WORKER_METRICS_PORT: portLike(4191).optional(),
  SMTP_URL: smtpUrl,
  HANDOFF_MAIL_FROM: text('write the sender of all notices, like Handoff <handoff@example.com>'),
  HANDOFF_OPS_EMAIL: text('write the address that hears of notices nobody could get').regex(/^[^@\s]+@[^@\s]+$/, {
    error: 'is not a mail address: write one like ops@example.com',
  }),
  HANDOFF_AUDITOR_HEARTBEAT: z.string().optional(),
  TEMPORAL_DEPLOYMENT: deploymentWord('handoff'),
  TEMPORAL_BUILD_ID: deploymentWord('2026-11-26'),
});

const isWhole = ({ TEMPORAL_DEPLOYMENT: name, TEMPORAL_BUILD_ID: id }: z.output<typeof workerVariables>): boolean =>
  name !== undefined || id === undefined;

const workerSchema = workerVariables.refine(isWhole, {
  path: ['TEMPORAL_DEPLOYMENT'],
  error: 'is missing: write the deployment that the build of TEMPORAL_BUILD_ID belongs to, like handoff',
  // Also beside other mistakes: all are told at once.
  when: () => true,
});

type Environment = Readonly<Record<string, string | undefined>>;

function readMigrate(env: Environment): MigrateConfiguration {
  const values = validated('migrate', migrateSchema, env);
  return {
    databaseUrl: values.DATABASE_URL,
    temporalAddress: values.TEMPORAL_ADDRESS,
    temporalNamespace: values.TEMPORAL_NAMESPACE,
  };
}

function readApi(env: Environment): ApiConfiguration {
  const values = validated('api', apiSchema, env);
  return {
    ...shared(values, values.HANDOFF_API_METRICS_PORT),
    apiHost: values.HANDOFF_API_HOST,
    apiPort: values.HANDOFF_API_PORT,
    adminKey: values.HANDOFF_ADMIN_KEY,
  };
}

function readWorker(env: Environment): WorkerConfiguration {
  const values = validated('worker', workerSchema, env);
  return {
    ...shared(values, values.HANDOFF_WORKER_METRICS_PORT),
    smtpUrl: values.SMTP_URL,
    mailFrom: values.HANDOFF_MAIL_FROM,
    opsEmail: values.HANDOFF_OPS_EMAIL,
    auditorHeartbeat: values.HANDOFF_AUDITOR_HEARTBEAT,
    deployment: deploymentOf(values),
  };
}

const deploymentOf = ({
  TEMPORAL_DEPLOYMENT: deploymentName,
  TEMPORAL_BUILD_ID: buildId,
}: z.output<typeof workerSchema>) => (deploymentName === undefined ? undefined : { deploymentName, buildId });

const shared = (values: z.output<typeof sharedSchema>, metricsPort: number | undefined): SharedConfiguration => ({
  databaseUrl: values.DATABASE_URL,
  temporalAddress: values.TEMPORAL_ADDRESS,
  temporalNamespace: values.TEMPORAL_NAMESPACE,
  workspace: values.HANDOFF_WORKSPACE,
  publicUrl: (values.HANDOFF_PUBLIC_URL ?? `http://127.0.0.1:${values.HANDOFF_API_PORT}`).replace(/\/+$/, ''),
  linkSecret: values.HANDOFF_LINK_SECRET,
  logLevel: values.HANDOFF_LOG_LEVEL,
  metricsPlace: metricsPort === undefined ? undefined : { host: values.HANDOFF_METRICS_HOST, port: metricsPort },
});

/**
 * `env` against `schema`; an empty variable counts as not set, for that is how compose files leave one out.
 * @throws ConfigurationError with all mistakes at once
 */
export function validated<Schema extends z.ZodObject>(part: string, schema: Schema, env: Environment) {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new ConfigurationError(part, mistakes);
}

const readers = {
  api: readApi,
  worker: readWorker,
  migrate: readMigrate,
} as const satisfies { [P in Part]: (env: Environment) => ConfigurationOf[P] };

/**
 * The validated configuration of one program.
 * @throws ConfigurationError that names every missing or malformed variable at once
 */
export function readConfiguration<P extends Part>(env: Environment, part: P): ConfigurationOf[P] {
  return readers[part](env) as ConfigurationOf[P];
}
