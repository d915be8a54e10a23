import { ProblemError } from '../problems.js';
import { seeOther } from '../reports/page-reply.js';
import type { Route } from '../route.js';

export const postSignOut: Route = {
  method: 'post',
  path: '/reports/sign-out',
  access: 'open',
  summary: 'Sign out: this browser forgets its cookie',
  async handle({ browser }, { sessions }) {
    if (browser.isFromElsewhere) throw new ProblemError('from-elsewhere');
    return seeOther('/reports/sign-in', { 'Set-Cookie': sessions.close() });
  },
};
