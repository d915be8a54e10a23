import { json, type Route } from '../route.js';
import { timelineView } from '../views/timeline-view.js';
import { requireLead } from './lead-of.js';

export const getLeadTimeline: Route = {
  method: 'get',
  path: '/v1/leads/:id/timeline',
  access: 'key',
  summary: "A lead's story, event by event, in plain sentences and as data",
  async handle(call, parts) {
    const { leadId } = await requireLead(call, parts);
    return json(200, timelineView(leadId, await parts.ledger.read(leadId)));
  },
};
