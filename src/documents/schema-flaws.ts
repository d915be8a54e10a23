import * as z from 'zod';
import { guess, listed } from './closed-words.js';
import type { Flaw, NodePath } from './mistake.js';

/** What a schema makes of a value: the value as the schema gives it, or everything that is wrong. */
export type Checked<T> =
  { readonly value: T; readonly flaws: readonly [] } | { readonly value?: undefined; readonly flaws: readonly Flaw[] };

/**
 * Checks a value and says of each mistake what was found and what is allowed. A schema's own `error` is a noun phrase
 * that says what it expects (`a duration such as 4h`); where it has none, `expectationOf` supplies one.
 */
export function checkValue<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
  const result = schema.safeParse(value, { error: expectationOf });
  if (result.success) return { value: result.data, flaws: [] };
  return { flaws: result.error.issues.flatMap((issue) => flawsOf(issue, value)) };
}

const alternatives = new WeakMap<object, readonly z.ZodType[]>();

/** The schemas between which a schema made by `choose` chooses; `undefined` for any other. */
export const alternativesOf = (schema: object): readonly z.ZodType[] | undefined => alternatives.get(schema);

/**
 * A schema that looks at a value to decide which of several to hold it against, so that only that one's mistakes are
 * told. `among` are all that `pick` may give, for those who describe the schema.
 */
export function choose<T>(among: readonly z.ZodType[], pick: (value: unknown) => z.ZodType<T>): z.ZodType<T> {
  const schema = z.unknown().transform((value, context) => {
    const result = pick(value).safeParse(value, { error: expectationOf });
    if (result.success) return result.data;
    // Each issue has its message by now, which is all that is asked of it further up.
    for (const issue of result.error.issues) context.issues.push(issue as unknown as z.core.$ZodRawIssue);
    return z.NEVER;
  });
  alternatives.set(schema, among);
  return schema;
}

/** The part of a value at a path; `undefined` if there is none. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, key) =>
      typeof part === 'object' && part !== null ? (part as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

function flawsOf(issue: z.core.$ZodIssue, root: unknown): Flaw[] {
  const path = issue.path as NodePath;
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => ({ path: [...path, key], message: messages[index]!, atKey: true }));
  }
  const found = valueAt(root, path);
  const guessed =
    issue.code === 'invalid_value' && typeof found === 'string' ? guess(found, issue.values.map(String)) : '';
  if (found !== undefined) return [{ path, message: `found ${describe(found)}; expected ${issue.message}${guessed}` }];
  return [
    { path, message: `${path.length === 0 ? 'this' : `"${path.at(-1)}"`} is missing; expected ${issue.message}` },
  ];
}

const kinds: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function expectationOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] ?? `a value of kind ${issue.expected}`;
    case 'invalid_value':
      return listed(issue.values.map(String));
    case 'too_small':
      return `${amountOf(issue.origin)} of at least ${issue.minimum}`;
    case 'too_big':
      return `${amountOf(issue.origin)} of at most ${issue.maximum}`;
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKeyText(key, knownKeysOf(issue.inst))).join('\n');
    default:
      return 'another value';
  }
}

function amountOf(origin: string): string {
  return origin === 'string' ? 'a length' : origin === 'array' ? 'a number of entries' : 'a number';
}

function unknownKeyText(key: string, known: readonly string[]): string {
  return `"${key}" is not known here; known are ${known.join(', ')}${guess(key, known)}`;
}

function knownKeysOf(schema: unknown): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** A value in a few words, for a sentence that begins with "found". */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
  if (typeof value === 'number') return `the number ${value}`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : JSON.stringify(value);
}
