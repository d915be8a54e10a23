import type { CadenceStep, ClockPromise, TouchesMilestone } from '../../domain/agreement/index.js';
import { formatDuration, type DurationMs } from '../../domain/business-time/index.js';
import type { NodePath } from '../mistake.js';
import { shortestElapsedMs, yearOf } from './elapsed.js';
import type { LintRule, LintSubject } from './rule.js';

const DAY_MS = 86_400_000;
/** Steps of one day on one channel are as far apart as this, at most: a working day. */
const WORKING_DAY_MS = DAY_MS / 3;

/** A clock's target with the place where it is written. */
interface Target {
  readonly path: NodePath;
  readonly withinMs: DurationMs;
}

interface TouchesClock {
  readonly name: string;
  readonly promise: ClockPromise;
  readonly until: TouchesMilestone;
}

export const touchesDoNotFit: LintRule = {
  id: 'touches-do-not-fit',
  severity: 'error',
  finds: 'More touches than fit in their time with their spacing, on the channels that are asked for or led through.',
  advice: 'give them more time, ask for fewer, space them less, or ask for more channels',
  look: (subject) =>
    touchesClocks(subject).flatMap(({ name, promise, until }) => {
      const channelCount = Math.max(until.channels, channelsOf(subject.terms.cadence));
      const leastMs = (Math.ceil(until.touches / channelCount) - 1) * until.spacingMs;
      return targetsOf(name, promise)
        .filter(({ withinMs }) => leastMs > elapsedMsOf(subject, promise, withinMs))
        .map(({ path }) => ({ path, message: notFitting(until, channelCount, leastMs) }));
    }),
};

export const cadenceMissesTouches: LintRule = {
  id: 'cadence-misses-touches',
  severity: 'error',
  finds: 'A cadence that, followed to the letter, does not make the touches that are promised.',
  advice: 'add steps, move them earlier, spread them over more channels, or promise less',
  look: (subject) =>
    subject.terms.cadence.length === 0
      ? []
      : touchesClocks(subject).flatMap(({ name, promise, until }) =>
          targetsOf(name, promise).flatMap(({ withinMs }) => {
            const inTime = stepsWithin(subject.terms.cadence, elapsedMsOf(subject, promise, withinMs));
            const lack = whatLacks(countedSteps(inTime, until.spacingMs), until);
            return lack === undefined
              ? []
              : [{ path: ['cadence'], atKey: true, message: `${lack} for clock "${name}"` }];
          }),
        ),
};

export const cadenceGap: LintRule = {
  id: 'cadence-gap',
  severity: 'error',
  finds: 'A gap in the cadence longer than the time for a status update, and too long for a next step to bridge.',
  advice: 'put a step between, give the status update more time, or let nextStep.furthest reach over the gap',
  look: (subject) =>
    statusClocks(subject).flatMap(([name, promise]) => {
      const statusMs = elapsedMsOf(subject, promise, promise.withinMs);
      const longestMs = Math.max(statusMs, subject.terms.nextStep.furthestMs);
      return gapsOf(subject.terms.cadence)
        .filter(({ gapMs }) => gapMs > longestMs)
        .map(({ index, gapMs }) => ({
          path: ['cadence', index, 'day'],
          message: `${gapMs / DAY_MS} days lie between this step and the one before, but clock "${name}" wants a status sooner`,
        }));
    }),
};

function touchesClocks({ terms }: LintSubject): readonly TouchesClock[] {
  return Object.entries(terms.clocks).flatMap(([name, promise]) =>
    typeof promise.until === 'string' ? [] : [{ name, promise, until: promise.until }],
  );
}

const statusClocks = ({ terms }: LintSubject): readonly [string, ClockPromise][] =>
  Object.entries(terms.clocks).filter(([, { until, repeats }]) => until === 'status-updated' && repeats);

const targetsOf = (name: string, { withinMs, overrides }: ClockPromise): readonly Target[] => [
  { path: ['clocks', name, 'within'], withinMs },
  ...overrides.map((override, index) => ({
    path: ['clocks', name, 'overrides', index, 'within'],
    withinMs: override.withinMs,
  })),
];

function elapsedMsOf(subject: LintSubject, { calendar }: ClockPromise, withinMs: DurationMs): DurationMs {
  return shortestElapsedMs(yearOf(subject, calendar), withinMs, subject.at);
}

const channelsOf = (cadence: readonly CadenceStep[]): number => new Set(cadence.map(({ channel }) => channel)).size;

function notFitting({ touches, spacingMs }: TouchesMilestone, channelCount: number, leastMs: DurationMs): string {
  const where = channelCount === 1 ? 'one channel' : `${channelCount} channels`;
  const spacing = `each ${formatDuration(spacingMs)} after the last on its channel`;
  return `${touches} touches on ${where}, ${spacing}, take ${formatDuration(leastMs)} at least`;
}

const stepsWithin = (cadence: readonly CadenceStep[], elapsedMs: DurationMs): readonly CadenceStep[] =>
  cadence.filter(({ day }) => day * DAY_MS <= elapsedMs);

/** The steps that count as touches: one that follows another on its channel too soon does not. */
function countedSteps(steps: readonly CadenceStep[], spacingMs: DurationMs): readonly CadenceStep[] {
  const lastCountedMs = new Map<string, DurationMs>();
  return [...steps]
    .sort((a, b) => a.day - b.day)
    .filter(({ day, channel }) => {
      const lastMs = lastCountedMs.get(channel);
      const startMs = day * DAY_MS;
      if (lastMs === undefined) lastCountedMs.set(channel, startMs);
      if (lastMs === undefined) return true;
      const nextMs = Math.max(startMs, lastMs + spacingMs);
      const isCounted = nextMs <= startMs + (spacingMs > 0 ? WORKING_DAY_MS : 0);
      if (isCounted) lastCountedMs.set(channel, nextMs);
      return isCounted;
    });
}

function whatLacks(steps: readonly CadenceStep[], { touches, channels }: TouchesMilestone): string | undefined {
  if (steps.length < touches) return `it makes ${steps.length} touches in time and ${touches} are promised`;
  const used = channelsOf(steps);
  return used < channels ? `it uses ${used} channels in time and ${channels} are promised` : undefined;
}

function gapsOf(cadence: readonly CadenceStep[]): readonly { readonly index: number; readonly gapMs: DurationMs }[] {
  return cadence.slice(1).map(({ day }, index) => ({ index: index + 1, gapMs: (day - cadence[index]!.day) * DAY_MS }));
}
