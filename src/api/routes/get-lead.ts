import { z } from 'zod';
import { asOfParameter, requireRecorded } from '../as-of.js';
import { json, type Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { foldLead } from '../../domain/lifecycle/evolve.js';
import { leadView } from '../views/lead-view.js';
import { stepView } from '../views/step-view.js';
import { requireStory } from './lead-of.js';

const query = z.strictObject({ asOf: asOfParameter });

export const getLead: Route = {
  method: 'get',
  path: '/v1/leads/:id',
  access: 'key',
  roles: ['rep', 'ops', 'leader'],
  summary: 'One lead as it stands, or stood at `asOf`: stage, owner, clocks, warnings, escalations, next step',
  async handle(call, parts) {
    const asOf = requireRecorded(validatedQuery(query, call.query).asOf, call.receivedAt);
    const story = await requireStory(call, parts, asOf);
    if (asOf !== undefined) return json(200, leadView(story));
    // Guidance is for now: it reads the directory, of which no past state is kept.
    const nextStep = stepView(await parts.guide.stepOf(foldLead(story), call.receivedAt));
    return json(200, { ...leadView(story), nextStep });
  },
};
