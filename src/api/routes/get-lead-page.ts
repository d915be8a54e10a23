import type { Route } from '../route.js';

/** The token in the path opens the page; nobody else may learn it from there. */
const headers = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' };

export const getLeadPage: Route = {
  method: 'get',
  path: '/l/:token',
  access: 'link',
  summary: 'A lead to read, reached by the signed link of a notice',
  async handle({ params, receivedAt }, { leadPages }) {
    const { status, html } = await leadPages.show(params['token'] ?? '', receivedAt);
    return { status, content: { kind: 'html', html }, headers };
  },
};
