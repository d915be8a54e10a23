import * as z from 'zod';
import {
  bantQuestions,
  closingRoutes,
  deliveryRhythms,
  milestones,
  notesRules,
  parties,
  priorities,
  touchChannels,
} from '../domain/agreement/index.js';
import {
  parseRhythm,
  parseWeeksBelowGoal,
  RHYTHM_EXPECTED,
  RHYTHM_PATTERN,
  WEEKS_BELOW_GOAL_PATTERN,
} from './review-rhythms.js';
import { months, parseWrittenDuration, parsePercent } from './scalars.js';
import {
  count,
  date,
  duration,
  fieldValue,
  freeText,
  oneOrMore,
  percent,
  positiveCount,
  text,
  written,
} from './scalars.js';
import { guess } from './closed-words.js';
import { choose } from './schema-flaws.js';

const { strictObject, record, array } = z;
const named = <T extends z.ZodType>(schema: T) => record(z.string(), schema);

export const calendarSchema = strictObject({
  timeZone: text,
  hours: named(array(text)),
  closed: array(text).optional(),
  exceptions: named(array(text)).optional(),
});

/** For editors, what a refinement asks of a map: one of these keys at least. */
function oneOf(...keys: readonly string[]) {
  return { anyOf: keys.map((key) => ({ required: [key] })) };
}

const valueTest = {
  in: array(fieldValue).min(1).optional(),
  gte: z.number().optional(),
  exists: z.boolean().optional(),
};
const lookBack = { count: positiveCount.optional(), within: duration.optional() };

const fieldCondition = strictObject({ field: text, ...valueTest })
  .refine((condition) => condition.in !== undefined || condition.gte !== undefined || condition.exists !== undefined, {
    error: 'a condition on a field with in, gte or exists',
  })
  .meta(oneOf('in', 'gte', 'exists'));
const actionCondition = strictObject({ action: text, ...lookBack });
const signalCondition = strictObject({ signal: text, ...valueTest, ...lookBack });
const priorityCondition = strictObject({ priority: z.enum(priorities) });
const segmentCondition = strictObject({ segment: text });

type AboutLead = z.infer<typeof fieldCondition> | z.infer<typeof actionCondition> | z.infer<typeof signalCondition>;
type WrittenCondition = AboutLead | z.infer<typeof priorityCondition> | z.infer<typeof segmentCondition>;

const aboutLead = { field: fieldCondition, action: actionCondition, signal: signalCondition };
const aboutAny = { ...aboutLead, priority: priorityCondition, segment: segmentCondition };

/** What a lead's own data tell, before it has a priority or a segment. */
const leadCondition = conditionOn<AboutLead>(aboutLead);
const condition = conditionOn<WrittenCondition>(aboutAny);

function conditionOn<T>(schemas: Readonly<Record<string, z.ZodType>>): z.ZodType<T> {
  const subjects = Object.keys(schemas);
  return choose<T>(Object.values(schemas), (value) => {
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    const subject = subjects.find((key) => keys.includes(key));
    return (subject === undefined ? noSubject(subjects, keys) : schemas[subject]!) as z.ZodType<T>;
  });
}

/** A condition about nothing that is known, with the word that one of its keys was probably meant to be. */
function noSubject(subjects: readonly string[], keys: readonly string[]): z.ZodType {
  const near = keys.map((key) => guess(key, subjects)).find((text) => text !== '') ?? '';
  return z.never({ error: `a condition with one of ${subjects.join(', ')}${near}` });
}

const milestone = z.enum(milestones);
const touchesMilestone = strictObject({
  touches: positiveCount,
  channels: z.int().min(1).max(touchChannels.length).optional(),
  spacing: duration.optional(),
});
type WrittenUntil = z.infer<typeof milestone> | z.infer<typeof touchesMilestone>;

const warningPoint = written(
  'a share of the target such as 75%, or time left such as 2h left',
  '^(\\d{1,3}(\\.\\d{1,4})?%|(\\d+[smhdw])+ left)$',
  (value) =>
    parsePercent(value) !== undefined ||
    (value.endsWith(' left') && parseWrittenDuration(value.slice(0, -' left'.length)) !== undefined),
);

const clock = strictObject({
  party: z.enum(parties),
  from: oneOrMore(milestone),
  until: choose<WrittenUntil>([milestone, touchesMilestone], (value) =>
    typeof value === 'object' && value !== null ? touchesMilestone : milestone,
  ),
  repeats: z.boolean().optional(),
  within: duration,
  overrides: array(strictObject({ when: array(condition), within: duration })).optional(),
  calendar: text.optional(),
  warn: array(warningPoint).optional(),
  ladder: text.optional(),
  goal: percent.optional(),
});

const tier = strictObject({
  on: z.enum(['breach', 'start']).optional(),
  after: duration.optional(),
  to: array(text),
  reassign: z.boolean().optional(),
  holdOnAcknowledge: duration.optional(),
  urgent: z.boolean().optional(),
});

const reason = strictObject({
  id: text,
  route: z.enum(closingRoutes),
  notes: z.enum(notesRules).optional(),
  needs: z.enum(['touches', 'contact']).optional(),
  wakeAfter: duration.optional(),
  wakeOn: z.enum(['required']).optional(),
});

const qualification = strictObject({
  mql: strictObject({
    fit: array(fieldCondition).optional(),
    engagement: array(leadCondition).optional(),
    exclude: array(fieldCondition).optional(),
  }).optional(),
  highPriority: array(leadCondition).optional(),
  requiredFields: array(text).optional(),
  enrichedFields: array(text).optional(),
  salesQualified: strictObject({
    bant: array(z.enum(bantQuestions)).optional(),
    orIntent: array(text).optional(),
  }).optional(),
});

