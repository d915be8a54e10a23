import type { Route } from '../route.js';

export const getVersionWhatIf: Route = {
  method: 'get',
  path: '/v1/agreements/:name/versions/:version/what-if',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'What a stored version would have made of past leads, beside what was made of them',
  handle: async ({ params, query, receivedAt }, { whatIfs }) => ({
    status: 200,
    content: await whatIfs.ofVersion(params['name']!, params['version']!, query, receivedAt),
  }),
};
