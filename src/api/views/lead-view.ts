/**
 * One lead as `GET /v1/leads/{id}` shows it: the fold of its ledger, nothing else.
 */
import { formatDuration } from '../../domain/business-time/index.js';
import type { EventOf, LeadEvent } from '../../domain/lifecycle/events.js';
import { nextDue } from '../../domain/lifecycle/next-due.js';
import { leadRecord, type ClockRecord } from '../../domain/lifecycle/record.js';
import { holderOf, isClosed, type LeadState } from '../../domain/lifecycle/state.js';
import { iso, isoOrNull } from './iso.js';

/** @param events the lead's whole ledger */
export function leadView(events: readonly LeadEvent[]) {
  const { state, clocks, escalations, warnings } = leadRecord(events);
  return {
    ...identity(state),
    ...standing(state, events),
    fields: state.fields,
    missingFields: state.missingFields,
    signals: state.signals.map(({ at, ...said }) => ({ ...said, at: iso(at) })),
    clocks: clocks.map(clockView),
    warnings: warnings.map(warningView),
    escalations: escalations.map(escalationView),
    touches: state.touches.map(({ seq: _seq, touchedAt, loggedAt, ...touch }) => ({
      ...touch,
      touchedAt: iso(touchedAt),
      loggedAt: iso(loggedAt),
    })),
    qualification: { ...state.bant, intents: state.intents },
    ...interruptions(state),
    opportunity: state.opportunity,
  };
}

const identity = ({ leadId, source, externalId, agreement }: LeadState) => ({
  leadId,
  source: source ?? null,
  externalId: externalId ?? null,
  agreement: `${agreement.name}@${agreement.version}`,
  workflowId: `lead:${leadId}`,
});

function standing(state: LeadState, events: readonly LeadEvent[]) {
  const { owner, queue, team } = holderOf(state);
  const origin = events.findLast((event) => event.type === 'handed-off' || event.type === 'excluded');
  return {
    seq: state.seq,
    stage: state.stage,
    cycle: state.cycle,
    isClosed: isClosed(state),
    owner,
    queue,
    team,
    segment: state.segment,
    priority: state.priority,
    excluded: state.excluded,
    qualifiedAt: isoOrNull(qualifiedAtOf(origin)),
    handedOffAt: iso(state.handedOffAt),
    cycleStartedAt: iso(state.cycleStartedAt),
    notifiedAt: isoOrNull(state.notifiedAt),
    acceptedAt: isoOrNull(state.acceptedAt),
    closedAt: isoOrNull(state.closedAt),
    closedBy: state.closedBy,
    closingCause: state.closingCause,
    agedOut: state.closingCause === 'aged-out',
    nextDueAt: isoOrNull(nextDue(state)?.at),
  };
}

const qualifiedAtOf = (event: LeadEvent | undefined) =>
  event?.type === 'handed-off' || event?.type === 'excluded' ? event.qualifiedAt : undefined;

const interruptions = ({ pause, dispute, rest }: LeadState) => ({
  pause: pause && { since: iso(pause.since), endsAt: isoOrNull(pause.endsAt), reason: pause.reason },
  dispute: dispute && { since: iso(dispute.since), reason: dispute.reason },
  rest: rest && {
    kind: rest.kind,
    wakeAt: isoOrNull(rest.wakeAt),
    coolOffUntil: isoOrNull(rest.coolOffUntil),
    agesOutAt: isoOrNull(rest.agesOutAt),
  },
});

export const clockView = ({ targetMs, overshootMs, ...clock }: ClockRecord) => ({
  ...clock,
  startedAt: iso(clock.startedAt),
  within: formatDuration(targetMs),
  dueAt: isoOrNull(clock.dueAt),
  completedAt: isoOrNull(clock.completedAt),
  overshoot: overshootMs === null ? null : formatDuration(overshootMs),
});

const warningView = ({ at, clock, n, clockCycle, point, dueAt }: EventOf<'warning-fired'>) => ({
  at: iso(at),
  clock,
  n,
  cycle: clockCycle,
  point,
  dueAt: iso(dueAt),
});

const escalationView = (event: EventOf<'tier-fired'>) => ({
  at: iso(event.at),
  clock: event.clock,
  n: event.n,
  cycle: event.clockCycle,
  tier: event.tier,
  to: event.to,
  skipped: event.skipped,
  ...(event.reassigned === undefined ? {} : { reassigned: event.reassigned }),
  ...(event.shadow === true && { shadow: true }),
});
