import type { Route } from '../route.js';

/** The token in the path signs; nobody else may learn it from there. */
export const signingHeaders = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex',
};

export const getSigningPage: Route = {
  method: 'get',
  path: '/sign/:token',
  access: 'link',
  summary: 'What a signer is to sign, reached by the link in their mail; reading signs nothing',
  async handle({ params, receivedAt }, { signingPages }) {
    const { status, html } = await signingPages.show(params['token'] ?? '', receivedAt);
    return { status, content: { kind: 'html', html }, headers: signingHeaders };
  },
};
