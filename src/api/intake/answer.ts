/**
 * What intake answers, as bytes: they are stored with the lead, and a redelivery gets the same ones.
 */
import type { Fields } from '../../domain/agreement/index.js';
import type { Signal } from '../../domain/lifecycle/events.js';
import type { LeadState } from '../../domain/lifecycle/state.js';
import { holderOf } from '../../domain/lifecycle/state.js';
import { dueAtOf, isOpenClock, type Clock } from '../../domain/sla/clock.js';
import type { IntakeAnswer } from '../ports.js';
import { iso, isoOrNull } from '../views/iso.js';

/** 201 for a lead that now has an owner or a queue, and clocks. */
export const handedOffAnswer = (state: LeadState): IntakeAnswer => answer(201, presentState(state));

/** 200 for a lead that is not what was agreed: stored, shown as excluded, no clock runs. */
export const excludedAnswer = (state: LeadState): IntakeAnswer =>
  answer(200, { ...presentState(state), excluded: state.excluded });

/** What a post added to a lead that was there before. */
export interface Additions {
  readonly joined: boolean;
  readonly fields: Fields;
  readonly signals: readonly Signal[];
}

/** 200 with the lead as it was found; what was added reaches it as commands. */
export const joinedAnswer = (state: LeadState, { joined, fields, signals }: Additions): IntakeAnswer =>
  answer(200, {
    ...presentState(state),
    ...(joined ? { joined } : { joined, recorded: true }),
    changedFields: Object.keys(fields),
    newSignalCount: signals.length,
  });

const answer = (status: number, value: unknown): IntakeAnswer => ({ status, bytes: JSON.stringify(value) });

function presentState(state: LeadState) {
  const { owner, queue } = holderOf(state);
  const { name, version } = state.agreement;
  return {
    leadId: state.leadId,
    agreement: `${name}@${version}`,
    cycle: state.cycle,
    stage: state.stage,
    owner,
    queue,
    segment: state.segment,
    priority: state.priority,
    missingFields: state.missingFields,
    handedOffAt: iso(state.handedOffAt),
    clocks: state.clocks.filter(isOpenClock).map(clockLine),
  };
}

const clockLine = (clock: Clock) => ({
  clock: clock.name,
  n: clock.n,
  startedAt: iso(clock.startedAt),
  dueAt: isoOrNull(dueAtOf(clock)),
  verdict: clock.verdict,
});
