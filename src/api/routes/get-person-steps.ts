import { z } from 'zod';
import { belongsToAnother, mayRead } from '../own-leads.js';
import { requirePrincipal } from '../principal.js';
import { ProblemError } from '../problems.js';
import { json, type Route } from '../route.js';
import { invalidQuery, validatedQuery } from '../validated-body.js';
import { repDayView } from '../views/step-view.js';

const query = z.strictObject({ date: z.iso.date({ error: 'must be a date such as 2026-11-23' }).optional() });

export const getPersonSteps: Route = {
  method: 'get',
  path: '/v1/people/:id/steps',
  access: 'key',
  roles: ['rep', 'ops', 'leader'],
  summary: "A rep's next steps of one day, today unless said, in the order in which they are to be made",
  async handle(call, { guide }) {
    const { date } = validatedQuery(query, call.query);
    const person = call.params['id'] ?? '';
    if (!mayRead(requirePrincipal(call), person)) throw belongsToAnother('Those are the steps of somebody else');
    const day = await guide.dayOf(person, date, call.receivedAt);
    if (day === undefined) {
      throw new ProblemError('unknown-person', { detail: `There is no person ${JSON.stringify(person)}` });
    }
    if (day.date < day.today) {
      throw invalidQuery([{ path: 'date', message: `must not lie before ${day.today}, the rep's today` }]);
    }
    return json(200, repDayView(person, day));
  },
};
