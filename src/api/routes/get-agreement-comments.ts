import { json, type Route } from '../route.js';
import { commentView } from '../views/version-view.js';
import { requireVersion, VERSION_PATH } from './version-of.js';

export const getAgreementComments: Route = {
  method: 'get',
  path: `${VERSION_PATH}/comments`,
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'What was said of a version in its reviews, the oldest first',
  async handle(call, { versions }) {
    const comments = await versions.listComments(await requireVersion(call, { versions }));
    return json(200, { comments: comments.map(commentView) });
  },
};
