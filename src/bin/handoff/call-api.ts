/**
 * Here the command line gets its ports: the API it speaks to, the servers it reads, the ledger it verifies.
 * What a command says and prints stays in `src/cli`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CliPorts } from '../../cli/index.js';

type Environment = Readonly<Record<string, string | undefined>>;

const WITHIN_MS = 30_000;

/**
 * The API at HANDOFF_URL with HANDOFF_API_KEY; without them, that of `npm start` on this machine, with the key that it keeps
 * in its data folder.
 */
export const createApiCaller =
  (env: Environment): CliPorts['callApi'] =>
  async (method, path, body) => {
    const url = (env['HANDOFF_URL'] ?? `http://127.0.0.1:${env['HANDOFF_API_PORT'] ?? '4100'}`).replace(/\/+$/, '');
    const key = findKey(env);
    if (key === undefined)
      return { kind: 'unreachable', reason: `no API key: set HANDOFF_API_KEY, or ${START_ADVICE}` };
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { Authorization: `Bearer ${key}`, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(WITHIN_MS),
      });
      return { kind: 'answer', status: response.status, body: await bodyOf(response) };
    } catch {
      return { kind: 'unreachable', reason: `no API answers at ${url}: set HANDOFF_URL, or ${START_ADVICE}` };
    }
  };

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
