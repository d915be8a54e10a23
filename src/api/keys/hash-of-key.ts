/**
 * Keys of the API live here: how they are hashed, made, listed and revoked. The key itself is in the answer that makes it
 * and nowhere else; what a role may do is not decided here but stands with each route.
 */
import { createHash } from 'node:crypto';

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The form in which keys are stored and compared. */
export const hashOfKey = (key: string): string => sha256(key).toString('hex');
