import { z } from 'zod';
import { actorOf } from '../principal.js';
import { json, routeWithBody } from '../route.js';
import { holdView } from '../views/hold-view.js';

export const postNoticesRelease = routeWithBody({
  method: 'post',
  path: '/v1/notices/release',
  access: 'key',
  roles: ['ops'],
  summary: 'Let notices leave again: first all that waited, each once, those of a lead in their order',
  body: z.strictObject({}),
  async handle(call, { noticeHolds }) {
    const hasChanged = await noticeHolds.release({ ...actorOf(call), at: call.receivedAt });
    return json(200, { ...holdView(await noticeHolds.overview()), hasChanged });
  },
});
