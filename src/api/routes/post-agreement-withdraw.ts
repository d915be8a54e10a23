import { reasonBody } from '../agreements/comment-bodies.js';
import { actorOf } from '../principal.js';
import { routeWithBody } from '../route.js';
import { refOf, replyOf, VERSION_PATH } from './version-of.js';

export const postAgreementWithdraw = routeWithBody({
  method: 'post',
  path: `${VERSION_PATH}/withdraw`,
  access: 'key',
  roles: ['ops', 'leader'],
  summary: "Take the signature of the key's person back before the version is active: it is a draft again",
  body: reasonBody,
  async handle(call, { agreementDesk }) {
    return replyOf(await agreementDesk.withdraw(refOf(call), call.body, { actor: actorOf(call), at: call.receivedAt }));
  },
});
