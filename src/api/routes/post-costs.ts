import { costColumns, costFrom, readCostRow } from '../../documents/index.js';
import { costMessages } from '../imports/cost-messages.js';
import { importBody, importRows, sentRows } from '../imports/import-body.js';
import { actorOf } from '../principal.js';
import { json, routeWithBody } from '../route.js';

export const postCosts = routeWithBody({
  method: 'post',
  path: '/v1/costs',
  access: 'key',
  roles: ['ops'],
  summary: 'Keep what sources cost by month; each bad row is named, good ones are kept',
  body: importBody,
  takesCsv: true,
  handle: async (call, { costs }) => {
    const report = await importRows(
      sentRows(call.body, { columns: costColumns, rowFrom: costFrom }),
      (written) => readCostRow(written, call.receivedAt),
      (rows) => costs.importRows(rows, call.receivedAt, actorOf(call)),
      costMessages,
    );
    return json(200, report);
  },
});
