import type { StuckReason } from '../../domain/audit/stuck.js';
import type { LeadState } from '../../domain/lifecycle/state.js';
import { holderOf } from '../../domain/lifecycle/state.js';
import { iso } from './iso.js';

/** A stuck lead: why in words, and the command line that helps. */
export const stuckView = (state: LeadState, reasons: readonly StuckReason[]) => ({
  leadId: state.leadId,
  name: nameOf(state),
  stage: state.stage,
  holder: holderName(state),
  reasons: reasons.map((reason) => ({
    code: reason.kind,
    since: iso(reason.since),
    why: whyOf(reason),
    help: helpOf(reason).replace('ID', state.leadId),
  })),
});

const nameOf = ({ fields }: LeadState): string =>
  [fields['firstName'], fields['lastName'], fields['company'], fields['email']].filter(Boolean).join(' ');

function holderName(state: LeadState): string {
  const { owner, queue } = holderOf(state);
  return owner ?? (queue === null ? 'nobody' : `the queue of ${queue}`);
}

function whyOf(reason: StuckReason): string {
  switch (reason.kind) {
    case 'missed-due':
      return `the ${reason.what} was due and did not happen`;
    case 'unsent-notice':
      return `nobody was told of ${reason.what}`;
    case 'undelivered-command':
      return `the command ${reason.what} was not delivered`;
    case 'nobody-owns-it':
      return 'it lies in the queue, nobody owns it';
    case 'owner-absent':
      return `${reason.owner}, who owns it, is absent`;
    case 'paused':
      return `it is paused without an end (${reason.reason})`;
    case 'ladder-at-its-end':
      return `${reason.clock} is breached, and nobody is left who would hear of it`;
  }
}

function helpOf(reason: StuckReason): string {
  switch (reason.kind) {
    case 'missed-due':
    case 'unsent-notice':
    case 'undelivered-command':
      return 'the auditor mends it within minutes; if not, see that Temporal and the worker run, then: handoff ledger verify';
    case 'nobody-owns-it':
    case 'owner-absent':
      return 'handoff lead reassign ID --to PERSON';
    case 'paused':
      return 'handoff lead resume ID';
    case 'ladder-at-its-end':
      return helpFor(reason.until);
  }
}

type Until = Extract<StuckReason, { kind: 'ladder-at-its-end' }>['until'];

/** What ends a clock that waits for this milestone. */
function helpFor(until: Until): string {
  if (typeof until === 'object') return 'handoff lead touch ID --channel CHANNEL --outcome OUTCOME';
  switch (until) {
    case 'accepted':
    case 'decided':
      return 'handoff lead accept ID';
    case 'touched':
      return 'handoff lead touch ID --channel CHANNEL --outcome OUTCOME';
    case 'status-updated':
      return 'handoff lead status ID --text TEXT';
    case 'disposed':
    case 'closed':
      return 'handoff lead dispose ID --reason REASON';
    case 'feedback-given':
      return 'handoff lead feedback ID --notes TEXT';
    case 'dispute-resolved':
      return 'handoff lead resolve-dispute ID --decision DECISION';
    default:
      return 'handoff lead reassign ID --to PERSON';
  }
}
