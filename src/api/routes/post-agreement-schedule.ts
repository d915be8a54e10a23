import { z } from 'zod';
import { actorOf } from '../principal.js';
import { routeWithBody } from '../route.js';
import { refOf, replyOf, VERSION_PATH } from './version-of.js';

export const postAgreementSchedule = routeWithBody({
  method: 'post',
  path: `${VERSION_PATH}/schedule`,
  access: 'key',
  roles: ['ops'],
  summary: 'Publish a signed version: new leads follow it from its effectiveFrom on, at once if that day has come',
  body: z.strictObject({}),
  async handle(call, { agreementDesk }) {
    return replyOf(await agreementDesk.publish(refOf(call), { actor: actorOf(call), at: call.receivedAt }));
  },
});
