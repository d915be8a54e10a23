import * as z from 'zod';
import { parseMoney } from '../../domain/attribution/index.js';
import type { Flaw } from '../mistake.js';

const LENGTH_MAX = 200;

/** One line that a database keeps: no control characters, no half of a surrogate pair. */
export const line = z
  .string({ error: 'a text' })
  .min(1, { error: 'a text that is not empty' })
  .max(LENGTH_MAX, { error: `at most ${LENGTH_MAX} characters` })
  .refine((value) => value.trim() === value && !/\p{Cc}|\p{Surrogate}/u.test(value), {
    error: 'one line without control characters and without spaces at its ends',
  });

const moneyExpected = 'an amount such as 48000 USD or 48000.50 USD';

/** Money as bodies and cells write it, in hundredths; as much as can be added up exactly. */
export const money = z
  .string({ error: moneyExpected })
  .regex(/^\d{1,12}(\.\d{1,2})? [A-Z]{3}$/, { error: moneyExpected })
  .transform((value) => parseMoney(value)!);

/** A mistake of a row, with the field that it is in. */
export const flawText = ({ path, message }: Flaw): string =>
  path.length === 0 ? message : `${path.join('.')}: ${message}`;
