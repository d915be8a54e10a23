import { z } from 'zod';
import { asOfParameter, requireRecorded } from '../as-of.js';
import { json, type Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { timelineView } from '../views/timeline-view.js';
import { requireLead } from './lead-of.js';

const query = z.strictObject({ asOf: asOfParameter });

export const getLeadTimeline: Route = {
  method: 'get',
  path: '/v1/leads/:id/timeline',
  access: 'key',
  roles: ['rep', 'ops', 'leader'],
  summary: "A lead's story, up to now or to `asOf`, event by event, in plain sentences and as data",
  async handle(call, parts) {
    const asOf = requireRecorded(validatedQuery(query, call.query).asOf, call.receivedAt);
    const { leadId } = await requireLead(call, parts, asOf);
    return json(200, timelineView(leadId, await parts.ledger.read(leadId, asOf)));
  },
};
