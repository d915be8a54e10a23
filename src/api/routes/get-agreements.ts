import { json, type Route } from '../route.js';
import { agreementView } from '../views/version-view.js';

export const getAgreements: Route = {
  method: 'get',
  path: '/v1/agreements',
  access: 'key',
  roles: ['rep', 'ops', 'leader'],
  summary: 'Every agreement, with the version that is active',
  async handle(_call, { versions }) {
    const agreements = await versions.listAgreements();
    return json(200, { agreements: agreements.map(agreementView) });
  },
};
