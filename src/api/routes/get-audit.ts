import { z } from 'zod';
import { asOfParameter, requireRecorded } from '../as-of.js';
import { instant, shortText } from '../field-schemas.js';
import { json, type Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { auditEntryView } from '../views/audit-view.js';
import { isoOrNull } from '../views/iso.js';

const LIMIT_MAX = 500;
const LIMIT_ADVICE = `must be a whole number from 1 to ${LIMIT_MAX}`;

const query = z.strictObject({
  subject: shortText(300).optional(),
  by: shortText(100).optional(),
  from: instant.optional(),
  to: instant.optional(),
  asOf: asOfParameter,
  limit: z.coerce
    .number({ error: LIMIT_ADVICE })
    .int({ error: LIMIT_ADVICE })
    .min(1, { error: LIMIT_ADVICE })
    .max(LIMIT_MAX, { error: LIMIT_ADVICE })
    .default(100),
  /** The `next` of the page before. */
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, { error: 'must be the next of an earlier answer' })
    .transform(Number)
    .optional(),
});

export const getAudit: Route = {
  method: 'get',
  path: '/v1/audit',
  access: 'key',
  roles: ['ops'],
  summary: "Who changed what and when outside the leads' own stories, newest first, with before and after",
  async handle(call, { auditEntries }) {
    const { cursor, limit, ...filter } = validatedQuery(query, call.query);
    const asOf = requireRecorded(filter.asOf, call.receivedAt);
    // One more than is shown tells whether there are more.
    const found = await auditEntries.list({ ...filter, before: cursor, limit: limit + 1 });
    const entries = found.slice(0, limit);
    const next = found.length > limit ? String(entries.at(-1)?.id) : null;
    return json(200, { asOf: isoOrNull(asOf), entries: entries.map(auditEntryView), next });
  },
};
