import { z } from 'zod';
import { invalidBody } from '../validated-body.js';
import type { PreviewCursor } from './previews.js';

const cursorShape = z.strictObject({
  after: z.string().max(200),
  at: z.int().min(0),
  workload: z.strictObject({
    openLeadCounts: z.record(z.string(), z.number()),
    lastGivenAt: z.record(z.string(), z.number()),
  }),
});

/** A cursor as callers hand it back; what is in it is nobody's business but ours. */
export const cursorText = (cursor: PreviewCursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** @throws ProblemError `invalid-body` for anything that no page of ours ended with */
export function cursorOf(text: string): PreviewCursor {
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    const message = 'is no cursor of a preview: hand back next as it came, or leave it out to begin anew';
    throw invalidBody([{ path: 'cursor', message }]);
  }
}
