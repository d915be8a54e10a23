import { reasonBody } from '../agreements/comment-bodies.js';
import { actorOf } from '../principal.js';
import { routeWithBody } from '../route.js';
import { refOf, replyOf, VERSION_PATH } from './version-of.js';

export const postAgreementReturn = routeWithBody({
  method: 'post',
  path: `${VERSION_PATH}/return`,
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'Send a version that is not active yet back to draft, whoever has signed it',
  body: reasonBody,
  async handle(call, { agreementDesk }) {
    return replyOf(await agreementDesk.return(refOf(call), call.body, { actor: actorOf(call), at: call.receivedAt }));
  },
});
