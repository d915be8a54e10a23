import { z } from 'zod';
import { json, type Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { shadowView, withheldView } from '../views/shadow-view.js';
import { requireShadowable } from './shadowed-version.js';

const LIMIT_MAX = 200;
const countError = `must be a whole number from 1 to ${LIMIT_MAX}`;
const placeError = 'must be the next of an earlier answer';

const query = z.strictObject({
  limit: z.coerce
    .number({ error: countError })
    .int({ error: countError })
    .min(1, { error: countError })
    .max(LIMIT_MAX, { error: countError })
    .default(50),
  before: z.coerce.number({ error: placeError }).int({ error: placeError }).min(1, { error: placeError }).optional(),
});

export const getVersionShadow: Route = {
  method: 'get',
  path: '/v1/agreements/:name/versions/:version/shadow',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'The shadow of a version, and what would have gone out had it been live',
  async handle(call, { versions, shadows }) {
    const { limit, before } = validatedQuery(query, call.query);
    const version = await requireShadowable(call, versions);
    const [record, overview, listed] = await Promise.all([
      shadows.find(version),
      shadows.overview(version),
      shadows.list(version, before, limit),
    ]);
    const next = listed.length < limit ? null : (listed.at(-1)?.place ?? null);
    return json(200, { ...shadowView(version, record, overview), notices: listed.map(withheldView), next });
  },
};
