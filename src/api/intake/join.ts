/**
 * A post about a lead that is there: what it adds, as commands for the lead's workflow.
 */
import type { Fields, FieldValue } from '../../domain/agreement/index.js';
import type { Signal } from '../../domain/lifecycle/events.js';
import type { Stage } from '../../domain/lifecycle/stage.js';
import type { LeadState } from '../../domain/lifecycle/state.js';
import type { StoredCommand } from '../../domain/ports.js';
import type { ExistingLead, IntakeDecision, IntakePost } from '../ports.js';
import { joinedAnswer } from './answer.js';
import { hashOf } from './lead-id.js';

/** Stages in which a post joins the lead; in the others it is recorded, and the lead stays closed. */
const joinableStages: readonly Stage[] = ['mql', 'sal', 'nurture', 'recycled'];

/** Stages in which another post with the same e-mail is about this lead; after them it is a lead of its own. */
const runningStages: readonly Stage[] = [...joinableStages, 'sales-qualified', 'opportunity'];

export const isRunning = (state: LeadState): boolean => runningStages.includes(state.stage);

/** Changed fields as `enrich`, new signals as `signal`; nothing new means no command. */
export function join(post: IntakePost, { state, events }: ExistingLead): IntakeDecision {
  const { fields, signals } = post.request;
  const changed = changedFields(fields, state.fields);
  const known = new Set(events.map(({ commandId }) => commandId));
  const signalled = newSignals(signals, state)
    .map((signal) => signalCommand(post, state, signal))
    .filter(({ id }) => !known.has(id));
  const additions = {
    joined: joinableStages.includes(state.stage),
    changedFields: Object.keys(changed),
    newSignalCount: signalled.length,
  };
  return {
    kind: 'joined',
    leadId: state.leadId,
    commands: [...enrichCommands(post, state, changed), ...signalled],
    answer: joinedAnswer(state, additions),
  };
}

const changedFields = (posted: Fields, known: Fields): Fields =>
  Object.fromEntries(Object.entries(posted).filter(([name, value]) => !isKnown(value, known[name])));

/** An empty value for a field that was never there is no news. */
const isKnown = (value: FieldValue, known: FieldValue | undefined): boolean => value === (known ?? null);

/** Signals that the lead does not have yet, by what they say and when. */
export const newSignals = (posted: readonly Signal[], state: LeadState | undefined): readonly Signal[] =>
  posted.filter((signal) => !state?.signals.some((known) => isSame(known, signal)));

const isSame = (known: Signal, signal: Signal): boolean => hashOf(known) === hashOf(signal);

function enrichCommands(post: IntakePost, state: LeadState, changed: Fields): StoredCommand[] {
  if (Object.keys(changed).length === 0) return [];
  const id = hashOf(['enrich', state.leadId, post.bodyHash]);
  return [commandOf(post, state, id, 'enrich', { fields: changed })];
}

/**
 * A signal's id is what it says and when, so that senders may post a contact's whole history each time: what came
 * before is stored once. (In the ledger it has the instant at which we received it, not its own.)
 */
function signalCommand(post: IntakePost, state: LeadState, { at, ...said }: Signal): StoredCommand {
  const id = hashOf(['signal', state.leadId, said, at]);
  return commandOf(post, state, id, 'signal', said);
}

const commandOf = (
  { receivedAt }: IntakePost,
  { leadId }: LeadState,
  id: string,
  type: 'enrich' | 'signal',
  body: unknown,
): StoredCommand => ({ id, leadId, type, body, by: 'system', receivedAt });
