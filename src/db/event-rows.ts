import { isDeepStrictEqual } from 'node:util';
import type { LeadEvent } from '../domain/lifecycle/events.js';
import { holderOf, type LeadState } from '../domain/lifecycle/state.js';
import { instantOf, timestampOf } from './instants.js';
import type { Row } from './recording.js';

export interface StoredEvent {
  readonly seq: number;
  readonly type: string;
  readonly cycle: number;
  readonly at: Date;
  readonly by: string | null;
  readonly command_id: string | null;
  readonly payload: Record<string, unknown>;
}

/** The columns that make an event. */
export const eventColumns = 'seq, type, cycle, at, by, command_id, payload';

/** An event's row, with what reports ask about the lead as the event leaves it. */
export function eventRow(workspace: string, event: LeadEvent, state: LeadState): Row {
  const { type, seq, at, cycle, by, commandId, ...payload } = event;
  const { owner, queue, team } = holderOf(state);
  return {
    workspace,
    lead_id: state.leadId,
    seq,
    type,
    cycle,
    at: timestampOf(at),
    by: by ?? null,
    command_id: commandId ?? null,
    payload,
    owner,
    queue,
    team,
    segment: state.segment,
    source: state.source ?? null,
    agreement_key: state.agreement.key,
    agreement_name: state.agreement.name,
    agreement_version: state.agreement.version,
  };
}

export const eventOf = ({ seq, type, cycle, at, by, command_id: commandId, payload }: StoredEvent): LeadEvent =>
  ({
    type,
    seq,
    at: instantOf(at),
    cycle,
    ...(by !== null && { by }),
    ...(commandId !== null && { commandId }),
    ...payload,
  }) as LeadEvent;

/** Whether an event says what a stored one says, as far as JSON can tell. */
export const saysTheSame = (stored: LeadEvent, event: LeadEvent): boolean =>
  isDeepStrictEqual(stored, JSON.parse(JSON.stringify(event)));
