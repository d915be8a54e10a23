/**
 * Here lives the chance of tests that look for counterexamples: which random cases they see, and how many of them. What
 * makes a case, and what must hold for it, stands in the tests themselves.
 */
import { default as fc } from 'fast-check';

/** The same cases in every run: a change is to blame for a failure, never the day. */
const USUAL_SEED = 20_261_126;

const numberFrom = (name: string, usual: number): number => {
  const value = Number(process.env[name] ?? usual);
  if (!Number.isSafeInteger(value)) throw new Error(`${name} is "${process.env[name]}"; write a whole number`);
  return value;
};

/** `HANDOFF_CASES_SEED` looks at other cases, or again at those of a search that found something. */
const seed = numberFrom('HANDOFF_CASES_SEED', USUAL_SEED);
/** `HANDOFF_CASES_TIMES` looks at that many times as many. */
const times = numberFrom('HANDOFF_CASES_TIMES', 1);

fc.configureGlobal({ seed });

/** The first `count` cases; of those what `withinMs` leaves time for, unless somebody asked for more cases. */
export function cases(count: number, withinMs?: number): fc.Parameters<unknown> {
  const numRuns = Math.ceil(count * times);
  const isLimited = withinMs !== undefined && times === 1;
  return { numRuns, ...(isLimited && { interruptAfterTimeLimit: withinMs, markInterruptAsFailure: false }) };
}

export { fc };
