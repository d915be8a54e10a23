import { z } from 'zod';
import { reviewStatuses } from '../../domain/reviews/index.js';
import { shortText } from '../field-schemas.js';
import { json, type Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { reviewSummaryView } from '../views/review-view.js';
import { requireReview } from './review-of.js';

const query = z.strictObject({
  agreement: shortText(200).optional(),
  status: z.enum(reviewStatuses).optional(),
  cursor: shortText(300).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const getReviews: Route = {
  method: 'get',
  path: '/v1/reviews',
  access: 'key',
  roles: ['leader', 'ops'],
  summary: 'Reviews of agreements, the newest first',
  async handle(call, { reviews }) {
    const { agreement, status, cursor, limit } = validatedQuery(query, call.query);
    if (cursor !== undefined) await requireReview({ params: { id: cursor } }, { reviews });
    const page = await reviews.list({ agreement, status, before: cursor, limit });
    const next = page.length < limit ? null : (page.at(-1)?.id ?? null);
    return json(200, { reviews: page.map(reviewSummaryView), next });
  },
};
