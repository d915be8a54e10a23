/**
 * A post about a lead that is there: what it adds, as commands for the lead's workflow.
 */
import type { Fields, FieldValue } from '../../domain/agreement/index.js';
import type { Instant } from '../../domain/business-time/index.js';
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

/** What a post says that the lead does not know yet. */
export interface News {
  readonly fields: Fields;
  readonly signals: readonly Signal[];
}

/** Changed fields as `enrich`, new signals as `signal`; nothing new means no command. */
export function join(post: IntakePost, existing: ExistingLead): IntakeDecision {
  const { state } = existing;
  const { leadId } = state;
  const news = newsIn(post, existing);
  return {
    kind: 'joined',
    leadId,
    commands: commandsAdding(news, { ...post, leadId }),
    answer: joinedAnswer(state, { joined: joinableStages.includes(state.stage), ...news }),
  };
}

/** @returns signals of earlier posts left out, whether they came with the hand-off or later */
export function newsIn({ request }: IntakePost, { state, events }: ExistingLead): News {
  const known = new Set(events.map(({ commandId }) => commandId));
  return {
    fields: changedFields(request.fields, state.fields),
    signals: newSignals(request.signals, state).filter((signal) => !known.has(idOfSignal(state.leadId, signal))),
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

/** Where news belongs: the lead, and the post that brought it. */
interface Bearing {
  readonly leadId: string;
  readonly bodyHash: string;
  readonly receivedAt: Instant;
}

export function commandsAdding({ fields, signals }: News, { leadId, bodyHash, receivedAt }: Bearing): StoredCommand[] {
  const said = { leadId, by: 'system', receivedAt };
  const enrich = { ...said, id: hashOf(['enrich', leadId, bodyHash]), type: 'enrich', body: { fields } } as const;
  return [
    ...(Object.keys(fields).length === 0 ? [] : [enrich]),
    ...signals.map((signal): StoredCommand => {
      const { at: _at, ...body } = signal;
      return { ...said, id: idOfSignal(leadId, signal), type: 'signal', body };
    }),
  ];
}

/**
 * A signal's id is what it says and when, so that senders may post a contact's whole history each time: what came
 * before is stored once. (In the ledger it has the instant at which we received it, not its own.)
 */
const idOfSignal = (leadId: string, { at, ...said }: Signal): string => hashOf(['signal', leadId, said, at]);
