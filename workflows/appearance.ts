import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { Instant } from '../src/domain/business-time/index.js';
import { nextDue } from '../src/domain/lifecycle/next-due.js';
import { holderOf, isPaused, type LeadState } from '../src/domain/lifecycle/state.js';
import { dueAtOf, isOpenClock, type OpenClock } from '../src/domain/sla/clock.js';
import type { Lead } from './lead.js';
import { leadSearchAttributes, type LeadSearchAttribute, type SlaState } from './messages.js';

type Value = string | number | Date | null;

/** Shows the lead in the Temporal UI as it is now: what leads are searched by, and the details in words. */
export function show(lead: Lead): void {
  const shown = workflowInfo().typedSearchAttributes;
  const changes = attributesOf(lead.state).filter(({ key, value }) => !isSame(shown.get(key) ?? null, value));
  if (changes.length > 0) upsertSearchAttributes(changes);
  setCurrentDetails(detailsOf(lead));
}

const isSame = (one: unknown, other: unknown): boolean => comparable(one) === comparable(other);
const comparable = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value);

const attributesOf = (state: LeadState): SearchAttributeUpdatePair[] =>
  Object.entries(valuesOf(state)).map(([name, value]) => {
    const key = defineSearchAttributeKey(name, leadSearchAttributes[name as LeadSearchAttribute]);
    return { key, value } as SearchAttributeUpdatePair;
  });

function valuesOf(state: LeadState): Record<LeadSearchAttribute, Value> {
  const { owner, team } = holderOf(state);
  const open = state.clocks.filter(isOpenClock);
  return {
    LeadStage: state.stage,
    SlaState: slaStateOf(state, open),
    SlaDefinition: `${state.agreement.name}@${state.agreement.version}`,
    LeadOwner: owner,
    LeadTeam: team,
    LeadSegment: state.segment,
    LeadSource: state.source ?? null,
    NextDueAt: dateOf(nextDue(state)?.at),
    MqlAt: dateOf(state.cycleStartedAt),
    BreachCount: state.clocks.filter(({ verdict }) => verdict === 'breached').length,
    EscalationTier: Math.max(0, ...open.flatMap(({ tiers }) => tiers.map(({ tier }) => tier))),
    TouchCount: state.touches.length,
  };
}

const dateOf = (at: Instant | undefined): Date | null => (at === undefined ? null : new Date(at));

function slaStateOf(state: LeadState, open: readonly OpenClock[]): SlaState {
  if (open.some(({ verdict }) => verdict === 'breached')) return 'breached';
  if (isPaused(state)) return 'paused';
  if (open.some(({ warned }) => warned.length > 0)) return 'at-risk';
  if (open.length > 0) return 'on-track';
  return state.rest ? 'resting' : 'fulfilled';
}

/** What the lead waits for, since when, until when, and who is next, as Markdown. */
function detailsOf({ state, context }: Lead): string {
  const { owner, queue } = holderOf(state);
  const holder = owner ?? (queue === null ? 'nobody' : `the queue of ${queue}`);
  const open = state.clocks.filter(isOpenClock).toSorted((a, b) => sortedBy(a) - sortedBy(b));
  return [
    nameOf(state),
    '',
    `**${state.stage}**, cycle ${state.cycle}, held by **${holder}**, ${state.agreement.name} version ${state.agreement.version}`,
    '',
    ...(open.length > 0 ? waitingTable(open, (clock) => nextReaders(clock, context)) : [restOf(state)]),
  ].join('\n');
}

const nameOf = ({ fields }: LeadState): string =>
  [fields.company, fields.firstName, fields.lastName, fields.email].filter(Boolean).join(', ');

const sortedBy = (clock: OpenClock): Instant => dueAtOf(clock) ?? Infinity;

const waitingTable = (open: readonly OpenClock[], next: (clock: OpenClock) => string): string[] => [
  '| waits for | by | since | until | next to hear |',
  '|---|---|---|---|---|',
  ...open.map(
    (clock) =>
      `| ${clock.name} #${clock.n} | ${clock.party} | ${timeOf(clock.startedAt)} | ${untilOf(clock)} | ${next(clock)} |`,
  ),
];

const timeOf = (at: Instant): string => new Date(at).toISOString();

function untilOf(clock: OpenClock): string {
  const dueAt = dueAtOf(clock);
  return dueAt === null ? 'paused' : `${timeOf(dueAt)}${clock.verdict === 'breached' ? ' (breached)' : ''}`;
}

/** To whom the next tier of the clock's ladder speaks, and when; `-` at the end of it. */
function nextReaders(clock: OpenClock, { agreements }: Lead['context']): string {
  const terms = agreements[clock.terms.at(-1)?.agreement ?? ''];
  const ladder = terms?.ladders[terms.clocks[clock.name]?.ladder ?? ''];
  const tier = ladder?.[clock.tiers.length];
  if (tier === undefined) return '-';
  const at = clock.verdict === 'paused' ? undefined : clock.plan.tiers[clock.tiers.length]?.at;
  return `${tier.to.join(', ')}${at === undefined ? '' : ` at ${timeOf(at)}`}`;
}

function restOf({ rest }: LeadState): string {
  if (rest?.wakeAt !== undefined) return `Rests until ${timeOf(rest.wakeAt)}, then begins its next cycle.`;
  if (rest?.agesOutAt !== undefined) return `Rests until a signal wakes it, or until ${timeOf(rest.agesOutAt)}.`;
  return 'Waits for nothing.';
}
