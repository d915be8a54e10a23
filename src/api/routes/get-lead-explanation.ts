import { z } from 'zod';
import { asOfParameter, requireRecorded } from '../as-of.js';
import { json, type Reply, type Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { readable } from '../views/readable.js';
import { requireStory } from './lead-of.js';

const query = z.strictObject({ asOf: asOfParameter, format: z.enum(['json', 'text']).default('json') });

export const getLeadExplanation: Route = {
  method: 'get',
  path: '/v1/leads/:id/explain',
  access: 'key',
  roles: ['rep', 'ops', 'leader'],
  summary: 'Why each deadline of a lead is when it is, who used up the time, and what the verdict rests on',
  async handle(call, parts): Promise<Reply> {
    const { asOf: wanted, format } = validatedQuery(query, call.query);
    const asOf = requireRecorded(wanted, call.receivedAt);
    const explanation = await parts.explanations.explain(
      await requireStory(call, parts, asOf),
      asOf ?? call.receivedAt,
    );
    if (format === 'json') return json(200, readable(explanation));
    return { status: 200, content: { kind: 'text', text: `${parts.explanations.inWords(explanation)}\n` } };
  },
};
