import { json, type Route } from '../route.js';
import { holdView } from '../views/hold-view.js';

export const getNoticesHeld: Route = {
  method: 'get',
  path: '/v1/notices/held',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'Whether notices are held, by whom and why, and how many wait',
  handle: async (_call, { noticeHolds }) => json(200, holdView(await noticeHolds.overview())),
};
