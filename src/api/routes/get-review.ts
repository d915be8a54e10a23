import { json, type Route } from '../route.js';
import { reviewView } from '../views/review-view.js';
import { requireReview, REVIEW_PATH } from './review-of.js';

export const getReview: Route = {
  method: 'get',
  path: REVIEW_PATH,
  access: 'key',
  roles: ['leader', 'ops'],
  summary: 'One review: what it looks at, what was said in it, and what it still lacks before it can close',
  async handle(call, { reviews }) {
    return json(200, reviewView(await requireReview(call, { reviews })));
  },
};
