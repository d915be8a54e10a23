import { z } from 'zod';
import { keyRoles } from '../../domain/access/api-key.js';
import { instant, shortText } from '../field-schemas.js';
import { actorOf } from '../principal.js';
import { json, routeWithBody } from '../route.js';
import { keyView } from '../views/key-view.js';

const body = z.strictObject({
  name: shortText(100),
  role: z.enum(keyRoles),
  person: shortText(100).optional(),
  expiresAt: instant.optional(),
});

export const postApiKeys = routeWithBody({
  method: 'post',
  path: '/v1/api-keys',
  access: 'key',
  roles: [],
  summary: 'Make a key for a person and a role; the answer is the only place that ever shows it',
  body,
  async handle(call, { keyDesk }) {
    const { apiKey, key } = await keyDesk.make(call.body, actorOf(call), call.receivedAt);
    return json(201, { ...keyView(apiKey, call.receivedAt), key }, { 'Cache-Control': 'no-store' });
  },
});
