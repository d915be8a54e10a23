/**
 * Here the command line gets its ports: the API it speaks to, the servers it reads, the ledger it verifies.
 * What a command says and prints stays in `src/cli`.
 */
import { createWriteStream, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { CliPorts, NoAnswer } from '../../cli/index.js';

type Environment = Readonly<Record<string, string | undefined>>;

const WITHIN_MS = 30_000;

/**
 * The API at HANDOFF_URL with HANDOFF_API_KEY; without them, that of `npm start` on this machine, with the key that it keeps
 * in its data folder.
 */
export const createApiCaller =
  (env: Environment): CliPorts['callApi'] =>
  (method, path, body) =>
    reach(env, async ({ url, key }) => {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { Authorization: `Bearer ${key}`, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(WITHIN_MS),
      });
      return { kind: 'answer', status: response.status, body: await bodyOf(response) };
    });

/**
 * Writes what the same API answers into a file, as it comes: it may be larger than memory. A file is there only once it is
 * whole; a refusal is an answer, and writes none.
 */
export const createDownloader =
  (env: Environment): CliPorts['download'] =>
  (path, file) =>
    reach(env, async ({ url, key }) => {
      const response = await fetch(`${url}${path}`, { headers: { Authorization: `Bearer ${key}` } });
      if (!response.ok) return { kind: 'answer', status: response.status, body: await bodyOf(response) };
      await write(response, file);
      return { kind: 'answer', status: response.status, body: undefined };
    });

async function write({ body }: Response, file: string): Promise<void> {
  const part = `${file}.part`;
  try {
    await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(part));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

interface Place {
  readonly url: string;
  readonly key: string;
}

/** Speaks to the API, and says what to do where it cannot be reached. */
async function reach<A>(env: Environment, speak: (place: Place) => Promise<A>): Promise<A | NoAnswer> {
  const url = (env['HANDOFF_URL'] ?? `http://127.0.0.1:${env['HANDOFF_API_PORT'] ?? '4100'}`).replace(/\/+$/, '');
  const key = findKey(env);
  if (key === undefined) return { kind: 'unreachable', reason: `no API key: set HANDOFF_API_KEY, or ${START_ADVICE}` };
  try {
    return await speak({ url, key });
  } catch (error) {
    return { kind: 'unreachable', reason: reasonOf(error, url) };
  }
}

/** A file that cannot be written is no fault of the API's. */
function reasonOf(error: unknown, url: string): string {
  const { path, message } = error as NodeJS.ErrnoException;
  return path === undefined
    ? `no API answers at ${url}: set HANDOFF_URL, or ${START_ADVICE}`
    : `the file cannot be written: ${message}`;
}

const START_ADVICE = 'run npm start in this folder';

async function bodyOf(response: Response): Promise<unknown> {
  if (response.headers.get('content-type') === 'application/pdf') return new Uint8Array(await response.arrayBuffer());
  const text = await response.text();
  return /json/.test(response.headers.get('content-type') ?? '') ? (JSON.parse(text) as unknown) : text;
}

function findKey(env: Environment): string | undefined {
  const said = env['HANDOFF_API_KEY'] ?? env['HANDOFF_ADMIN_KEY'];
  if (said !== undefined && said !== '') return said;
  try {
    return readFileSync(join(env['HANDOFF_DATA_DIR'] ?? '.handoff', 'admin-key'), 'utf8').trim();
  } catch {
    return undefined;
  }
}
