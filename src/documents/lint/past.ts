import type { ClockPromise, Condition, PastClock, PastLeads, TargetOverride } from '../../domain/agreement/index.js';
import { addOpenTime, formatDuration, type DurationMs, type Instant } from '../../domain/business-time/index.js';
import type { Directory } from '../../domain/routing/directory.js';
import type { NodePath } from '../mistake.js';
import type { LintRule, LintSubject } from './rule.js';

const DAY_MS = 86_400_000;
const DAYS_PER_MONTH = 365 / 12;
/** Fewer leads than this prove nothing. */
const CASE_COUNT_MIN = 10;

export const aboveCapacity: LintRule = {
  id: 'above-capacity',
  severity: 'warning',
  finds: 'A monthly volume that, at the median time for which leads are open, is more than the teams can hold.',
  advice: 'promise fewer leads, add people, or find out why leads stay open so long',
  look: ({ document: { targets = {} }, terms, directory, past }) => {
    const volume = targets['mql-volume']?.atLeast;
    const medianMs = past?.medianOpenMs ?? null;
    if (typeof volume !== 'number' || directory === undefined || medianMs === null) return [];
    const openCount = Math.ceil((volume * medianMs) / (DAYS_PER_MONTH * DAY_MS));
    const capacity = capacityOf(
      directory,
      new Set(terms.routing.flatMap((rule) => ('team' in rule ? [rule.team] : []))),
    );
    if (openCount <= capacity) return [];
    const days = (medianMs / DAY_MS).toFixed(1);
    const message = `${volume} leads a month, each open for ${days} days, are ${openCount} at a time; the teams hold ${capacity}`;
    return [{ path: ['targets', 'mql-volume', 'atLeast'], message }];
  },
};

/** How many leads the teams' people can hold together; without a limit of one, without a limit. */
function capacityOf({ people }: Directory, teams: ReadonlySet<string>): number {
  return people
    .filter(({ team }) => team !== undefined && teams.has(team))
    .reduce((sum, { capacity = Infinity }) => sum + capacity, 0);
}

export const missedByPastLeads: LintRule = {
  id: 'missed-by-past-leads',
  severity: 'warning',
  finds: 'A target that more than half of last quarter’s leads would have missed.',
  advice: 'promise what can be kept, or say in the review what will be different',
  look: (subject) =>
    subject.past === undefined
      ? []
      : Object.entries(subject.terms.clocks).flatMap(([name, promise]) =>
          missedTargets(subject, subject.past!, name, promise),
        ),
};

interface Case {
  readonly target: NodePath;
  readonly withinMs: DurationMs;
  readonly isMissed: boolean;
}

function missedTargets(subject: LintSubject, { clocks }: PastLeads, name: string, promise: ClockPromise) {
  const cases = clocks.filter(({ clock }) => clock === name).flatMap((past) => caseOf(subject, name, promise, past));
  const places = [...new Map(cases.map(({ target }) => [target.join('.'), target])).values()];
  return places.flatMap((path) => {
    const here = cases.filter(({ target }) => target.join('.') === path.join('.'));
    const missedCount = here.filter(({ isMissed }) => isMissed).length;
    if (here.length < CASE_COUNT_MIN || missedCount * 2 <= here.length) return [];
    const target = formatDuration(here[0]!.withinMs);
    return [
      {
        path,
        message: `${missedCount} of ${here.length} leads of last quarter would have missed ${target} for "${name}"`,
      },
    ];
  });
}

/** A past clock under the promise; none where it is not over and its time would not be either. */
function caseOf(subject: LintSubject, name: string, promise: ClockPromise, past: PastClock): readonly Case[] {
  const index = promise.overrides.findIndex((override) => holdsFor(override, past));
  const override = promise.overrides[index];
  const target: NodePath = ['clocks', name, ...(override === undefined ? [] : ['overrides', index]), 'within'];
  const withinMs = override?.withinMs ?? promise.withinMs;
  const dueAt = dueAtOf(subject, promise, past.startedAt, withinMs);
  if (dueAt === undefined) return [];
  if (past.completedAt === null) return dueAt < subject.at ? [{ target, withinMs, isMissed: true }] : [];
  return [{ target, withinMs, isMissed: past.completedAt > dueAt }];
}

/** Whose calendar it was is not known here: without one of its own, the default calendar is taken. */
function dueAtOf(
  { terms, windowsOf, at }: LintSubject,
  { calendar }: ClockPromise,
  from: Instant,
  withinMs: DurationMs,
) {
  const definition = terms.calendars[calendar ?? terms.defaultCalendar]!;
  return addOpenTime(windowsOf(definition, from, Math.max(at, from) + 2 * DAY_MS), from, withinMs);
}

/** Of a past lead only priority and segment are known; what else an override asks for counts as not there. */
function holdsFor({ when }: TargetOverride, past: PastClock): boolean {
  return when.every((condition: Condition) => {
    if ('priority' in condition) return condition.priority === past.priority;
    return 'segment' in condition && condition.segment === past.segment;
  });
}
