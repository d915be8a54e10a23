import type { EventType } from '../lifecycle/events.js';
import { spoken } from '../notices/words.js';
import type { Fact } from './explanation.js';

type Words = (by: string, fact: Fact) => string;

const words: Readonly<Partial<Record<EventType, Words>>> = {
  'handed-off': () => 'the lead was handed off',
  notified: (_by, { shadow }) =>
    shadow === true ? 'the hand-off notice was withheld in shadow' : 'the hand-off notice was sent',
  'tier-fired': () => 'an escalation moved the lead on',
  accepted: (by) => `${by} accepted the lead`,
  rejected: (by) => `${by} rejected the lead`,
  disposed: (by) => `${by} disposed of the lead`,
  closed: () => 'the lead was closed',
  touched: (by, { channel, outcome }) => `${by} reached out by ${channel} (${spoken(outcome ?? '')})`,
  'status-updated': (by) => `${by} gave a status`,
  qualified: (by) => `${by} answered the qualification`,
  'feedback-given': (by) => `${by} gave feedback`,
  'owner-changed': () => 'the lead changed hands',
  reopened: (by) => `${by} reopened the lead`,
  'touch-retracted': (by) => `${by} took back a touch that was logged by mistake`,
  'touch-corrected': (by) => `${by} approved that a touch happened at another instant`,
  'touch-bounced': () => 'a touch turned out to have bounced',
  paused: (by) => `${by} paused the lead`,
  'pause-ended': () => 'the pause ended',
  'dispute-opened': (by) => `${by} opened a dispute`,
  'dispute-resolved': (by) => `${by} resolved the dispute`,
  enriched: () => 'the missing fields became known',
  signalled: () => 'the prospect showed interest',
  woken: () => 'the lead woke for another cycle',
  'agreement-applied': (by) => `${by} changed the agreement`,
  'agreement-reverted': (by) => `${by} reverted a change of agreement`,
};

/** A fact as half a sentence: who did what. */
export const factWords = (fact: Fact): string =>
  words[fact.what]?.(fact.by ?? 'somebody', fact) ?? `“${spoken(fact.what)}” was recorded`;
