import { z } from 'zod';
import { actorOf } from '../principal.js';
import { routeWithBody } from '../route.js';
import { refOf, replyOf, VERSION_PATH } from './version-of.js';

export const postAgreementSign = routeWithBody({
  method: 'post',
  path: `${VERSION_PATH}/sign`,
  access: 'key',
  roles: ['ops', 'leader'],
  summary: "Sign, as the key's person, the document with the hash that is given",
  body: z.strictObject({
    hash: z.string().regex(/^[0-9a-f]{64}$/, { error: 'must be the hash of the version, 64 hexadecimal digits' }),
  }),
  async handle(call, { agreementDesk }) {
    const { hash } = call.body;
    return replyOf(await agreementDesk.sign(refOf(call), hash, { actor: actorOf(call), at: call.receivedAt }));
  },
});
