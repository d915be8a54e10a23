import type {
  AgreementTerms,
  CadenceStep,
  ClockPromise,
  Condition,
  Qualification,
  Reason,
  RoutingRule,
  Tier,
  Until,
  WarningPoint,
} from '../domain/agreement/index.js';
import type {
  AgreementDocument,
  WrittenClock,
  WrittenCondition,
  WrittenReason,
  WrittenRule,
  WrittenTier,
  WrittenUntil,
} from './agreement-schema.js';
import { documentKey } from './canonical-json.js';
import type { CalendarKeys } from './calendar-keys.js';
import { parsePercent, requireDuration } from './scalars.js';

/**
 * What a lead needs of an agreement that was checked before: durations in milliseconds, and the defaults of the parts
 * that it leaves out (spec §5).
 * @throws RangeError if the document has mistakes that a check would have told
 */
export function termsOf(
  document: AgreementDocument,
  { version }: { readonly version: number },
  calendars: Pick<CalendarKeys, 'zoneRelease' | 'keyOf'>,
): AgreementTerms {
  const { ladders = {}, reasons = {}, segments = [], cadence = [], routing = [] } = document;
  return {
    key: documentKey(document, calendars.zoneRelease),
    name: document.name,
    version,
    zoneRelease: calendars.zoneRelease,
    calendars: document.calendars,
    calendarKeys: mapValues(document.calendars, calendars.keyOf),
    defaultCalendar: document.defaultCalendar,
    segments: segments.map(({ name, when = [] }) => ({ name, when: when.map(conditionOf) })),
    qualification: qualificationOf(document.qualification ?? {}),
    clocks: mapValues(document.clocks, promiseOf),
    ladders: mapValues(ladders, (tiers) => tiers.map(tierOf)),
    reasons: {
      rejection: (reasons.rejection ?? []).map(reasonOf),
      disposition: (reasons.disposition ?? []).map(reasonOf),
    },
    ...limitsOf(document),
    cadence: cadence.map((step): CadenceStep => ({ ...step, talkingPoints: step.talkingPoints ?? [] })),
    routing: routing.map(ruleOf),
  };
}

function limitsOf({ recycle, nurture, dispute, pause, nextStep, lateLogging }: AgreementDocument) {
  return {
    recycle: { maxCycles: recycle?.maxCycles ?? 3, coolOffMs: requireDuration(recycle?.coolOff ?? '30d') },
    nurture: { limitMs: requireDuration(nurture?.limit ?? '180d') },
    dispute: { pauses: dispute?.pauses ?? ('sales' as const), perCycle: dispute?.perCycle ?? 1 },
    pause: present({ longestMs: optionalMs(pause?.longest), perCycle: pause?.perCycle }),
    nextStep: { furthestMs: requireDuration(nextStep?.furthest ?? '10d') },
    lateLogging: { countsWithinMs: requireDuration(lateLogging?.countsWithin ?? '24h') },
  };
}

function qualificationOf(written: NonNullable<AgreementDocument['qualification']>): Qualification {
  const { mql = {}, highPriority = [], requiredFields = [], enrichedFields = [], salesQualified = {} } = written;
  return {
    fit: (mql.fit ?? []).map(conditionOf),
    engagement: (mql.engagement ?? []).map(conditionOf),
    exclude: (mql.exclude ?? []).map(conditionOf),
    highPriority: highPriority.map(conditionOf),
    requiredFields,
    enrichedFields,
    bant: salesQualified.bant ?? [],
    orIntent: salesQualified.orIntent ?? [],
  };
}

function promiseOf(clock: WrittenClock): ClockPromise {
  const { party, from, until, repeats = false, within, overrides = [], calendar, warn = [], ladder, goal } = clock;
  return present({
    party,
    from: Array.isArray(from) ? from : [from],
    until: untilOf(until),
    repeats,
    withinMs: requireDuration(within),
    overrides: overrides.map((override) => ({
      when: override.when.map(conditionOf),
      withinMs: requireDuration(override.within),
    })),
    calendar,
    warn: warn.map(warningPointOf),
    ladder,
    goalPpm: goal === undefined ? undefined : parsePercent(goal),
  });
}

function untilOf(until: WrittenUntil): Until {
  if (typeof until === 'string') return until;
  return {
    touches: until.touches,
    channels: until.channels ?? 1,
    spacingMs: requireDuration(until.spacing ?? '0h'),
  };
}

function warningPointOf(text: string): WarningPoint {
  const sharePpm = parsePercent(text);
  return sharePpm === undefined ? { text, leftMs: requireDuration(text.replace(/ left$/, '')) } : { text, sharePpm };
}

function tierOf({ on, after, to, reassign, holdOnAcknowledge, urgent }: WrittenTier): Tier {
  return {
    on: on ?? 'breach',
    afterMs: requireDuration(after ?? '0h'),
    to,
    reassign: reassign ?? false,
    holdOnAcknowledgeMs: requireDuration(holdOnAcknowledge ?? '0h'),
    urgent: urgent ?? false,
  };
}

function reasonOf({ id, route, notes, needs, wakeAfter, wakeOn }: WrittenReason): Reason {
  return present({
    id,
    route,
    notes: notes ?? 'optional',
    needs,
    wakeAfterMs: optionalMs(wakeAfter),
    wakeOnRequired: wakeOn === 'required',
  });
}

function conditionOf(condition: WrittenCondition): Condition {
  if (!('within' in condition) || condition.within === undefined) return condition;
  const { within, ...rest } = condition;
  return { ...rest, withinMs: requireDuration(within) };
}

function ruleOf(rule: WrittenRule): RoutingRule {
  return { ...rule, when: (rule.when ?? []).map(conditionOf) };
}

function optionalMs(text: string | undefined): number | undefined {
  return text === undefined ? undefined : requireDuration(text);
}

/** Without the keys that have no value, so that a value by JSON is the same value. */
function present<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

function mapValues<T, R>(map: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));
}
