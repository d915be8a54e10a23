import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Command } from '../../src/domain/lifecycle/commands.js';
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import type { Answer, QuestionKind } from '../../src/domain/lifecycle/questions.js';
import type { LeadInput } from '../../workflows/messages.js';

/** What leads live through for a recording; journeys.ts says how. */
export const journeyNames = [
  'answered-and-won',
  'nobody-answers',
  'nobody-answers-in-business-hours',
  'accepted-and-forgotten',
  'everything-said',
  'paused-until-a-date',
  'disputed-and-nobody-decides',
  'under-three-agreements',
  'rolled-out-and-reverted',
  'judged-anew',
  'reopened-and-corrected',
  'begun-anew-by-its-own-act',
  'nurtured-until-it-is-interested',
  'nurtured-until-it-ages-out',
  'recycled-until-it-wakes',
  'settled-and-spoken-to-again',
  'a-run-for-every-third-step',
  'database-and-mail-away',
] as const;
export type JourneyName = (typeof journeyNames)[number];

/** What versions, rollouts and reviews live through; agreement-journeys.ts and review-journeys.ts say how. */
export const agreementJourneyNames = [
  'version-in-force-until-superseded',
  'version-withdrawn-before-its-day',
  'rollout-paused-and-taken-back',
  'rollout-in-several-runs',
  'correction-listed-and-approved',
  'series-of-reviews-in-several-runs',
  'review-escalated-and-carried-out',
] as const;
export type AgreementJourneyName = (typeof agreementJourneyNames)[number];

/** What `npm run record:histories` keeps of each lead, and how tests read it again. */
export const historiesFolder = new URL('../histories/', import.meta.url);
export const ledgersFolder = new URL('ledgers/', historiesFolder);

const ENDING = '.json.gz';

/** A lead's whole story beside all that it was decided from. */
export interface RecordedLedger {
  /** What the first run began with. */
  readonly input: Pick<LeadInput, 'leadId' | 'events' | 'context'>;
  /** What people and machines said, in the order in which the workflow took it. */
  readonly said: readonly Command[];
  /** What the world answered, in the order in which it was asked. */
  readonly answered: readonly AnsweredQuestion[];
  /** As the database had it in the end. */
  readonly events: readonly LeadEvent[];
}

export interface AnsweredQuestion {
  readonly kind: QuestionKind;
  readonly key: string;
  readonly answer: Answer;
}

export interface HistoryEvent {
  eventId: string;
  eventType: string;
  [attributes: string]: unknown;
}

export interface History {
  events: HistoryEvent[];
}

export const recordedFiles = (folder: URL): string[] => readdirSync(folder).filter((file) => file.endsWith(ENDING));

export const readHistory = (file: string): History => readJson(new URL(file, historiesFolder)) as History;
export const readLedger = (file: string): RecordedLedger => readJson(new URL(file, ledgersFolder)) as RecordedLedger;

const readJson = (file: URL): unknown => JSON.parse(gunzipSync(readFileSync(file)).toString());

interface Payloads {
  readonly payloads: readonly { readonly data: string }[];
}

/** The first value of what was sent along. */
const valueOf = ({ payloads }: Payloads): unknown => JSON.parse(Buffer.from(payloads[0]!.data, 'base64').toString());

/** What a run began with. */
export function inputOf({ events }: History): LeadInput {
  const { input } = events[0]!['workflowExecutionStartedEventAttributes'] as { readonly input: Payloads };
  return valueOf(input) as LeadInput;
}

/** What was said to a run, in order. */
export const saidIn = ({ events }: History): Command[] =>
  events
    .filter(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED')
    .map((event) => {
      const { acceptedRequest } = event['workflowExecutionUpdateAcceptedEventAttributes'] as {
        readonly acceptedRequest: { readonly input: { readonly args: Payloads } };
      };
      return valueOf(acceptedRequest.input.args) as Command;
    });
