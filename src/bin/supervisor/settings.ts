import { resolve } from 'node:path';
import { z } from 'zod';
import { databaseUrl, port, smtpUrl, temporalAddress, validated } from '../configuration.js';

/** The ports of everything that `npm start` may start, and the variable that moves each. */
export const portVariables = {
  api: 'HANDOFF_API_PORT',
  inbox: 'HANDOFF_INBOX_PORT',
  smtp: 'HANDOFF_SMTP_PORT',
  temporal: 'HANDOFF_TEMPORAL_PORT',
  temporalUi: 'HANDOFF_TEMPORAL_UI_PORT',
  postgres: 'HANDOFF_PG_PORT',
} as const;

export type PortName = keyof typeof portVariables;

/** What `npm start` reads from its environment. Servers that are named there are used instead of started. */
export interface Settings {
  readonly ports: Readonly<Record<PortName, number>>;
  /** An absolute path; everything that outlives a start is below it. */
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly temporalAddress: string | undefined;
  readonly temporalNamespace: string;
  readonly smtpUrl: string | undefined;
  readonly isDemoOn: boolean;
  readonly mailFrom: string;
  readonly opsEmail: string;
  readonly workspace: string;
}

const schema = z.object({
  HANDOFF_API_PORT: port(4100),
  HANDOFF_INBOX_PORT: port(4180),
  HANDOFF_SMTP_PORT: port(4125),
  HANDOFF_TEMPORAL_PORT: port(4233),
  HANDOFF_TEMPORAL_UI_PORT: port(4280),
  HANDOFF_PG_PORT: port(4132),
  HANDOFF_DATA_DIR: z.string().default('.handoff'),
  HANDOFF_DEMO: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  DATABASE_URL: databaseUrl.optional(),
  TEMPORAL_ADDRESS: temporalAddress.optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  SMTP_URL: smtpUrl.optional(),
  HANDOFF_MAIL_FROM: z.string().default('Handoff <handoff@handoff.example>'),
  HANDOFF_OPS_EMAIL: z.string().default('ops@handoff.example'),
  HANDOFF_WORKSPACE: z.string().default('default'),
});

/** @throws ConfigurationError with all mistakes at once */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const values = validated('npm start', schema, env);
  const ports = Object.fromEntries(
    Object.entries(portVariables).map(([name, variable]) => [name, values[variable]]),
  ) as Record<PortName, number>;
  return {
    ports,
    dataDir: resolve(values.HANDOFF_DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    temporalAddress: values.TEMPORAL_ADDRESS,
    temporalNamespace: values.TEMPORAL_NAMESPACE,
    smtpUrl: values.SMTP_URL,
    isDemoOn: values.HANDOFF_DEMO === 'on',
    mailFrom: values.HANDOFF_MAIL_FROM,
    opsEmail: values.HANDOFF_OPS_EMAIL,
    workspace: values.HANDOFF_WORKSPACE,
  };
}

/** The ports of what these settings start; those of servers that run elsewhere do not matter. */
export function portsInUse({ databaseUrl, temporalAddress, smtpUrl }: Settings): PortName[] {
  return [
    'api' as const,
    ...(databaseUrl === undefined ? (['postgres'] as const) : []),
    ...(temporalAddress === undefined ? (['temporal', 'temporalUi'] as const) : []),
    ...(smtpUrl === undefined ? (['smtp', 'inbox'] as const) : []),
  ];
}
