import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { administer, connectionPartsOf, runStatement, type ConnectionParts } from './connection.js';
import { SafeAdapterFactory } from './safe-adapter.js';

/** A call as the Prisma CLI sends it, one JSON object a line. */
interface Call {
  readonly id: number;
  readonly method?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

type Engine = Readonly<Record<string, ((params: unknown) => Promise<Record<string, unknown> | undefined>) | undefined>>;

/** The part of the global WebAssembly that is used here; Node's types leave it to those of browsers. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: WebAssemblyExports };
  readonly RuntimeError: new () => Error;
}
interface WebAssemblyExports {
  readonly __wbindgen_start?: () => void;
}

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

/** By this exit code the Prisma CLI knows that the engine itself failed. */
const PANIC = 101;

/**
 * Serves the Prisma CLI as its schema engine does: either one `cli` command, or calls on standard input until it ends.
 * @param args the command line that Prisma gives its engine
 */
export async function runSchemaEngine(args: readonly string[]): Promise<void> {
  const { url } = JSON.parse(valuesOf(args, '--datasource')[0] ?? '{}') as { url: string };
  const command = args[args.indexOf('cli') + 1];
  if (args.includes('cli')) return runCommand(command, connectionPartsOf(url));
  process.on('uncaughtException', panic);
  loadEngine();
  for await (const line of createInterface({ input: process.stdin })) {
    await answer(JSON.parse(line) as Call, () => createEngine(connectionPartsOf(url), valuesOf(args, '--datamodels')));
  }
}

const valuesOf = (args: readonly string[], name: string): string[] =>
  args.flatMap((arg, i) => (arg === name ? [args[i + 1] ?? ''] : []));

function panic(error: Error): never {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exit(PANIC);
}

/** Prisma's own codes for what a server may say. */
const errorCodes: Readonly<Record<string, string>> = {
  '3D000': 'P1003',
  '28P01': 'P1000',
  '42P04': 'P1009',
  ECONNREFUSED: 'P1001',
};

async function runCommand(command: string | undefined, parts: ConnectionParts): Promise<void> {
  try {
    if (command === 'can-connect-to-database') await runStatement(parts, 'SELECT 1');
    if (command === 'create-database') await administer(parts, `CREATE DATABASE ${quoted(parts.database)}`);
    if (command === 'drop-database') await administer(parts, `DROP DATABASE IF EXISTS ${quoted(parts.database)}`);
  } catch (error) {
    const { message, code = '' } = error as Error & { code?: string };
    process.stderr.write('\n');
    log('ERROR', message || code, { error_code: errorCodes[code] ?? 'P1011', is_panic: false });
    process.exitCode = 1;
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function log(level: string, message: string, extra: Readonly<Record<string, unknown>>): void {
  const line = { timestamp: new Date().toISOString(), level, fields: { message, ...extra }, target: 'schema_engine' };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

function loadEngine(): void {
  const registry = { set_message: (message: string) => log('ERROR', message, { is_panic: true }) };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: registry });
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const module = new WebAssembly.Module(readFileSync(join(folder, 'schema_engine_bg.wasm')));
  const { exports } = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(exports);
  exports.__wbindgen_start?.();
}

async function createEngine(parts: ConnectionParts, schemaFiles: readonly string[]): Promise<Engine> {
  const datamodels = schemaFiles.map((file): [string, string] => [file, readFileSync(file, 'utf8')]);
  const factory = bindMigrationAwareSqlAdapterFactory(new SafeAdapterFactory(parts));
  const options = { datamodels: datamodels.length > 0 ? datamodels : undefined };
  return (await bindings.SchemaEngine.new(options, () => undefined, factory)) as unknown as Engine;
}

/** Each call gets an engine of its own: one that failed is not to be used again. */
async function answer({ id, method, params }: Call, open: () => Promise<Engine>): Promise<void> {
  if (method === undefined) return;
  try {
    send({ jsonrpc: '2.0', id, result: await call(await open(), id, method, params) });
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) process.exit(PANIC);
    send({ jsonrpc: '2.0', id, error: asRpcError(error) });
  }
}

const needReplay: readonly string[] = ['evaluateDataLoss', 'createMigration'];

async function call(engine: Engine, id: number, method: string, params: Call['params']) {
  // Only devDiagnostic replays the migrations into a shadow database; the others read what it left in the engine.
  if (needReplay.includes(method))
    await engine.devDiagnostic?.({ migrationsList: params.migrationsList, filters: params.filters });
  const run = engine[method === 'getDatabaseVersion' ? 'version' : method]?.bind(engine);
  if (run === undefined) throw new Error(`the schema engine of this checkout has no method ${method}`);
  const result = (await run(params)) ?? {};
  if (method === 'diff' && typeof result.stdout === 'string') print(id, result.stdout);
  return result;
}

/** Text for the terminal goes to the CLI as a call of our own. */
const print = (id: number, content: string): void =>
  send({ jsonrpc: '2.0', id: 1_000_000 + id, method: 'print', params: { content } });

function send(message: unknown): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function asRpcError(error: unknown) {
  const { message, code, meta } = error as Error & { code?: string; meta?: unknown };
  const data = { is_panic: false, message, error_code: code ?? null, meta: meta ?? null };
  return { code: 4466, message: 'An error happened. Check the data field for details.', data };
}
