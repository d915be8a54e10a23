import { z } from 'zod';
import { routeWithBody } from '../route.js';

const DOCUMENT_LENGTH_MAX = 200_000;

export const postWhatIf = routeWithBody({
  method: 'post',
  path: '/v1/what-if',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'The same of a document that is not stored, in YAML or JSON',
  body: z.strictObject({ document: z.string().min(1).max(DOCUMENT_LENGTH_MAX) }),
  handle: async ({ body, query, receivedAt }, { whatIfs }) => ({
    status: 200,
    content: await whatIfs.ofDocument(body.document, query, receivedAt),
  }),
});
