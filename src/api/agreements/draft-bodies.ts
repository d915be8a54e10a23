/**
 * Agreements as callers write them live here: documents in YAML or JSON on their way to becoming versions. What a
 * document may say is decided in `src/documents`, what a version may do in the domain.
 */
import { z } from 'zod';
import { canonicalJson, parseAgreement, type CalendarKeys, type Mistake } from '../../documents/index.js';
import type { DraftDocument } from '../../domain/agreement/ports.js';
import type { Instant } from '../../domain/business-time/index.js';
import { ProblemError } from '../problems.js';

/** The document as `text` in YAML or JSON, or as `document`; sent as `application/yaml`, the whole body is the text. */
const written = { text: z.string().optional(), document: z.record(z.string(), z.unknown()).optional() };

const hasOne = (values: readonly unknown[]): boolean => values.filter((value) => value !== undefined).length === 1;

export const draftBody = z
  .strictObject(written)
  .refine(({ text, document }) => hasOne([text, document]), { error: 'give the agreement as text or as document' });

export const nextDraftBody = z
  .strictObject({ ...written, from: z.int().min(1).optional() })
  .refine(({ text, document, from }) => hasOne([text, document, from]), {
    error: 'give the agreement as text or as document, or the version to begin from',
  });

export const changedDraftBody = z
  .strictObject({ ...written, replaces: z.string().optional() })
  .refine(({ text, document }) => hasOne([text, document]), { error: 'give the agreement as text or as document' });

interface Written {
  readonly text?: string | undefined;
  readonly document?: Readonly<Record<string, unknown>> | undefined;
}

/** What the document is checked for: its calendars must open from `at` on, and its name must be the address's. */
export interface DraftUse {
  readonly calendars: CalendarKeys;
  readonly at: Instant;
  readonly name?: string | undefined;
}

/**
 * The document that was written, whole and right.
 * @throws ProblemError `invalid-document` with every mistake and its line
 */
export function readDraft({ text, document }: Written, { calendars, at, name }: DraftUse): DraftDocument {
  const content = text ?? JSON.stringify(document, null, 2);
  const read = parseAgreement(content, 'document', calendars, { at });
  if (read.document === undefined) throw invalidDocument(read.mistakes);
  if (name !== undefined && read.document.name !== name) throw otherName(read.document.name, name);
  return { terms: read.terms, text: content, canonical: canonicalJson(read.document) };
}

export function invalidDocument(
  mistakes: readonly Pick<Mistake, 'path' | 'message' | 'line' | 'column'>[],
): ProblemError {
  const count = mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`;
  const errors = mistakes.map(({ path, message, line, column }) => ({ path, message, line, column }));
  return new ProblemError('invalid-document', { detail: `The document has ${count}`, errors });
}

const otherName = (found: string, expected: string): ProblemError =>
  new ProblemError('invalid-document', {
    detail: `The document is about ${JSON.stringify(found)}, the address about ${JSON.stringify(expected)}`,
    errors: [{ path: 'name', message: `must be ${expected}, as in the address` }],
  });
