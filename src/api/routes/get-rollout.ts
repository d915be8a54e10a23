import { json, type Route } from '../route.js';
import { rolloutView } from '../views/rollout-view.js';
import { requireRollout } from './rollout-of.js';

export const getRollout: Route = {
  method: 'get',
  path: '/v1/rollouts/:id',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'How far a rollout has come: done, left, refused, failed, expected end',
  handle: async (call, parts) =>
    json(200, rolloutView(await requireRollout(call.params['id'] ?? '', parts), call.receivedAt)),
};
