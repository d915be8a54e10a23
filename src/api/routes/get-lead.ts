import { z } from 'zod';
import { asOfParameter, requireRecorded } from '../as-of.js';
import { json, type Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { leadView } from '../views/lead-view.js';
import { requireStory } from './lead-of.js';

const query = z.strictObject({ asOf: asOfParameter });

export const getLead: Route = {
  method: 'get',
  path: '/v1/leads/:id',
  access: 'key',
  summary: 'One lead as it stands, or stood at `asOf`: stage, owner, clocks, warnings, escalations',
  async handle(call, parts) {
    const asOf = requireRecorded(validatedQuery(query, call.query).asOf, call.receivedAt);
    return json(200, leadView(await requireStory(call, parts, asOf)));
  },
};
