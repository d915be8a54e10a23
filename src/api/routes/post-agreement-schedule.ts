import { z } from 'zod';
import { actorOf } from '../principal.js';
import { routeWithBody } from '../route.js';
import { refOf, replyOf, VERSION_PATH } from './version-of.js';

export const postAgreementSchedule = routeWithBody({
  method: 'post',
  path: `${VERSION_PATH}/schedule`,
  access: 'key',
  roles: ['ops'],
  summary:
    'Publish a signed version, in shadow if wanted: new leads follow it from its effectiveFrom, at once if that day has come',
  body: z.strictObject({
    /** It then judges from its first lead on, mails nothing and moves nobody. */
    shadow: z.boolean().default(false),
  }),
  async handle(call, { agreementDesk }) {
    const { shadow: inShadow } = call.body;
    const doing = { actor: actorOf(call), at: call.receivedAt };
    return replyOf(await agreementDesk.publish(refOf(call), { inShadow }, doing));
  },
});
