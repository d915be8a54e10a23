/**
 * Sessions of people who read reports in a browser live here: how a key becomes a cookie, and a cookie a principal.
 * A session knows its key by id only; what the key may do is looked up anew for each request.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../domain/business-time/index.js';

/** Who signed in, and until when that holds; `principal` as in audit entries: `admin`, or `key:` and the key's id. */
export interface SessionClaims {
  readonly principal: string;
  /** The first instant at which it no longer does. */
  readonly expiresAt: Instant;
}

/** Tokens of another form than this one are not read. */
const FORM = 's1';

/** Claims and their HMAC-SHA256, fit for a cookie; nobody can make or change one without the secret. */
export function sessionToken({ principal, expiresAt }: SessionClaims, secret: Buffer): string {
  const signed = `${FORM}.${Buffer.from(JSON.stringify([principal, expiresAt])).toString('base64url')}`;
  return `${signed}.${macOf(signed, secret).toString('base64url')}`;
}

/** What a token says, checked in constant time before it is read; undefined: not ours, changed, or over. */
export function readSessionToken(token: string, secret: Buffer, at: Instant): SessionClaims | undefined {
  const [form, body, mac, ...rest] = token.split('.');
  if (form !== FORM || body === undefined || mac === undefined || rest.length > 0) return undefined;
  const [given, expected] = [Buffer.from(mac, 'base64url'), macOf(`${form}.${body}`, secret)];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const [principal, expiresAt] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [string, Instant];
  return at < expiresAt ? { principal, expiresAt } : undefined;
}

const macOf = (signed: string, secret: Buffer): Buffer => createHmac('sha256', secret).update(signed).digest();
