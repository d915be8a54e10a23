import { z } from 'zod';
import { prose } from '../field-schemas.js';
import { actorOf } from '../principal.js';
import { json, routeWithBody } from '../route.js';
import { holdView } from '../views/hold-view.js';

export const postNoticesHold = routeWithBody({
  method: 'post',
  path: '/v1/notices/hold',
  access: 'key',
  roles: ['ops'],
  summary: 'Stop all outgoing notices at once, without losing one',
  body: z.strictObject({ reason: prose.optional() }),
  async handle(call, { noticeHolds }) {
    const { reason = null } = call.body;
    const hasChanged = await noticeHolds.hold({ ...actorOf(call), at: call.receivedAt, reason });
    return json(200, { ...holdView(await noticeHolds.overview()), hasChanged });
  },
});
