import type { Route } from '../route.js';
import { REVIEW_PATH, unknownReview } from './review-of.js';

export const getReviewPack: Route = {
  method: 'get',
  path: `${REVIEW_PATH}/pack`,
  access: 'key',
  roles: ['leader', 'ops'],
  summary: 'What a review looks at, byte for byte as it was when it opened; the ETag is its SHA-256',
  async handle({ params }, { reviews }) {
    const id = params['id'] ?? '';
    const pack = await reviews.findPack(id);
    if (pack === undefined) throw unknownReview(id);
    const bytes = new TextDecoder().decode(pack.bytes);
    return { status: 200, content: { kind: 'stored-json', bytes }, headers: { ETag: `"${pack.hash}"` } };
  },
};
