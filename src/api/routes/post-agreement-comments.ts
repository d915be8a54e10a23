import { commentBody } from '../agreements/comment-bodies.js';
import { actorOf } from '../principal.js';
import { json, routeWithBody } from '../route.js';
import { commentView } from '../views/version-view.js';
import { refOf, refusalReply, VERSION_PATH } from './version-of.js';

export const postAgreementComments = routeWithBody({
  method: 'post',
  path: `${VERSION_PATH}/comments`,
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'Comment on a version in review; it stays with the version',
  body: commentBody,
  async handle(call, { agreementDesk }) {
    const { text } = call.body;
    const actor = actorOf(call);
    const at = call.receivedAt;
    const outcome = await agreementDesk.comment(refOf(call), text, { actor, at });
    if (outcome.kind === 'refused') return refusalReply(outcome);
    return json(201, commentView({ by: actor.by, at, text, key: outcome.version.key }));
  },
});
