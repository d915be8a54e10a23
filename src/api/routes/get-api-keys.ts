import { json, type Route } from '../route.js';
import { keyView } from '../views/key-view.js';

export const getApiKeys: Route = {
  method: 'get',
  path: '/v1/api-keys',
  access: 'key',
  roles: [],
  summary: 'Every key that was ever made, newest first, without the keys themselves',
  async handle({ receivedAt }, { keyDesk }) {
    const keys = await keyDesk.list();
    return json(200, { keys: keys.map((key) => keyView(key, receivedAt)) });
  },
};
