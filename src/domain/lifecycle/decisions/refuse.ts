/**
 * One file per command: what follows from it, or the code with which it is refused (spec §5).
 * A decision looks for refusals first, in the order of the table, and only then lets events follow.
 */
import type { Refusal, RefusalCode } from '../commands.js';

/** A refusal is a value: the edge says it in words, the lead stays as it was. */
export const refuse = (code: RefusalCode, detail: Readonly<Record<string, unknown>> = {}): Refusal => ({
  code,
  detail,
});

/** What a decision returns: nothing when its events stand in the draft. */
export type Decided = Refusal | undefined;

/** Whether something was really written. */
export const isGiven = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
