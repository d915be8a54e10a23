import type { DemoLead } from './leads.js';

/** An API and the key to it. */
export interface ApiPlace {
  readonly url: string;
  readonly key: string;
}

const SOURCE = 'demo';

/** Hands a lead over as marketing automation would, unless it is there: a second start of the demo adds nothing. */
export async function handOver(api: ApiPlace, { commands, ...lead }: DemoLead): Promise<'new' | 'known'> {
  const path = `/v1/leads/${SOURCE}:${lead.externalId}`;
  if ((await call(api, 'GET', path)).status === 200) return 'known';
  const { owner } = await posted(api, '/v1/leads', { source: SOURCE, ...lead });
  for (const { command, body } of commands) await posted(api, `${path}/commands/${command}`, { by: owner, ...body });
  return 'new';
}

async function posted(api: ApiPlace, path: string, body: unknown): Promise<Record<string, unknown>> {
  const response = await call(api, 'POST', path, body);
  const answer = (await response.json()) as Record<string, unknown>;
  if (response.ok) return answer;
  throw new Error(`POST ${path} was answered with ${response.status}: ${String(answer['detail'])}`);
}

const call = ({ url, key }: ApiPlace, method: string, path: string, body?: unknown) =>
  fetch(`${url}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
