import { z } from 'zod';
import { rolloutLeadStatuses } from '../../domain/rollout/rollout.js';
import { json, type Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { rolloutLeadView } from '../views/rollout-view.js';
import { requireRollout } from './rollout-of.js';

const query = z.strictObject({
  status: z.enum(rolloutLeadStatuses).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});

export const getRolloutLeads: Route = {
  method: 'get',
  path: '/v1/rollouts/:id/leads',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'What became of each lead of a rollout, and why',
  async handle(call, parts) {
    const { status, cursor, limit } = validatedQuery(query, call.query);
    const { id } = await requireRollout(call.params['id'] ?? '', parts);
    const page = await parts.rollouts.leads(id, status, cursor, limit);
    const next = page.length < limit ? null : (page.at(-1)?.leadId ?? null);
    return json(200, { leads: page.map(rolloutLeadView), next });
  },
};
