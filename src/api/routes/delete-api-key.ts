import { actorOf } from '../principal.js';
import { json, type Route } from '../route.js';
import { keyView } from '../views/key-view.js';

export const deleteApiKey: Route = {
  method: 'delete',
  path: '/v1/api-keys/:id',
  access: 'key',
  roles: [],
  summary: 'Revoke a key: from now on it opens nothing',
  async handle(call, { keyDesk }) {
    const revoked = await keyDesk.revoke(call.params['id'] ?? '', actorOf(call));
    return json(200, keyView(revoked, call.receivedAt));
  },
};
