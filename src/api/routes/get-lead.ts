import { json, type Route } from '../route.js';
import { leadView } from '../views/lead-view.js';
import { requireStory } from './lead-of.js';

export const getLead: Route = {
  method: 'get',
  path: '/v1/leads/:id',
  access: 'key',
  summary: 'One lead as it stands: stage, owner, clocks, warnings, escalations',
  handle: async (call, parts) => json(200, leadView(await requireStory(call, parts))),
};
