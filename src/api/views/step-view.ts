import type { NextStep, OfferedStep, RepDay } from '../../domain/cadence/index.js';
import { holderOf } from '../../domain/lifecycle/state.js';
import { iso } from './iso.js';

/** The owner's next step as `GET /v1/leads/{id}` shows it. */
export function stepView(next: NextStep) {
  if (next.kind === 'over') return { standing: next.kind, because: next.because };
  const named = { number: next.number, of: next.stepCount, ...next.step };
  if (next.kind === 'resting') return { standing: next.kind, because: next.because, ...named };
  return { standing: next.kind, ...named, ...dayOf(next) };
}

const dayOf = ({ owner, timeZone, plannedOn, on, from, until, movedBy }: OfferedStep) => ({
  owner,
  plannedOn,
  on,
  from: iso(from),
  until: iso(until),
  timeZone,
  movedBy,
});

/** A rep's day, step by step. */
export const repDayView = (person: string, { date, timeZone, dailySteps, steps }: RepDay) => ({
  person,
  date,
  timeZone,
  dailySteps,
  steps: steps.map(({ state, offered }) => ({
    leadId: state.leadId,
    company: state.fields['company'] ?? null,
    priority: state.priority,
    team: holderOf(state).team,
    ...stepView(offered),
  })),
});
