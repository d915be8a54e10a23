import * as z from 'zod';
import { bantQuestions, touchChannels } from '../domain/agreement/index.js';
import type { Instant } from '../domain/business-time/index.js';
import {
  opportunityStatuses,
  rolloutModes,
  touchOrigins,
  touchOutcomes,
  type CommandOf,
  type CommandType,
} from '../domain/lifecycle/commands.js';
import { date, fieldValue, freeText, instant, text } from './scalars.js';
import { choose } from './schema-flaws.js';
import type { Lines } from './set-paths.js';

const { strictObject, record } = z;

/** Who says what has no `by`: scenarios do not check who may do what. */
const ANYBODY = 'system';

type Said = 'at' | 'by' | 'id';
/** A scenario changes the agreement by lines; nobody but a rollout takes a change back. */
type Sayable = Exclude<CommandType, 'notified' | 'apply-agreement' | 'revert-agreement' | 'rejudge'>;
/** What a fact says, without when and by whom. */
export type SaidBody = { [T in Sayable]: Omit<CommandOf<T>, Said> }[Sayable];

/** Lines to set on the agreement that is in force for the lead at that fact. */
export interface AgreementChange {
  readonly type: 'apply-agreement';
  readonly set: Lines;
  readonly running?: (typeof rolloutModes)[number];
}

/** One fact of a scenario; `index` is its place in the file, from 0, by which refusals name it. */
export interface ScenarioFact {
  readonly index: number;
  readonly at: Instant;
  readonly by: string;
  readonly body: SaidBody | AgreementChange;
}
export type UnnumberedFact = Omit<ScenarioFact, 'index'>;

const nextStepAt = instant.optional();
const notes = freeText.optional();
const answers = Object.fromEntries(bantQuestions.map((question) => [question, z.boolean().optional()])) as Record<
  (typeof bantQuestions)[number],
  z.ZodOptional<z.ZodBoolean>
>;

const signalFields = {
  score: z.number().optional(),
  action: text.optional(),
  signal: text.optional(),
  value: z.number().optional(),
};
type SignalFields = { readonly score?: number; readonly action?: string; readonly signal?: string };
const saysSomething = ({ score, action, signal }: SignalFields) =>
  [score, action, signal].some((part) => part !== undefined);
const signalExpected = 'a signal with score, action, or signal and value';

/** What a lead did before it was handed over. */
export const leadSignalSchema = strictObject({ ...signalFields, at: instant }).refine(saysSomething, {
  error: signalExpected,
});

const factSchemas: Readonly<Record<Sayable | 'apply-agreement', z.ZodType<UnnumberedFact>>> = {
  accept: fact('accept', {}),
  // A reason that is missing is what the command is refused for, not what makes the file invalid.
  reject: fact('reject', { reason: text.default(''), notes }),
  touch: fact('touch', {
    channel: z.enum(touchChannels),
    outcome: z.enum(touchOutcomes),
    origin: z.enum(touchOrigins).optional(),
    occurredAt: instant.optional(),
    nextStepAt,
  }),
  status: fact('status', { text: freeText.default(''), nextStepAt }),
  qualify: factOf(fieldsOf('qualify', { ...answers, note: notes, intent: text.optional() }), qualifyBody),
  dispose: fact('dispose', {
    route: z.literal('sales-qualified').optional(),
    reason: text.optional(),
    notes,
    wakeOn: date.optional(),
    friction: freeText.optional(),
    contentGap: freeText.optional(),
  }),
  feedback: fact('feedback', { notes: freeText }),
  reassign: fact('reassign', { to: text }),
  pause: fact('pause', { reason: freeText, until: instant.optional() }),
  resume: fact('resume', {}),
  acknowledge: fact('acknowledge', { clock: text }),
  dispute: fact('dispute', { reason: freeText, notes }),
  'resolve-dispute': fact('resolve-dispute', { decision: z.enum(['upheld', 'denied']), notes }),
  enrich: fact('enrich', { fields: record(z.string(), fieldValue) }),
  signal: factOf(fieldsOf('signal', signalFields).refine(saysSomething, { error: signalExpected }), sameBody),
  opportunity: fact('opportunity', {
    amount: z.union([text, z.number().transform(String)], { error: 'an amount such as 48000 USD' }).optional(),
    status: z.enum(opportunityStatuses),
    crmId: text.optional(),
  }),
  'apply-agreement': fact('apply-agreement', {
    set: record(z.string(), z.unknown()).default({}),
    running: z.enum(rolloutModes).optional(),
  }),
  reopen: fact('reopen', { reason: freeText }),
  requalify: fact('requalify', {
    fields: record(z.string(), fieldValue).optional(),
    signals: z.array(leadSignalSchema).optional(),
  }),
  // The index of the fact that logged the touch; the runner knows the sequence that it got.
  retract: fact('retract', { touch: z.int().min(0), reason: freeText }),
  'mark-bounced': fact('mark-bounced', { touch: z.int().min(0), reason: freeText.optional() }),
};

const doable = Object.keys(factSchemas) as (keyof typeof factSchemas)[];
const unknownDo = z.looseObject({ do: z.enum(doable) });

/** A fact of any kind; its `do` says which. */
export const factSchema = choose<UnnumberedFact>(Object.values(factSchemas), (value) => {
  const word = typeof value === 'object' && value !== null ? (value as { do?: unknown }).do : undefined;
  const known = doable.find((name) => name === word);
  return known === undefined ? (unknownDo as unknown as z.ZodType<UnnumberedFact>) : factSchemas[known];
});

function fact<T extends keyof typeof factSchemas, S extends z.ZodRawShape>(type: T, shape: S) {
  return factOf(fieldsOf(type, shape), sameBody);
}

function fieldsOf<T extends string, S extends z.ZodRawShape>(type: T, shape: S) {
  return strictObject({ at: instant, by: text.default(ANYBODY), do: z.literal(type), ...shape });
}

/** The fields of a command have the names of the command's own; `toBody` is for those that have not. */
function factOf(fields: z.ZodType, toBody: (type: string, rest: Record<string, unknown>) => object) {
  return fields.transform((value): UnnumberedFact => {
    const { at, by, do: type, ...rest } = value as { at: Instant; by: string; do: string };
    return { at, by, body: toBody(type, rest) as ScenarioFact['body'] };
  });
}

function sameBody(type: string, rest: Record<string, unknown>): object {
  return { type, ...rest };
}

function qualifyBody(type: string, { note, intent, ...answered }: Record<string, unknown>): object {
  const said = Object.entries(answered).filter(([, confirmed]) => confirmed !== undefined);
  const bant = said.map(([question, confirmed]) => [question, { confirmed, ...(note === undefined ? {} : { note }) }]);
  return {
    type,
    ...(bant.length === 0 ? {} : { bant: Object.fromEntries(bant) as object }),
    ...(intent === undefined ? {} : { intent }),
  };
}
