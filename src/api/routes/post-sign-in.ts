import { z } from 'zod';
import { ProblemError } from '../problems.js';
import { ownPage, pageReply, seeOther } from '../reports/page-reply.js';
import { routeWithBody } from '../route.js';

const route = {
  method: 'post',
  path: '/reports/sign-in',
  roles: ['leader', 'ops'],
} as const;

export const postSignIn = routeWithBody({
  method: route.method,
  path: route.path,
  access: 'open',
  summary:
    'Sign in with an API key: a signed cookie for this browser, for eight hours and no longer than the key lives',
  takesForm: true,
  body: z.object({ key: z.string().max(500), to: z.string().optional() }),
  async handle({ body, browser, receivedAt }, { sessions, reportPages }) {
    if (browser.isFromElsewhere) throw new ProblemError('from-elsewhere');
    const to = ownPage(body.to);
    try {
      const cookie = await sessions.open(body.key.trim(), browser.address, receivedAt, route);
      return seeOther(to, { 'Set-Cookie': cookie });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { status, detail } = error.problem;
      const page = pageReply(reportPages, reportPages.signIn({ to, problem: detail }), status);
      return { ...page, headers: { ...page.headers, ...retryAfter(error) } };
    }
  },
});

const retryAfter = ({ headers }: ProblemError): Readonly<Record<string, string>> =>
  headers['Retry-After'] === undefined ? {} : { 'Retry-After': headers['Retry-After'] };
