import type { NoticeReceipt } from '../activities/notice-contract.js';
import type { LeadEvent } from '../src/domain/lifecycle/events.js';
import type { CommandOf } from '../src/domain/lifecycle/commands.js';
import { evolve } from '../src/domain/lifecycle/evolve.js';
import { eventsCausingNotices } from '../src/domain/notices/causes.js';
import { deliverNotices, recordEvents } from './activity-calls.js';
import { putInto } from './inbox.js';
import { wake, type Lead } from './lead.js';
import { takeOver } from './lost-task.js';

/** So many events at most go into one recording: an activity's argument must stay small. */
const RECORDED_AT_ONCE_COUNT = 200;

/** Brings what was decided into the ledger, in order, one recording at a time; deciding goes on meanwhile. */
export async function recordOutbox(lead: Lead): Promise<void> {
  if (lead.isRecording || lead.outbox.length === 0) return;
  lead.isRecording = true;
  while (lead.outbox.length > 0) {
    const events = lead.outbox.slice(0, RECORDED_AT_ONCE_COUNT);
    const { standing } = await recordEvents(lead, events);
    if (standing) takeOver(lead, standing);
    else letGo(lead, events);
    void sendNotices(lead, eventsCausingNotices(standing ?? events));
  }
  lead.isRecording = false;
  wake(lead);
}

/** They stand in the ledger: nothing will undo them. */
function letGo(lead: Lead, events: readonly LeadEvent[]): void {
  lead.outbox.splice(0, events.length);
  // With nothing left to record the two are the same, and a lead that waits keeps one of them.
  const fold = () => events.reduce((state, event) => evolve(state, event), lead.recordedState);
  lead.recordedState = lead.outbox.length === 0 ? lead.state : fold();
  lead.recordedSeq = lead.recordedState.seq;
  for (const [id] of lead.unrecorded) {
    if (isRecorded(lead, id)) lead.unrecorded.delete(id);
  }
}

const isRecorded = ({ remembered, recordedSeq }: Lead, id: string): boolean =>
  (remembered.get(id)?.done?.seq ?? Infinity) <= recordedSeq;

/** Has notices of recorded events delivered. A mail server that is away holds up nothing but its notices. */
export async function sendNotices(lead: Lead, events: readonly LeadEvent[]): Promise<void> {
  if (events.length === 0) return;
  lead.unsentNotices = [...new Set([...lead.unsentNotices, ...events])];
  const receipt = await deliverNotices(lead, events);
  lead.unsentNotices = lead.unsentNotices.filter((event) => !events.includes(event));
  wake(lead);
  if (receipt.acceptedAt !== undefined && awaitsMailServer(lead)) putInto(lead, notified(lead, receipt));
}

const awaitsMailServer = ({ state, isNotifiedByScript }: Lead): boolean =>
  state.notifiedAt === null && !isNotifiedByScript;

/**
 * Nobody says this but the mail server; in shadow, whoever withheld the notice. Their clock may be behind that of the API,
 * which took the lead before.
 */
const notified = (
  { state }: Lead,
  { acceptedAt = 0, recipient = '', shadow }: NoticeReceipt,
): CommandOf<'notified'> => ({
  type: 'notified',
  id: `notified:${state.cycle}`,
  at: Math.max(acceptedAt, state.handedOffAt),
  by: 'system',
  recipient,
  ...(shadow && { shadow }),
});
