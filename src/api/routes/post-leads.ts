/**
 * One file per route lives here, named after verb and noun: what a call is checked for, and which part answers it.
 * Nothing here knows Express, SQL or Temporal.
 */
import { leadBody } from '../intake/lead-body.js';
import { routeWithBody } from '../route.js';

export const postLeads = routeWithBody({
  method: 'post',
  path: '/v1/leads',
  access: 'key',
  roles: ['intake', 'ops'],
  summary: 'Hand a lead over',
  body: leadBody,
  async handle({ body, rawBody, receivedAt }, { intake }) {
    const { status, bytes } = await intake.take(body, rawBody, receivedAt);
    return { status, content: { kind: 'stored-json', bytes } };
  },
});
