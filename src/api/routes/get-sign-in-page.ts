import { z } from 'zod';
import { ownPage, pageReply } from '../reports/page-reply.js';
import type { Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';

const query = z.object({ to: z.string().optional() });

export const getSignInPage: Route = {
  method: 'get',
  path: '/reports/sign-in',
  access: 'open',
  summary: 'Where readers of reports sign in with their API key',
  async handle(call, { reportPages }) {
    const { to } = validatedQuery(query, call.query);
    return pageReply(reportPages, reportPages.signIn({ to: ownPage(to) }));
  },
};
