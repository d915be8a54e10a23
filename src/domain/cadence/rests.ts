import { parseDate } from '../business-time/civil-date.js';
import { LAST_INSTANT, FIRST_INSTANT, type Instant } from '../business-time/index.js';
import { holderOf, type LeadState } from '../lifecycle/state.js';
import type { StepQuestion } from './step-question.js';

export const restCauses = ['owner-absent', 'out-of-office', 'paused'] as const;
export type RestCause = (typeof restCauses)[number];

/** No step falls in `[from, until)`. */
export interface Rest {
  readonly cause: RestCause;
  readonly from: Instant;
  readonly until: Instant;
}

/** The owner's absences, the prospect's, and a pause whose end is known. */
export function restsOf(question: StepQuestion, timeZone: string): readonly Rest[] {
  return [...absencesOf(question), ...outOfOffice(question, timeZone), ...pauseOf(question.state)];
}

export const restAt = (rests: readonly Rest[], at: Instant): Rest | undefined =>
  rests.find(({ from, until }) => from <= at && at < until);

function absencesOf({ state, absences }: StepQuestion): readonly Rest[] {
  const { owner } = holderOf(state);
  return absences
    .filter(({ person, from, until }) => person === owner && from < until)
    .map(({ from, until }) => ({ cause: 'owner-absent', from, until }));
}

function outOfOffice({ state, local }: StepQuestion, timeZone: string): readonly Rest[] {
  const value = state.fields['outOfOfficeUntil'];
  const until = typeof value === 'string' ? readUntil(value, (date) => local.instantOf(timeZone, date, '00:00')) : null;
  return until === null ? [] : [{ cause: 'out-of-office', from: FIRST_INSTANT, until }];
}

/** A date is the first day on which the prospect is back; anything else but an instant with its offset says nothing. */
function readUntil(text: string, startOf: (date: string) => Instant): Instant | null {
  if (parseDate(text) !== undefined) return startOf(text);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isFinite(at) ? at : null;
}

const pauseOf = ({ pause }: LeadState): readonly Rest[] =>
  pause === null ? [] : [{ cause: 'paused', from: pause.since, until: pause.endsAt ?? LAST_INSTANT }];
