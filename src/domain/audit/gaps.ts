/**
 * Here lives the comparison of what a lead's ledger asks for with what was recorded, sent and said: gaps that the
 * auditor repairs, differences that `ledger verify` tells, and leads that are stuck. Nothing here reads, sends or mends.
 */
import type { DurationMs, Instant } from '../business-time/index.js';
import { evolve, foldLead } from '../lifecycle/evolve.js';
import type { LeadEvent } from '../lifecycle/events.js';
import { nextDue, type DueItem } from '../lifecycle/next-due.js';
import type { LeadState } from '../lifecycle/state.js';
import { eventsCausingNotices, type NoticeEvent } from '../notices/causes.js';
import { noticeKey, noticesOf } from '../notices/notice.js';
import type { Directory } from '../routing/directory.js';

/** What the auditor is shown of one lead. */
export interface AuditedLead {
  readonly leadId: string;
  /** The whole ledger. */
  readonly story: readonly LeadEvent[];
  /** When each event of the story was recorded. */
  readonly recordedAts: readonly Instant[];
  readonly notices: readonly NoticeRecord[];
  /** Events with notices that a hold has kept, and since when those may leave again. */
  readonly heldNotices: readonly HeldRecord[];
  /** Commands that were stored and never got an outcome. */
  readonly waitingCommands: readonly WaitingCommand[];
}

export interface NoticeRecord {
  readonly key: string;
  /** Of the event that caused it. */
  readonly seq: number;
  /** `withheld`: in shadow it counts as told, for it is never to leave. */
  readonly standing: 'claimed' | 'sent' | 'failed' | 'withheld';
}

export interface HeldRecord {
  /** Of the event that causes it. */
  readonly seq: number;
  /** Null: notices are still held. */
  readonly releasedAt: Instant | null;
}

export interface WaitingCommand {
  readonly type: string;
  readonly receivedAt: Instant;
}

export const gapKinds = ['missed-due', 'unsent-notice', 'undelivered-command'] as const;
export type GapKind = (typeof gapKinds)[number];

/** Something that should have happened to a lead by now and, as far as anybody has recorded, did not. */
export interface Gap {
  readonly kind: GapKind;
  readonly leadId: string;
  /** The due item, the notice's event or the command, in words. */
  readonly what: string;
  /** Since when it should have been there. */
  readonly since: Instant;
  /** Of an unsent notice: the event that causes it. */
  readonly event?: NoticeEvent;
}

export interface AuditTerms {
  readonly now: Instant;
  /** What is younger may still be on its first way. */
  readonly graceMs: DurationMs;
  readonly directory: Directory;
}

/** Every gap of one lead, the missed due point first; only the first due point counts, for others wait behind it. */
export function findGaps(lead: AuditedLead, terms: AuditTerms): readonly Gap[] {
  const latestAt = terms.now - terms.graceMs;
  return [...missedDue(lead, latestAt), ...unsentNotices(lead, latestAt, terms.directory), ...waiting(lead, latestAt)];
}

function missedDue({ leadId, story }: AuditedLead, latestAt: Instant): readonly Gap[] {
  const due = nextDue(foldLead(story));
  if (due === undefined || due.at >= latestAt) return [];
  return [{ kind: 'missed-due', leadId, what: wordsOfDue(due), since: due.at }];
}

function unsentNotices(lead: AuditedLead, latestAt: Instant, directory: Directory): readonly Gap[] {
  const { leadId, story, recordedAts } = lead;
  const states = statesAfter(story);
  return eventsCausingNotices(story).flatMap((event): readonly Gap[] => {
    const since = owedSince(lead, event, recordedAts[event.seq - 1] ?? event.at);
    if (since >= latestAt || hasBeenTold(lead, event, states[event.seq - 1]!, directory)) return [];
    return [{ kind: 'unsent-notice', leadId, what: event.type, since, event }];
  });
}

/** When its notices could leave: once it was recorded, or once the hold that kept them was over; never while it is not. */
function owedSince({ heldNotices }: AuditedLead, { seq }: NoticeEvent, recordedAt: Instant): Instant {
  const held = heldNotices.find((record) => record.seq === seq);
  return held === undefined ? recordedAt : Math.max(recordedAt, held.releasedAt ?? Infinity);
}

function statesAfter(story: readonly LeadEvent[]): readonly LeadState[] {
  const states: LeadState[] = [];
  for (const event of story) states.push(evolve(states.at(-1), event));
  return states;
}

/**
 * Whether everybody who was to hear of the event has, or somebody in their place. Who was to hear is asked of today's
 * directory: where it has changed since, as many mails as readers are enough.
 */
function hasBeenTold({ notices }: AuditedLead, event: NoticeEvent, state: LeadState, directory: Directory): boolean {
  const expected = noticesOf(event, state, directory).map((notice) => noticeKey(notice, 'email'));
  const known = notices.filter(({ seq, key }) => seq === event.seq || expected.includes(key));
  const sentCount = known.filter(isSettled).length;
  const isTold = (key: string): boolean => {
    const notice = notices.find((record) => record.key === key);
    return notice !== undefined && (isSettled(notice) || (notice.standing === 'failed' && sentCount > 0));
  };
  return sentCount >= expected.length || expected.every(isTold);
}

const isSettled = ({ standing }: NoticeRecord): boolean => standing === 'sent' || standing === 'withheld';

const waiting = ({ leadId, waitingCommands }: AuditedLead, latestAt: Instant): readonly Gap[] =>
  waitingCommands
    .filter(({ receivedAt }) => receivedAt < latestAt)
    .map(({ type, receivedAt }) => ({ kind: 'undelivered-command', leadId, what: type, since: receivedAt }));

/** The item as people are told of it. */
export function wordsOfDue(due: DueItem): string {
  switch (due.kind) {
    case 'breach':
      return `breach of ${due.clock.name} #${due.clock.n}`;
    case 'tier':
      return `tier ${due.tier} of ${due.clock.name} #${due.clock.n}`;
    case 'warning':
      return `warning ${due.point} of ${due.clock.name} #${due.clock.n}`;
    case 'out-of-reach':
      return `${due.clock.name} #${due.clock.n} out of reach`;
    case 'number-starts':
      return `start of ${due.clock}`;
    case 'pause-ends':
      return 'end of the pause';
    case 'wake':
      return 'waking';
    case 'age-out':
      return 'ageing out';
  }
}
