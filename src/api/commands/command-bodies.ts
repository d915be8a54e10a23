/**
 * What each command carries in the API (spec §5), and the domain's form of it. `by` says who; instants are ISO 8601.
 */
import { z } from 'zod';
import { bantQuestions, touchChannels } from '../../domain/agreement/index.js';
import {
  commandTypes,
  opportunityStatuses,
  rolloutModes,
  touchOrigins,
  touchOutcomes,
  type Answered,
  type CommandType,
} from '../../domain/lifecycle/commands.js';
import { fields, instant, localDate, prose, shortText } from '../field-schemas.js';

/** Said by the program itself: when a mail server took the notice, when intake hears of a lost lead again, by a rollout. */
const ownCommandTypes = [
  'notified',
  'requalify',
  'revert-agreement',
  'rejudge',
] as const satisfies readonly CommandType[];
export type PublicCommandType = Exclude<CommandType, (typeof ownCommandTypes)[number]>;
export const publicCommandTypes = commandTypes.filter(
  (type): type is PublicCommandType => !ownCommandTypes.some((own) => own === type),
);

/** Without `by` the caller speaks for the person of the key. */
const by = shortText(100).optional();
const notes = prose.optional();
const AMOUNT_ADVICE = 'must be an amount with its currency, like 48000 USD or 48000.50 EUR';

const command = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject({ by, ...shape });

export const commandBodies = {
  accept: command({}),
  reject: command({ reason: shortText(100), notes }),
  touch: command({
    channel: z.enum(touchChannels),
    outcome: z.enum(touchOutcomes),
    origin: z.enum(touchOrigins).optional(),
    occurredAt: instant.optional(),
    nextStepAt: instant.optional(),
  }),
  status: command({ text: prose, nextStepAt: instant.optional() }),
  qualify: command({
    need: z.boolean().optional(),
    budget: z.boolean().optional(),
    authority: z.boolean().optional(),
    timeline: z.boolean().optional(),
    note: prose.optional(),
    intent: shortText(100).optional(),
  })
    .refine((body) => body.intent !== undefined || answersOf(body).length > 0, {
      error: `must answer at least one of ${bantQuestions.join(', ')}, or state an intent`,
    })
    .transform(qualifyBody),
  dispose: command({
    route: z.literal('sales-qualified').optional(),
    reason: shortText(100).optional(),
    notes,
    wakeOn: localDate.optional(),
    friction: prose.optional(),
    contentGap: prose.optional(),
  }).refine(({ route, reason }) => (route === undefined) !== (reason === undefined), {
    error: 'must have either route: sales-qualified, or a reason of the agreement',
  }),
  feedback: command({ notes: prose }),
  reassign: command({ to: shortText(100) }),
  pause: command({ reason: prose, until: instant.optional() }),
  resume: command({}),
  acknowledge: command({ clock: shortText(100) }),
  dispute: command({ reason: prose, notes }),
  'resolve-dispute': command({ decision: z.enum(['upheld', 'denied']), notes }),
  enrich: command({
    fields: fields.refine((map) => Object.keys(map).length > 0, { error: 'must have at least one field' }),
  }),
  signal: command({
    score: z.number().optional(),
    action: shortText(100).optional(),
    signal: shortText(100).optional(),
    value: z.number().optional(),
  })
    .refine(({ score, action, signal }) => score !== undefined || action !== undefined || signal !== undefined, {
      error: 'must say an action, a score, or a signal with its value',
    })
    .refine(({ signal, value }) => value === undefined || signal !== undefined, {
      error: 'needs signal, the name of what is measured',
      path: ['value'],
    }),
  opportunity: command({
    status: z.enum(opportunityStatuses),
    amount: z
      .string()
      .regex(/^\d{1,15}(\.\d{1,2})? [A-Z]{3}$/, { error: AMOUNT_ADVICE })
      .optional(),
    crmId: shortText(200).optional(),
  }),
  'apply-agreement': command({
    /** Dotted paths into the lead's present document, each with its new value; null removes. */
    set: z.record(z.string().min(1).max(300), z.json()),
    running: z.enum(rolloutModes).optional(),
  }),
  reopen: command({ reason: prose }),
  retract: command({ touch: z.int().min(1), reason: prose }),
  'mark-bounced': command({ touch: z.int().min(1), reason: prose.optional() }),
} as const satisfies Record<PublicCommandType, z.ZodType>;

type Bant = Partial<Record<(typeof bantQuestions)[number], boolean>>;
type QualifyBody = Bant & { readonly by?: string | undefined; readonly note?: string; readonly intent?: string };

const answersOf = (body: Bant) =>
  bantQuestions.flatMap((question) => {
    const confirmed = body[question];
    return confirmed === undefined ? [] : [{ question, confirmed }];
  });

/** A note goes with each question that is answered beside it. */
function qualifyBody(body: QualifyBody) {
  const { by: speaker, note, intent } = body;
  const answers = answersOf(body).map(({ question, confirmed }): [string, Answered] => [
    question,
    note === undefined ? { confirmed } : { confirmed, note },
  ]);
  return {
    ...(speaker === undefined ? {} : { by: speaker }),
    ...(answers.length === 0 ? {} : { bant: Object.fromEntries(answers) }),
    ...(intent === undefined ? {} : { intent }),
  };
}
