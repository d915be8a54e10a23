/**
 * The agreement as one lead needs it: promises, ladders, reasons and rules as plain data, durations in milliseconds.
 * No parsing, no file formats and no time zones live here; `src/documents` makes these values from YAML or JSON.
 */
import type { CalendarDefinition, CalendarKey, DurationMs } from '../business-time/index.js';

export const parties = ['marketing', 'sales'] as const;
export type Party = (typeof parties)[number];

export const priorities = ['normal', 'high'] as const;
export type Priority = (typeof priorities)[number];

/** The facts that start and end clocks (spec §2, the table of milestones). */
export const milestones = [
  'handed-off',
  'notified',
  'enriched',
  'accepted',
  'decided',
  'touched',
  'status-updated',
  'disposed',
  'disqualified',
  'feedback-given',
  'reassigned',
  'woken',
  'intent-raised',
  'closed',
  'dispute-opened',
  'dispute-resolved',
] as const;
export type Milestone = (typeof milestones)[number];

/** `touches: N, channels: K, spacing: S`: enough counted touches on enough channels. */
export interface TouchesMilestone {
  readonly touches: number;
  readonly channels: number;
  readonly spacingMs: DurationMs;
}
export type Until = Milestone | TouchesMilestone;

export type FieldValue = string | number | boolean | null;
export type Fields = Readonly<Record<string, FieldValue>>;

export interface ValueTest {
  readonly in?: readonly FieldValue[];
  readonly gte?: number;
  readonly exists?: boolean;
}
export interface FieldCondition extends ValueTest {
  readonly field: string;
}
export interface ActionCondition {
  readonly action: string;
  readonly count?: number;
  readonly withinMs?: DurationMs;
}
export interface SignalCondition extends ValueTest {
  readonly signal: string;
  readonly count?: number;
  readonly withinMs?: DurationMs;
}
export interface PriorityCondition {
  readonly priority: Priority;
}
export interface SegmentCondition {
  readonly segment: string;
}
export type Condition = FieldCondition | ActionCondition | SignalCondition | PriorityCondition | SegmentCondition;

/** A share of the target in parts per million, or time left; `text` is how the agreement writes it and names the point. */
export type WarningPoint =
  { readonly text: string; readonly sharePpm: number } | { readonly text: string; readonly leftMs: DurationMs };

export interface TargetOverride {
  readonly when: readonly Condition[];
  readonly withinMs: DurationMs;
}

/** One promise on one lead: reach `until` within `withinMs` of open time after `from` (spec C1, C2). */
export interface ClockPromise {
  readonly party: Party;
  readonly from: readonly Milestone[];
  readonly until: Until;
  readonly repeats: boolean;
  readonly withinMs: DurationMs;
  readonly overrides: readonly TargetOverride[];
  /** Absent: the calendar of the lead's owner. */
  readonly calendar?: string;
  readonly warn: readonly WarningPoint[];
  readonly ladder?: string;
  /** The share that must be met, in parts per million; reports use it. */
  readonly goalPpm?: number;
}

export interface Tier {
  readonly on: 'breach' | 'start';
  readonly afterMs: DurationMs;
  /** Roles, people, `owner` or `owner-manager`. */
  readonly to: readonly string[];
  readonly reassign: boolean;
  readonly holdOnAcknowledgeMs: DurationMs;
  /** Delivered also in the recipient's quiet hours. */
  readonly urgent: boolean;
}

export const closingRoutes = ['nurture', 'recycle', 'disqualified'] as const;
export type ClosingRoute = (typeof closingRoutes)[number];

export const notesRules = ['required', 'later', 'optional'] as const;
export type NotesRule = (typeof notesRules)[number];

export interface Reason {
  readonly id: string;
  readonly route: ClosingRoute;
  readonly notes: NotesRule;
  readonly needs?: 'touches' | 'contact';
  readonly wakeAfterMs?: DurationMs;
  readonly wakeOnRequired: boolean;
}

export const bantQuestions = ['need', 'budget', 'authority', 'timeline'] as const;
export type BantQuestion = (typeof bantQuestions)[number];

export interface Qualification {
  readonly fit: readonly Condition[];
  readonly engagement: readonly Condition[];
  readonly exclude: readonly Condition[];
  readonly highPriority: readonly Condition[];
  readonly requiredFields: readonly string[];
  readonly enrichedFields: readonly string[];
  readonly bant: readonly BantQuestion[];
  readonly orIntent: readonly string[];
}

export interface SegmentRule {
  readonly name: string;
  readonly when: readonly Condition[];
}

export const touchChannels = ['phone', 'email', 'linkedin', 'sms', 'meeting', 'other'] as const;
export type TouchChannel = (typeof touchChannels)[number];

export interface CadenceStep {
  readonly day: number;
  readonly channel: TouchChannel;
  readonly template: string;
  readonly talkingPoints: readonly string[];
}

/** Tried in order; the first that yields an available person decides (spec O1). */
export type RoutingRule =
  | { readonly rule: 'existing-owner'; readonly when: readonly Condition[] }
  | {
      readonly rule: 'named-account';
      readonly when: readonly Condition[];
      readonly accounts: Readonly<Record<string, string>>;
    }
  | { readonly rule: 'partner' | 'round-robin' | 'queue'; readonly when: readonly Condition[]; readonly team: string };

/**
 * Everything of a version that decides a lead's course. `key` is the SHA-256 of the canonical document
 * (and of the zone release its calendars were keyed with); clocks name their terms by it.
 */
export interface AgreementTerms {
  readonly key: string;
  readonly name: string;
  readonly version: number;
  readonly zoneRelease: string;
  readonly calendars: Readonly<Record<string, CalendarDefinition>>;
  readonly calendarKeys: Readonly<Record<string, CalendarKey>>;
  readonly defaultCalendar: string;
  readonly segments: readonly SegmentRule[];
  readonly qualification: Qualification;
  readonly clocks: Readonly<Record<string, ClockPromise>>;
  readonly ladders: Readonly<Record<string, readonly Tier[]>>;
  readonly reasons: { readonly rejection: readonly Reason[]; readonly disposition: readonly Reason[] };
  readonly recycle: { readonly maxCycles: number; readonly coolOffMs: DurationMs };
  readonly nurture: { readonly limitMs: DurationMs };
  readonly dispute: { readonly pauses: 'sales' | 'nothing'; readonly perCycle: number };
  /** Absent: no limit. */
  readonly pause: { readonly longestMs?: DurationMs; readonly perCycle?: number };
  readonly nextStep: { readonly furthestMs: DurationMs };
  readonly lateLogging: { readonly countsWithinMs: DurationMs };
  readonly cadence: readonly CadenceStep[];
  readonly routing: readonly RoutingRule[];
}

/** How an agreement is named in events, rows and search attributes. */
export interface AgreementRef {
  readonly key: string;
  readonly name: string;
  readonly version: number;
}
