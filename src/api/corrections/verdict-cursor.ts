import { z } from 'zod';
import type { VerdictPlace } from '../../domain/correction/index.js';
import { invalidQuery } from '../validated-body.js';

const shape = z.tuple([z.string().max(200), z.int(), z.string().max(200), z.int()]);

/** A cursor as callers hand it back; what is in it is nobody's business but ours. */
export const placeText = ({ leadId, cycle, clock, n }: VerdictPlace): string =>
  Buffer.from(JSON.stringify([leadId, cycle, clock, n])).toString('base64url');

/** @throws ProblemError `invalid-query` for anything that no page of ours ended with */
export function placeOf(text: string): VerdictPlace {
  try {
    const [leadId, cycle, clock, n] = shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { leadId, cycle, clock, n };
  } catch {
    const message = 'is no cursor of this list: hand back next as it came, or leave it out to begin anew';
    throw invalidQuery([{ path: 'cursor', message }]);
  }
}
