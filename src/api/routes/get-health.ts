import { json, type Route } from '../route.js';

export const getHealth: Route = {
  method: 'get',
  path: '/healthz',
  access: 'open',
  summary: 'Whether this process answers at all',
  handle: () => Promise.resolve(json(200, { status: 'ok' })),
};
