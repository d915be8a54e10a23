import { z } from 'zod';
import { rolloutModes } from '../../domain/lifecycle/commands.js';
import { instant, shortText } from '../field-schemas.js';
import { cursorOf } from '../rollouts/preview-cursor.js';
import { json, routeWithBody } from '../route.js';
import { invalidBody } from '../validated-body.js';
import { previewView } from '../views/preview-view.js';
import { requireSegments, requireVersion } from './version-of.js';

const DAY_MS = 86_400_000;
const AHEAD_DAYS_MAX = 90;

export const postVersionPreview = routeWithBody({
  method: 'post',
  path: '/v1/agreements/:name/versions/:version/preview',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'Which running leads a version would change, page by page, and how; nothing is changed by asking',
  body: z.strictObject({
    mode: z.enum(rolloutModes),
    segments: z.array(shortText(100)).max(100).default([]),
    /** Now, unless said: what falls due until then has happened. */
    at: instant.optional(),
    limit: z.int().min(1).max(500).default(200),
    cursor: z.string().max(20_000).optional(),
  }),
  async handle(call, parts) {
    const { mode, segments, limit, cursor } = call.body;
    const version = await requireVersion(call, parts);
    requireSegments(version, segments);
    const at = requireAhead(call.body.at, call.receivedAt);
    const from = cursor === undefined ? {} : { cursor: cursorOf(cursor) };
    const question = { version, mode, segments, at, limit, ...from };
    return json(200, previewView(question, await parts.previews.page(question)));
  },
});

/** @throws ProblemError `invalid-body` */
function requireAhead(at: number | undefined, now: number): number {
  if (at === undefined || (at >= now && at <= now + AHEAD_DAYS_MAX * DAY_MS)) return at ?? now;
  const message = `must not lie in the past, nor more than ${AHEAD_DAYS_MAX} days ahead; leave it out for now`;
  throw invalidBody([{ path: 'at', message }]);
}
