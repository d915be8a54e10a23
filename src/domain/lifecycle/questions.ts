/**
 * What a step may have to ask of the world before it can go on: data with a key and an instant, answered by an
 * activity in the workflow and by the scenario's people in a pure run. The answer becomes part of an event.
 */
import type { Fields, RoutingRule } from '../agreement/index.js';
import type { CalendarDefinition, CalendarWindows, Instant } from '../business-time/index.js';
import type { HolderRef } from '../routing/directory.js';
import type { Signal } from './events.js';

interface Asked {
  /** Unique for the lead: lead, cycle and cause stand in it. The same key always gets the same answer. */
  readonly key: string;
  /** The instant for which the directory is asked. */
  readonly asOf: Instant;
}

/** Who gets the lead, by the routing rules: at hand-off and at waking. */
export interface RouteQuestion extends Asked {
  readonly kind: 'route';
  readonly rules: readonly RoutingRule[];
  readonly fields: Fields;
  readonly signals: readonly Signal[];
  readonly emailDomain: string | null;
  readonly segment: string | null;
  readonly priority: 'normal' | 'high';
  /** The owner of the lead's last cycle, who keeps it if available. */
  readonly lastOwner: string | null;
}
export interface RouteAnswer {
  readonly holder: HolderRef;
  readonly routedBy: string;
}

/** The next available person of a team by round robin, none of `exclude` (spec L6). */
export interface NextOwnerQuestion extends Asked {
  readonly kind: 'next-owner';
  readonly team: string;
  readonly exclude: readonly string[];
}

/** Who hears of a tier: roles, people, `owner`, `owner-manager` become people present, each once (spec L3). */
export interface RecipientsQuestion extends Asked {
  readonly kind: 'recipients';
  readonly to: readonly string[];
  readonly owner: string | null;
  readonly team: string | null;
  /** Whose tier it is; absent in questions that were asked before there was shadow. */
  readonly ladder?: { readonly agreement: string; readonly version: number; readonly name: string };
}

/** Who hears of a tier; in shadow: who would. */
export type RecipientsAnswer = readonly string[] | { readonly to: readonly string[]; readonly shadow: true };

/** A person by id; null if the directory has none. */
export interface PersonQuestion extends Asked {
  readonly kind: 'person';
  readonly person: string;
}

/** The instant at which a local date begins. */
export interface DateStartQuestion extends Asked {
  readonly kind: 'date-start';
  readonly timeZone: string;
  readonly date: string;
}

/** Open windows of a calendar over a range that is not at hand. */
export interface WindowsQuestion extends Asked {
  readonly kind: 'windows';
  readonly calendarKey: string;
  readonly name: string;
  readonly definition: CalendarDefinition;
  readonly from: Instant;
  readonly until: Instant;
}

export type DirectoryQuestion = RouteQuestion | NextOwnerQuestion | RecipientsQuestion | PersonQuestion;
export type Question = DirectoryQuestion | DateStartQuestion | WindowsQuestion;

/** What each kind of question is answered with. */
export interface AnswerTo {
  route: RouteAnswer;
  'next-owner': HolderRef | null;
  recipients: RecipientsAnswer;
  person: HolderRef | null;
  'date-start': Instant;
  windows: CalendarWindows;
}
export type QuestionKind = keyof AnswerTo;
export type Answer = AnswerTo[QuestionKind];
