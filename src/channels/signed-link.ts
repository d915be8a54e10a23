import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../domain/business-time/index.js';

/** What a link lets its bearer do: read this lead's page, as that reader, until it expires. */
export interface LinkClaims {
  readonly workspace: string;
  readonly leadId: string;
  /** For whose eyes it was made: their zone is the page's. */
  readonly reader: string;
  /** The first instant at which the link no longer works. */
  readonly expiresAt: Instant;
}

export type LinkReading =
  | { readonly kind: 'valid'; readonly claims: LinkClaims }
  | { readonly kind: 'expired'; readonly claims: LinkClaims }
  /** Not made by us, or changed since; nothing in it may be believed. */
  | { readonly kind: 'invalid' };

/** Tokens of another form than this one are not read. */
const FORM = 'h1';

/** A token for a URL's path: form, claims and HMAC-SHA256 over both, in base64url. Anybody who has it can read. */
export function signLink(claims: LinkClaims, secret: string): string {
  const { workspace, leadId, reader, expiresAt } = claims;
  const signed = `${FORM}.${Buffer.from(JSON.stringify([workspace, leadId, reader, expiresAt])).toString('base64url')}`;
  return `${signed}.${macOf(signed, secret).toString('base64url')}`;
}

/** Checks a token in constant time, and only then reads what it says. */
export function readLink(token: string, secret: string, now: Instant): LinkReading {
  const [form, body, mac, ...rest] = token.split('.');
  if (form !== FORM || body === undefined || mac === undefined || rest.length > 0) return { kind: 'invalid' };
  if (!isEqual(Buffer.from(mac, 'base64url'), macOf(`${form}.${body}`, secret))) return { kind: 'invalid' };
  const claims = claimsOf(body);
  return { kind: now < claims.expiresAt ? 'valid' : 'expired', claims };
}

const macOf = (signed: string, secret: string): Buffer => createHmac('sha256', secret).update(signed).digest();

const isEqual = (one: Buffer, other: Buffer): boolean => one.length === other.length && timingSafeEqual(one, other);

/** Only for bodies whose MAC holds: we wrote them. */
function claimsOf(body: string): LinkClaims {
  const parsed = JSON.parse(Buffer.from(body, 'base64url').toString()) as [string, string, string, Instant];
  const [workspace, leadId, reader, expiresAt] = parsed;
  return { workspace, leadId, reader, expiresAt };
}
