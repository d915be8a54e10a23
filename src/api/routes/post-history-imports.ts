import { z } from 'zod';
import { actorOf } from '../principal.js';
import { json, routeWithBody } from '../route.js';

const ROW_COUNT_MAX = 1_000;

export const postHistoryImports = routeWithBody({
  method: 'post',
  path: '/v1/history/imports',
  access: 'key',
  roles: ['ops'],
  summary: "Keep rows of another system's history for what-if; each bad row is named, good ones are kept",
  body: z.strictObject({ rows: z.array(z.unknown()).min(1).max(ROW_COUNT_MAX) }),
  handle: async (call, { historyImports }) => json(200, await historyImports.importRows(call.body.rows, actorOf(call))),
});
