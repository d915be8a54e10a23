import { agreementJsonSchema } from '../../documents/index.js';
import { json, type Route } from '../route.js';

const schema = agreementJsonSchema();

export const getAgreementSchema: Route = {
  method: 'get',
  path: '/schemas/agreement.json',
  access: 'open',
  summary: 'The JSON Schema of an agreement, with which editors complete, explain and check it',
  handle: () => Promise.resolve(json(200, schema, { 'Cache-Control': 'public, max-age=3600' })),
};
