/**
 * What was thrown, as the caller reads it: our own problems, those of the body's reader, and all else as ours to mend.
 */
import { ProblemError, type RequestProblemCode } from './problems.js';

/** Codes of body-parser's errors. */
const codesByType: Readonly<Record<string, RequestProblemCode>> = {
  'entity.parse.failed': 'malformed-json',
  'request.size.invalid': 'malformed-json',
  'request.aborted': 'malformed-json',
  'entity.too.large': 'body-too-large',
  'encoding.unsupported': 'not-json',
  'charset.unsupported': 'not-json',
};

export function problemOfError(error: unknown, isDatabaseAway: (error: unknown) => boolean): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isDatabaseAway(error)) return new ProblemError('database-away', { headers: { 'Retry-After': '2' } });
  if (error instanceof URIError) return new ProblemError('malformed-path');
  const code = codesByType[typeOf(error)];
  if (code === undefined) return new ProblemError('internal-error');
  return new ProblemError(code, code === 'malformed-json' ? { detail: messageOf(error) } : {});
}

const typeOf = (error: unknown): string =>
  error instanceof Error && 'type' in error && typeof error.type === 'string' ? error.type : '';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
