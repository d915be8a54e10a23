import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Instant } from '../../domain/business-time/index.js';
import type { ListPlace, ListRequest } from '../../domain/reports/index.js';
import { invalidQuery } from '../validated-body.js';

/** Where a list goes on, and as of when: its pages are of one instant, though nobody may have named it. */
export interface ListCursor {
  readonly asOf: Instant;
  readonly after: ListPlace;
}

const cursorShape = z.strictObject({
  question: z.string(),
  asOf: z.int().min(0),
  after: z.array(z.union([z.string(), z.number()])).min(1),
});

/** A cursor as callers hand it back; what is in it is nobody's business but ours. */
export const listCursorText = (asked: Omit<ListRequest, 'asOf'>, { asOf, after }: ListCursor): string =>
  Buffer.from(JSON.stringify({ question: hashOf(asked), asOf, after })).toString('base64url');

/** @throws ProblemError `invalid-query` for anything that no page of this very list ended with */
export function listCursorOf(text: string, asked: Omit<ListRequest, 'asOf'>): ListCursor {
  const parsed = cursorShape.safeParse(decoded(text));
  if (!parsed.success)
    throw refused('is no cursor of a list: hand back next as it came, or leave it out to begin anew');
  const { question, asOf, after } = parsed.data;
  if (question === hashOf(asked)) return { asOf, after };
  throw refused('belongs to the list of another question: leave it out to begin anew');
}

const refused = (message: string) => invalidQuery([{ path: 'cursor', message }]);

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function hashOf({ report, figure, part, agreement, period, filter }: Omit<ListRequest, 'asOf'>): string {
  const filters = Object.entries(filter).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const question = JSON.stringify([report, figure, part, agreement ?? null, period, filters]);
  return createHash('sha256').update(question).digest('base64url').slice(0, 22);
}
