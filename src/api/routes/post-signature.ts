import type { Route } from '../route.js';
import { signingHeaders } from './get-signing-page.js';

export const postSignature: Route = {
  method: 'post',
  path: '/sign/:token',
  access: 'link',
  summary: 'Sign by the link in the mail, once',
  async handle({ params, receivedAt }, { signingPages }) {
    const { status, html } = await signingPages.sign(params['token'] ?? '', receivedAt);
    return { status, content: { kind: 'html', html }, headers: signingHeaders };
  },
};
