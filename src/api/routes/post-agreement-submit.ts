import { z } from 'zod';
import { actorOf } from '../principal.js';
import { routeWithBody } from '../route.js';
import { refOf, replyOf, VERSION_PATH } from './version-of.js';

export const postAgreementSubmit = routeWithBody({
  method: 'post',
  path: `${VERSION_PATH}/submit`,
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'Put a draft to its signers: from now on it is frozen, and each of them gets a link to sign it',
  body: z.strictObject({}),
  async handle(call, { agreementDesk }) {
    return replyOf(await agreementDesk.submit(refOf(call), { actor: actorOf(call), at: call.receivedAt }));
  },
});
