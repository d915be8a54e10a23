import { createHash, createHmac } from 'node:crypto';
import type { Instant } from '../domain/business-time/index.js';

/** Whose signature a token stands for, of what, and in which review. */
export interface SigningClaims {
  readonly workspace: string;
  readonly name: string;
  readonly version: number;
  readonly key: string;
  readonly person: string;
  readonly submittedAt: Instant;
}

/**
 * The token of a signing link: the same for the same claims, so that a mail that is sent again carries the same link.
 * Nobody can read or make one without the secret; what it allows, and whether still, stands with its hash.
 */
export const signingToken = (claims: SigningClaims, secret: string): string => {
  const { workspace, name, version, key, person, submittedAt } = claims;
  const words = JSON.stringify(['sign', workspace, name, version, key, person, submittedAt]);
  return createHmac('sha256', secret).update(words).digest('base64url');
};

/** The form in which tokens are kept and looked for. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');
