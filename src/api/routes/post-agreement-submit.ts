import { z } from 'zod';
import { invalidDocument } from '../agreements/draft-bodies.js';
import { actorOf } from '../principal.js';
import { routeWithBody } from '../route.js';
import { replyOf, requireVersion, VERSION_PATH } from './version-of.js';

export const postAgreementSubmit = routeWithBody({
  method: 'post',
  path: `${VERSION_PATH}/submit`,
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'Put a draft to its signers: from now on it is frozen, and each of them gets a link to sign it',
  body: z.strictObject({}),
  async handle(call, parts) {
    const version = await requireVersion(call, parts);
    // What cannot work as it is written is not put before anybody to sign; warnings are theirs to weigh.
    const { remarks } = await parts.agreementPapers.lint(version, call.receivedAt);
    const errors = remarks.filter(({ severity }) => severity === 'error');
    if (version.status === 'draft' && errors.length > 0) throw invalidDocument(errors);
    return replyOf(await parts.agreementDesk.submit(version, { actor: actorOf(call), at: call.receivedAt }));
  },
});
