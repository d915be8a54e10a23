import { z } from 'zod';

const text = z.string().trim().min(1).max(4_000);

export const commentBody = z.strictObject({ text });

/** Kept with the comments. */
export const reasonBody = z
  .strictObject({ reason: text.optional() })
  .transform(({ reason }) => (reason === undefined ? {} : { reason }));
