import { z } from 'zod';
import { goLive } from '../../domain/shadow/shadow.js';
import { shortText } from '../field-schemas.js';
import { actorOf } from '../principal.js';
import { ProblemError } from '../problems.js';
import { json, routeWithBody } from '../route.js';
import { shadowView } from '../views/shadow-view.js';
import { requireInLife, requireLadders, requireShadowable } from './shadowed-version.js';

export const postVersionGoLive = routeWithBody({
  method: 'post',
  path: '/v1/agreements/:name/versions/:version/go-live',
  access: 'key',
  roles: ['ops'],
  summary: 'End the shadow of a version, or of one of its ladders; what was withheld is never sent',
  body: z.strictObject({ ladder: shortText(100).optional() }),
  async handle(call, { versions, shadows }) {
    const version = await requireShadowable(call, versions);
    requireInLife(version);
    const { ladder } = call.body;
    if (ladder !== undefined) requireLadders(version, [{ path: 'ladder', ladder }]);
    const change = { ...actorOf(call), at: call.receivedAt };
    const going = await shadows.goLive(version, (shadow) => goLive(shadow, ladder), change);
    if (going.kind === 'refused') throw new ProblemError(going.code);
    return json(200, shadowView(version, await shadows.find(version), await shadows.overview(version)));
  },
});
