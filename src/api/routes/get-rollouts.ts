import { z } from 'zod';
import { json, type Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { rolloutView } from '../views/rollout-view.js';
import { requireRollout } from './rollout-of.js';

const query = z.strictObject({
  agreement: z.string().max(100).optional(),
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const getRollouts: Route = {
  method: 'get',
  path: '/v1/rollouts',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'Rollouts, the newest first',
  async handle(call, { rollouts }) {
    const { agreement, cursor, limit } = validatedQuery(query, call.query);
    if (cursor !== undefined) await requireRollout(cursor, { rollouts });
    const page = await rollouts.list(agreement, cursor, limit);
    const next = page.length < limit ? null : (page.at(-1)?.id ?? null);
    return json(200, { rollouts: page.map((rollout) => rolloutView(rollout, call.receivedAt)), next });
  },
};
