/**
 * The edge over Express: keys, bodies, replies and problems, the same for every route of the table. What a route means
 * stands in its own file.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { Instant } from '../domain/business-time/index.js';
import { requireRole, type KeyRing } from './auth.js';
import { publicCommandTypes } from './commands/command-bodies.js';
import { problemOfError } from './error-problem.js';
import type { ApiParts } from './parts.js';
import type { Principal } from './principal.js';
import { pageReply, signInAddress } from './reports/page-reply.js';
import { ProblemError, type Problem } from './problems.js';
import type { Call, Reply, Route } from './route.js';
import { routes } from './routes.js';
import { validatedBody } from './validated-body.js';

export interface AppParts extends ApiParts {
  readonly keys: KeyRing;
  readonly log: Logger;
  readonly now: () => Instant;
  readonly isDatabaseAway: (error: unknown) => boolean;
  /** While it does, each answer asks its caller to let go of the connection. */
  readonly isDraining: () => boolean;
}

/** Whether callers come by TLS is decided in front of us; a page of ours has nothing that could be fetched otherwise. */
const secured = { contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } };

const BODY_SIZE_MAX = '256kb';
const FORM_SIZE_MAX = '8kb';

/** The whole HTTP side; nothing under /v1 answers without a key, not even that it is not there. */
export function createApp(parts: AppParts): Express {
  const app = express();
  app.set('query parser', 'simple');
  app.use(helmet(secured), pinoHttp(httpLog(parts.log)), lettingGo(parts.isDraining));
  app.use('/v1', requiringKey(parts));
  for (const route of routes) {
    app[route.method](route.path, requiringRole(route, parts), ...reading(route), answering(route, parts));
  }
  for (const path of new Set(routes.map((route) => route.path))) app.all(path, otherMethod(path));
  app.use(notFound);
  app.use(failing(parts));
  return app;
}

const httpLog = (logger: Logger) => ({
  logger,
  quietReqLogger: true,
  serializers: {
    req: ({ id, method, url }: { id: unknown; method: string; url: string }) => ({
      id,
      method,
      url: withoutToken(url),
    }),
    res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
  },
  customLogLevel: (request: { url?: string }, response: { statusCode: number }, error?: Error) => {
    if (error !== undefined || response.statusCode >= 500) return 'error';
    return request.url === '/healthz' || request.url === '/readyz' ? 'debug' : 'info';
  },
});

/** Whoever has a link's token can read the lead, or sign, so logs do not get it. */
const withoutToken = (url: string): string => url.replace(/^\/(l|sign)\/.*/, '/$1/…');

const lettingGo =
  (isDraining: () => boolean): RequestHandler =>
  (_request, response, next) => {
    if (isDraining()) response.set('Connection', 'close');
    next();
  };

interface Locals {
  principal?: Principal;
}

const requiringKey =
  ({ keys, sessions, now }: AppParts): RequestHandler =>
  async (request, response, next) => {
    const header = request.get('authorization');
    const reader = header === undefined && isForReaders(request) ? await sessions.find(cookies(request), now()) : null;
    const principal = reader ?? (await keys.requirePrincipal(header));
    Object.assign(response.locals, { principal } satisfies Locals);
    next();
  };

/** Whoever has signed in may also read what pages link to; nothing else is opened by a cookie. */
const isForReaders = ({ method, path }: Request): boolean =>
  (method === 'GET' || method === 'HEAD') && path.startsWith('/reports/');

const cookies = (request: Request): string | undefined => request.get('cookie');

/** Before the body is read: what it says is nothing to whoever may not say it. */
const requiringRole =
  (route: Route, { sessions, now }: AppParts): RequestHandler =>
  async (request, response, next) => {
    if (route.access === 'session') {
      const principal = await sessions.find(cookies(request), now());
      if (principal === undefined) return response.redirect(303, signInAddress(request.originalUrl));
      Object.assign(response.locals, { principal } satisfies Locals);
    }
    if (route.roles !== undefined) requireRole(route, (response.locals as Locals).principal);
    next();
  };

/** Only routes with a body read one. */
function reading({ body, takesYaml, takesCsv, takesForm }: Route): RequestHandler[] {
  if (body === undefined) return [];
  if (takesForm) return [express.urlencoded({ extended: false, limit: FORM_SIZE_MAX })];
  const json = express.json({ limit: BODY_SIZE_MAX, type: ['application/json', '+json'] });
  return [
    json,
    ...(takesYaml ? [express.text(yaml), textAs('text')] : []),
    ...(takesCsv ? [express.text(csv), textAs('csv')] : []),
    refuseOtherTypes,
  ];
}

const csv = { limit: BODY_SIZE_MAX, type: 'text/csv' };
const yaml = { limit: BODY_SIZE_MAX, type: ['application/yaml', 'application/x-yaml', 'text/yaml'] };

/** A document by itself says what a body with nothing but its text does. */
const textAs =
  (name: 'text' | 'csv'): RequestHandler =>
  (request, _response, next) => {
    if (typeof request.body === 'string') request.body = { [name]: request.body };
    next();
  };

/** What is not declared as JSON was not read; no body at all counts as an empty object. */
const refuseOtherTypes: RequestHandler = (request, _response, next) => {
  const hasContent = request.headers['transfer-encoding'] !== undefined || Number(request.get('content-length')) > 0;
  if (request.body === undefined && hasContent) throw new ProblemError('not-json');
  next();
};

