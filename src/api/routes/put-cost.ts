import { z } from 'zod';
import { readCostRow } from '../../documents/index.js';
import { shortText } from '../field-schemas.js';
import { costMessages } from '../imports/cost-messages.js';
import { importRows } from '../imports/import-body.js';
import { actorOf } from '../principal.js';
import { ProblemError } from '../problems.js';
import { json, routeWithBody } from '../route.js';
import { invalidBody } from '../validated-body.js';

const amount = shortText(40).nullish();

export const putCost = routeWithBody({
  method: 'put',
  path: '/v1/costs/:month/:source',
  access: 'key',
  roles: ['ops'],
  summary: 'Say what a source cost in a month, in the place of what was said before; null takes it back',
  body: z.strictObject({ agreement: shortText(200).optional(), marketing: amount, sales: amount }),
  handle: async (call, { costs }) => {
    const { month, source } = call.params;
    const { stored, refused } = await importRows(
      [{ place: { index: 0 }, written: { ...call.body, month, source } }],
      (written) => readCostRow(written, call.receivedAt),
      (rows) => costs.importRows(rows, call.receivedAt, actorOf(call)),
      costMessages,
    );
    const [bad] = refused;
    if (bad?.code === 'unknown-agreement') throw new ProblemError('unknown-agreement');
    if (bad?.code === 'other-currency') throw new ProblemError('other-currency');
    if (bad !== undefined) throw invalidBody([{ path: '', message: bad.message }]);
    return json(200, { month, source, changed: stored === 1 });
  },
});
