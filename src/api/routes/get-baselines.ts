import { z } from 'zod';
import { asOfParameter, requireRecorded } from '../as-of.js';
import { json, type Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { baselineView } from '../views/baseline-view.js';
import { requireVersions } from './version-of.js';

const query = z.strictObject({ asOf: asOfParameter });

export const getBaselines: Route = {
  method: 'get',
  path: '/v1/agreements/:name/baselines',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'The baselines that were entered for the metrics of an agreement',
  async handle(call, { baselines, versions }) {
    const { asOf } = validatedQuery(query, call.query);
    await requireVersions(call, { versions });
    const entered = await baselines.list(call.params['name'] ?? '', requireRecorded(asOf, call.receivedAt));
    return json(200, { baselines: entered.map(baselineView) });
  },
};