const answering =
  (route: Route, parts: AppParts): RequestHandler =>
  async (request, response) => {
    await send(response, await route.handle(callOf(route, request, response, parts.now()), parts));
  };

function callOf({ body: schema }: Route, request: Request, response: Response, receivedAt: Instant): Call<unknown> {
  const { principal } = response.locals as Locals;
  const rawBody: unknown = request.body ?? {};
  const idempotencyKey = idempotencyKeyOf(request);
  return {
    params: storableParams(request),
    query: request.query,
    browser: browserOf(request),
    rawBody,
    body: schema === undefined ? undefined : validatedBody(schema, rawBody),
    receivedAt,
    accepts: (mediaTypes) => request.accepts([...mediaTypes]) || undefined,
    ...(principal === undefined ? {} : { principal }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
}

const browserOf = (request: Request): Call<unknown>['browser'] => ({
  url: request.originalUrl,
  address: request.socket.remoteAddress ?? '',
  isFromElsewhere: isFromElsewhere(request),
});

/** Browsers say where a form comes from, in one of two ways; whatever says nothing is no browser. */
function isFromElsewhere(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = request.get('origin');
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.get('host'));
}

/** PostgreSQL keeps no NUL, so nothing that is stored has such a name. */
function storableParams({ params }: Request): Record<string, string> {
  if (Object.values(params).some((param) => param.includes('\u0000'))) throw new ProblemError('malformed-path');
  return params as Record<string, string>;
}

function idempotencyKeyOf(request: Request): string | undefined {
  const key = request.get('idempotency-key');
  if (key !== undefined && !/^[\x21-\x7e]([\x20-\x7e]{0,198}[\x21-\x7e])?$/.test(key)) {
    throw new ProblemError('malformed-idempotency-key');
  }
  return key;
}

async function send(response: Response, { status, content, headers = {} }: Reply): Promise<void> {
  response.status(status).set(headers);
  if (isKnown(response.req.get('if-none-match'), headers['ETag'])) return void response.status(304).end();
  switch (content.kind) {
    case 'json':
      response.json(content.value);
      return;
    case 'stored-json':
      response.type('application/json').send(content.bytes);
      return;
    case 'problem':
      sendProblem(response, content.problem);
      return;
    case 'html':
      response.type('html').send(content.html);
      return;
    case 'text':
      response.type('text').send(content.text);
      return;
    case 'svg':
      response.type('svg').send(content.svg);
      return;
    case 'stream':
      return stream(response.type(content.mediaType), content.pieces);
    case 'file':
      response.type(content.mediaType).send(Buffer.from(content.bytes));
  }
}

/** A caller who is gone is no failure; what breaks off halfway is cut, so that nobody takes it for whole. */
async function stream(response: Response, pieces: AsyncIterable<string>): Promise<void> {
  if (response.req.method === 'HEAD') return void response.end();
  await pipeline(Readable.from(pieces, { objectMode: false }), response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

/** Whether the caller has these very bytes. Express would not say so to one that asks for `no-cache`, as `fetch` does. */
const isKnown = (known: string | undefined, etag: string | undefined): boolean =>
  etag !== undefined && (known ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag);

/** Numbered by the log, so that whoever reports a problem can name its line. */
interface Identified {
  readonly requestId: Request['id'];
}

function sendProblem(response: Response, problem: Problem, headers: Readonly<Record<string, string>> = {}): void {
  response
    .status(problem.status)
    .set(headers)
    .type('application/problem+json')
    .send(JSON.stringify({ ...problem, requestId: response.req.id } satisfies Problem & Identified));
}

/** The path is known, the method is not one of its. */
function otherMethod(path: string): RequestHandler {
  const methods = routes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
  const allow = (methods.includes('GET') ? [...methods, 'HEAD'] : methods).join(', ');
  return (request) => {
    throw new ProblemError('method-not-allowed', {
      detail: `${request.method} is not possible here, ${allow} is`,
      headers: { Allow: allow },
    });
  };
}

const notFound: RequestHandler = (request) => {
  const command = /^\/v1\/leads\/[^/]+\/commands\/([^/]*)$/.exec(request.path)?.[1];
  if (command === undefined) {
    throw new ProblemError('unknown-route', { detail: `There is nothing at ${withoutToken(request.path)}` });
  }
  const detail = `There is no command ${JSON.stringify(command)}; the commands are ${publicCommandTypes.join(', ')}`;
  throw new ProblemError('unknown-route', { detail });
};

const failing =
  ({ isDatabaseAway, log, reportPages }: AppParts): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) {
      log.error({ err: error, requestId: request.id }, 'an answer broke off');
      return next(error);
    }
    const { problem, headers } = problemOfError(error, isDatabaseAway);
    if (problem.status >= 500) log.error({ err: error, requestId: request.id }, problem.title);
    if (isPage(request)) return send(response, pageReply(reportPages, reportPages.problem(problem), problem.status));
    sendProblem(response, problem, headers);
  };

/** What people read in a browser answers as a page, also when it says no. */
const isPage = ({ path }: Request): boolean => path === '/reports' || path.startsWith('/reports/');
