// Here live the lead of the notices' tests and reps' books of such leads, as the tests of guidance ask about them.
import type { LocalTime, OfferedStep } from '../../../src/domain/cadence/index.js';
import type { LeadState, LoggedTouch } from '../../../src/domain/lifecycle/state.js';
import { compile, dateOf, findProspectZone, instantOf } from '../../../src/zones/index.js';
import { aLead, mondayTen } from '../notices/sample-lead.js';

export const local: LocalTime = { dateOf, instantOf, windowsOf: compile, findProspectZone };

const handedOff = aLead().state;

/** A lead of rep-east-1, handed over on Monday, 23 November 2026, 10:00 in New York; `facts` are written over it. */
export const aState = (facts: Partial<LeadState> = {}): LeadState => ({ ...handedOff, ...facts });

/** The lead with other fields beside its own, which say nothing of where the prospect is. */
export const withFields = (fields: LeadState['fields']): LeadState =>
  aState({ fields: { ...handedOff.fields, ...fields } });

export const aTouch = (touch: Partial<LoggedTouch> = {}): LoggedTouch => ({
  seq: 100,
  touchedAt: mondayTen,
  loggedAt: mondayTen,
  by: 'rep-east-1',
  channel: 'phone',
  outcome: 'no-answer',
  origin: 'human',
  ...touch,
});

export const touches = (count: number): readonly LoggedTouch[] =>
  Array.from({ length: count }, (_, index) => aTouch({ seq: 100 + index }));

export const utc = (text: string): number => Date.parse(text);

const minute = (at: number): string => new Date(at).toISOString().slice(0, 16);

/** The slot in UTC, to the minute: `2026-11-23T15:00/22:00`. */
export const slotText = ({ from, until }: Pick<OfferedStep, 'from' | 'until'>): string =>
  `${minute(from)}/${minute(until).slice(11)}`;
