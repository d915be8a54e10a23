import { json, type Route } from '../route.js';
import { versionSummaryView } from '../views/version-view.js';
import { requireVersions } from './version-of.js';

export const getAgreementVersions: Route = {
  method: 'get',
  path: '/v1/agreements/:name/versions',
  access: 'key',
  roles: ['rep', 'ops', 'leader'],
  summary: 'Every version of an agreement, the oldest first',
  async handle(call, { versions }) {
    const found = await requireVersions(call, { versions });
    return json(200, { versions: found.map(versionSummaryView) });
  },
};
