import { z } from 'zod';
import { json, type Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { correctionView } from '../views/correction-view.js';
import { requireCorrection } from './correction-of.js';

const query = z.strictObject({
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const getCorrections: Route = {
  method: 'get',
  path: '/v1/corrections',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'Corrections, the newest first',
  async handle(call, { corrections }) {
    const { cursor, limit } = validatedQuery(query, call.query);
    if (cursor !== undefined) await requireCorrection({ params: { id: cursor } }, { corrections });
    const page = await corrections.list(cursor, limit);
    const next = page.length < limit ? null : (page.at(-1)?.id ?? null);
    return json(200, { corrections: page.map(correctionView), next });
  },
};
