import * as z from 'zod';
import { priorities } from '../domain/agreement/index.js';
import { refusalCodes } from '../domain/lifecycle/commands.js';
import { stages } from '../domain/lifecycle/stage.js';
import { verdicts } from '../domain/sla/clock.js';
import { count, instant, overshootMs, positiveCount, text } from './scalars.js';

const { strictObject, array } = z;

/** The cycle in which the clock started is the first unless given (spec §6); its number is compared where it is given. */
const happening = { clock: text, n: positiveCount.optional(), cycle: positiveCount.default(1) };

const expectedClock = strictObject({
  ...happening,
  // Which clock is meant, so that the rest can be compared.
  n: positiveCount.default(1),
  startedAt: instant.optional(),
  dueAt: instant.nullable().optional(),
  verdict: z.enum(verdicts).optional(),
  completedAt: instant.nullable().optional(),
  overshoot: overshootMs.nullable().optional(),
  corrected: z.boolean().default(false),
});

const expectedEscalation = strictObject({
  ...happening,
  at: instant.optional(),
  tier: positiveCount.optional(),
  to: array(text).optional(),
  skipped: z.boolean().default(false),
  reassigned: z.boolean().nullable().optional(),
});

const expectedWarning = strictObject({ ...happening, at: instant.optional(), point: text.optional() });
const expectedRefusal = strictObject({ fact: count, code: z.enum(refusalCodes).nullable().optional() });

export const expectationsSchema = strictObject({
  stage: z.enum(stages).optional(),
  owner: text.nullable().optional(),
  queue: text.nullable().optional(),
  priority: z.enum(priorities).nullable().optional(),
  cycle: positiveCount.optional(),
  missingFields: array(text).nullable().optional(),
  excluded: array(text).nullable().optional(),
  agedOut: z.boolean().default(false),
  clockCount: count.optional(),
  clocks: array(expectedClock).optional(),
  escalations: array(expectedEscalation).optional(),
  warnings: array(expectedWarning).optional(),
  refusals: array(expectedRefusal).optional(),
});

/** What a scenario says must have happened; a part that is absent is not compared. */
export type Expectations = z.infer<typeof expectationsSchema>;