const when = { when: array(condition).optional() };
const routingRules = {
  'existing-owner': strictObject({ rule: z.literal('existing-owner'), ...when }),
  'named-account': strictObject({ rule: z.literal('named-account'), ...when, accounts: named(text) }),
  partner: strictObject({ rule: z.literal('partner'), ...when, team: text }),
  'round-robin': strictObject({ rule: z.literal('round-robin'), ...when, team: text }),
  queue: strictObject({ rule: z.literal('queue'), ...when, team: text }),
};
type RuleName = keyof typeof routingRules;
type WrittenRule = z.infer<(typeof routingRules)[RuleName]>;

const ruleNames = Object.keys(routingRules) as RuleName[];
const routingRule = choose<WrittenRule>(Object.values(routingRules), (value) => {
  const name = typeof value === 'object' && value !== null ? (value as { rule?: unknown }).rule : undefined;
  const known = ruleNames.find((rule) => rule === name);
  return (
    known === undefined ? z.looseObject({ rule: z.enum(ruleNames) }) : routingRules[known]
  ) as z.ZodType<WrittenRule>;
});

const amountExpected = 'an amount: a number, a share such as 25%, a duration such as 2h, or money such as 750000 USD';
const amount = z.union(
  [
    z.number(),
    z
      .string()
      .refine(
        (value) =>
          parsePercent(value) !== undefined ||
          parseWrittenDuration(value) !== undefined ||
          /^\d+(\.\d+)? [A-Z]{3}$/.test(value),
      )
      .meta({ pattern: '^(\\d{1,3}(\\.\\d{1,4})?%|(\\d+[smhdw])+|\\d+(\\.\\d+)? [A-Z]{3})$' }),
  ],
  { error: amountExpected },
);
const target = strictObject({
  party: z.enum(parties),
  atLeast: amount.optional(),
  atMost: amount.optional(),
  bySegment: named(amount).optional(),
})
  .refine(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined, {
    error: 'a target with atLeast or atMost',
  })
  .meta(oneOf('atLeast', 'atMost'));

const rhythm = written(RHYTHM_EXPECTED, RHYTHM_PATTERN, (value) => parseRhythm(value) !== undefined);
const weeksBelowGoal = written(
  'how many weeks in a row, up to 13, such as 2 weeks below goal',
  WEEKS_BELOW_GOAL_PATTERN,
  (value) => parseWeeksBelowGoal(value) !== undefined,
);

const review = strictObject({
  on: rhythm.optional(),
  within: duration.optional(),
  calendar: text.optional(),
  to: array(text),
  agenda: array(text).optional(),
  minutes: positiveCount.optional(),
  decisions: strictObject({ min: count.optional(), max: count.optional() })
    .refine(({ min = 0, max = Infinity }) => min <= max, { error: 'decisions with a min that is not above its max' })
    .optional(),
});

/** A whole agreement as it is written: every key known, every value of its kind. What names what is checked later. */
export const agreementSchema = strictObject({
  name: text,
  title: text.optional(),
  timeZone: text.optional(),
  fiscalYearStart: z.enum(months).optional(),
  effectiveFrom: date.optional(),
  reviewBy: date.optional(),
  signers: strictObject({ marketing: text, sales: text }).optional(),
  calendars: named(calendarSchema),
  defaultCalendar: text,
  segments: array(strictObject({ name: text, when: array(leadCondition).optional() })).optional(),
  qualification: qualification.optional(),
  targets: named(target).optional(),
  clocks: named(clock),
  ladders: named(array(tier)).optional(),
  reasons: strictObject({ rejection: array(reason).optional(), disposition: array(reason).optional() }).optional(),
  recycle: strictObject({ maxCycles: positiveCount.optional(), coolOff: duration.optional() }).optional(),
  nurture: strictObject({ wakeOn: z.enum(['engagement']).optional(), limit: duration.optional() }).optional(),
  dispute: strictObject({ pauses: z.enum(['sales', 'nothing']).optional(), perCycle: count.optional() }).optional(),
  pause: strictObject({ longest: duration.optional(), perCycle: count.optional() }).optional(),
  nextStep: strictObject({ furthest: duration.optional() }).optional(),
  lateLogging: strictObject({ countsWithin: duration.optional() }).optional(),
  cadence: array(
    strictObject({
      day: count,
      channel: z.enum(touchChannels),
      template: text,
      talkingPoints: array(freeText).optional(),
    }),
  ).optional(),
  routing: array(routingRule).optional(),
  deliverables: array(
    strictObject({
      name: text,
      party: z.enum(parties),
      owner: text,
      every: z.enum(deliveryRhythms),
    }),
  ).optional(),
  attribution: strictObject({
    touchWindow: duration.optional(),
    marketing: array(text).optional(),
    marketingSourced: text.optional(),
    salesSourced: text.optional(),
    marketingInfluenced: text.optional(),
  }).optional(),
  reviews: named(review).optional(),
  breaches: strictObject({
    first: text.optional(),
    second: text.optional(),
    secondAfter: weeksBelowGoal.optional(),
  }).optional(),
});

/** An agreement as people write it and sign it; stored and hashed in this form. */
export type AgreementDocument = z.infer<typeof agreementSchema>;
export type WrittenClock = AgreementDocument['clocks'][string];
export type WrittenTier = NonNullable<AgreementDocument['ladders']>[string][number];
export type WrittenReason = z.infer<typeof reason>;
export type { WrittenCondition, WrittenRule, WrittenUntil };
