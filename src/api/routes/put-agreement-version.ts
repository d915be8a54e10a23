import { changedDraftBody, readDraft } from '../agreements/draft-bodies.js';
import { actorOf } from '../principal.js';
import { routeWithBody } from '../route.js';
import { refOf, replyOf, VERSION_PATH } from './version-of.js';

export const putAgreementVersion = routeWithBody({
  method: 'put',
  path: VERSION_PATH,
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'Put another document in the place of a draft',
  body: changedDraftBody,
  takesYaml: true,
  async handle(call, { agreementDesk, calendars }) {
    const ref = refOf(call);
    const at = call.receivedAt;
    const document = readDraft(call.body, { calendars, at, name: ref.name });
    return replyOf(await agreementDesk.edit(ref, document, call.body.replaces, { actor: actorOf(call), at }));
  },
});
