import { z } from 'zod';
import type { Shadow } from '../../domain/shadow/shadow.js';
import { shortText } from '../field-schemas.js';
import { actorOf } from '../principal.js';
import { json, routeWithBody } from '../route.js';
import { shadowView } from '../views/shadow-view.js';
import { requireInLife, requireLadders, requireShadowable } from './shadowed-version.js';

const body = z.strictObject({
  /** Absent: all of it. */
  ladders: z.array(shortText(100)).min(1, { error: 'must name a ladder; leave it out for all of them' }).optional(),
});

export const postVersionShadow = routeWithBody({
  method: 'post',
  path: '/v1/agreements/:name/versions/:version/shadow',
  access: 'key',
  roles: ['ops'],
  summary: 'Put a version in shadow, wholly or on some ladders: it judges, but mails nothing and moves nobody',
  body,
  async handle(call, { versions, shadows }) {
    const version = await requireShadowable(call, versions);
    requireInLife(version);
    const { ladders } = call.body;
    requireLadders(
      version,
      (ladders ?? []).map((ladder, index) => ({ path: `ladders.${index}`, ladder })),
    );
    await shadows.set(version, shadowOf(ladders), { ...actorOf(call), at: call.receivedAt });
    return json(200, shadowView(version, await shadows.find(version), await shadows.overview(version)));
  },
});

const shadowOf = (ladders: readonly string[] | undefined): Shadow =>
  ladders === undefined ? { covers: 'all', liveLadders: [] } : { covers: 'ladders', ladders: [...new Set(ladders)] };
