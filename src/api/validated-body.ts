/**
 * A request's body against its schema: the value, or every unmet field at once in words that tell what to write.
 */
import { z } from 'zod';
import { ProblemError, type FieldError } from './problems.js';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

/**
 * The body as its schema understands it.
 * @throws ProblemError `invalid-body` with one error per unmet field
 */
export function validatedBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body, { error: wordsOf });
  if (parsed.success) return parsed.data;
  throw invalidBody(parsed.error.issues.flatMap(fieldErrors));
}

/**
 * What stands behind the question mark, as its schema understands it.
 * @throws ProblemError `invalid-query` with one error per unmet parameter
 */
export function validatedQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.output<Schema> {
  const parsed = schema.safeParse(query, { error: wordsOf });
  if (parsed.success) return parsed.data;
  throw invalidQuery(parsed.error.issues.flatMap(fieldErrors));
}

export const invalidQuery = (errors: readonly FieldError[]): ProblemError =>
  new ProblemError('invalid-query', { detail: `Look at ${listed(errors)}`, errors });

/** The problem with these mistakes of a body, counted in its detail. */
export function invalidBody(errors: readonly FieldError[]): ProblemError {
  const count = errors.length === 1 ? '1 field does not fit' : `${errors.length} fields do not fit`;
  return new ProblemError('invalid-body', { detail: `${count}: ${listed(errors)}`, errors });
}

const NAMED_COUNT_MAX = 8;

function listed(errors: readonly FieldError[]): string {
  const named = errors.slice(0, NAMED_COUNT_MAX).map(({ path }) => (path === '' ? 'the body itself' : path));
  return errors.length > NAMED_COUNT_MAX ? `${named.join(', ')} and more` : named.join(', ');
}

/** An issue speaks of one field, but unknown ones come together. */
function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.join('.'), message: issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: issue.message }));
}

/** What is asked for, in our words; a schema's own `error` goes before it. */
function wordsOf(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing: give ${kindOf(issue.expected)}`
        : `must be ${kindOf(issue.expected)}`;
    case 'unrecognized_keys':
      return `is not known here${knownKeys(issue.inst)}`;
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}`;
    case 'too_big':
      return `must be ${limitOf(issue.origin, 'at most', issue.maximum)}`;
    case 'too_small':
      return `must be ${limitOf(issue.origin, 'at least', issue.minimum)}`;
    case 'invalid_key':
      return 'is not a name that fits: begin with a letter, use letters, digits, _ . - only, at most 100';
    default:
      return undefined;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  int: 'a whole number',
};
const kindOf = (expected: string): string => kinds[expected] ?? expected;

const units: Readonly<Record<string, string>> = { string: ' characters long', array: ' elements long' };
const limitOf = (origin: string, bound: string, limit: number | bigint): string =>
  origin === 'string' && bound === 'at least' && limit === 1 ? 'not empty' : `${bound} ${limit}${units[origin] ?? ''}`;

function knownKeys(schema: unknown): string {
  if (!(schema instanceof z.ZodObject)) return '';
  return `: known are ${Object.keys(schema.shape).join(', ')}`;
}
