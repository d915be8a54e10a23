import { draftBody, readDraft } from '../agreements/draft-bodies.js';
import { actorOf } from '../principal.js';
import { ProblemError } from '../problems.js';
import { json, routeWithBody } from '../route.js';
import { versionSummaryView } from '../views/version-view.js';
import { locationOf } from './version-of.js';

export const postAgreements = routeWithBody({
  method: 'post',
  path: '/v1/agreements',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'Begin an agreement with a draft of its first version',
  body: draftBody,
  takesYaml: true,
  async handle(call, { versions, agreementDesk, calendars }) {
    const at = call.receivedAt;
    const document = readDraft(call.body, { calendars, at });
    const { name } = document.terms;
    if ((await versions.listVersions(name)).length > 0) {
      throw new ProblemError('agreement-exists', { detail: `There is an agreement ${name}` });
    }
    const draft = await agreementDesk.draft(document, { actor: actorOf(call), at });
    return json(201, versionSummaryView(draft), { Location: locationOf(draft) });
  },
});
