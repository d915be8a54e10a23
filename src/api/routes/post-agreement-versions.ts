import { nextDraftBody, readDraft } from '../agreements/draft-bodies.js';
import { actorOf } from '../principal.js';
import { json, routeWithBody } from '../route.js';
import { versionSummaryView } from '../views/version-view.js';
import { locationOf, requireVersion, requireVersions } from './version-of.js';

export const postAgreementVersions = routeWithBody({
  method: 'post',
  path: '/v1/agreements/:name/versions',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'Begin the next version, with a document or from what another version says',
  body: nextDraftBody,
  takesYaml: true,
  async handle(call, { versions, agreementDesk, calendars }) {
    const name = call.params['name'] ?? '';
    await requireVersions(call, { versions });
    const { from, ...given } = call.body;
    const named = { params: { name, version: String(from) } };
    const written = from === undefined ? given : { text: (await requireVersion(named, { versions })).text };
    const at = call.receivedAt;
    const document = readDraft(written, { calendars, at, name });
    const draft = await agreementDesk.draft(document, { actor: actorOf(call), at });
    return json(201, versionSummaryView(draft), { Location: locationOf(draft) });
  },
});
