import type { AgreementTerms, CadenceStep, Fields } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import { positionOf, type NextStep, type OfferedStep } from '../cadence/index.js';
import { holderOf, isClosed, type LeadState } from '../lifecycle/state.js';
import { anyHolds } from '../qualification/index.js';
import { dueAtOf, isOpenClock, type Clock, type OpenClock } from '../sla/clock.js';
import { courseOf, type Agreements, type CoursePoint } from './course.js';
import { capitalised, engagementOf, isSaid, orderOf, personOf, reasonOf, spoken, valueText } from './words.js';

export type { Agreements };

/** A promise that sales still owes on this lead. */
export interface PromiseLine {
  readonly clock: string;
  readonly n: number;
  /** What its reader has to do. */
  readonly order: string;
  readonly verdict: OpenClock['verdict'];
  /** Null while it rests. */
  readonly dueAt: Instant | null;
}

/** Everything a reader needs to act on a lead, as of its state; instants are left to whoever knows the reader's zone. */
export interface Briefing {
  readonly leadId: string;
  readonly person: string;
  readonly company: string | null;
  readonly email: string | null;
  readonly agreement: string;
  readonly stage: string;
  readonly cycle: number;
  readonly isHot: boolean;
  readonly isClosed: boolean;
  readonly owner: string | null;
  readonly queue: string | null;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly missing: readonly string[];
  readonly reasons: readonly string[];
  /** Newest first. */
  readonly engagement: readonly { readonly at: Instant; readonly text: string }[];
  /** Soonest first; resting ones last. */
  readonly promises: readonly PromiseLine[];
  readonly step: CadenceStep | null;
  /** Its day; null if guidance was not asked, or knows none. */
  readonly stepDay: Pick<OfferedStep, 'from' | 'until' | 'movedBy'> | null;
  readonly course: readonly CoursePoint[];
}

const ENGAGEMENT_COUNT_MAX = 6;
const nameFields = ['firstName', 'lastName', 'company', 'email'];
/** What a caller looks for first; fields of other names follow as they stand. */
const firstFields = ['jobTitle', 'phone', 'jobLevel', 'industry', 'employees', 'annualRevenue', 'country', 'region'];

/**
 * @param agreements at best all that `termsKeysOf` names; what a missing one would tell is left out
 * @param next the guidance as of the same state; without it the step has no day
 */
export function briefingOf(state: LeadState, agreements: Agreements, next?: NextStep): Briefing {
  const terms = agreements[state.agreement.key];
  return {
    leadId: state.leadId,
    person: personOf(state.fields),
    company: textOf(state.fields, 'company'),
    email: textOf(state.fields, 'email'),
    agreement: `${state.agreement.name}@${state.agreement.version}`,
    stage: state.stage,
    cycle: state.cycle,
    isHot: state.priority === 'high',
    isClosed: isClosed(state),
    owner: holderOf(state).owner,
    queue: holderOf(state).queue,
    facts: factsOf(state.fields),
    missing: (state.missingFields ?? []).filter((name) => !isSaid(state.fields[name])).map(spoken),
    reasons: terms ? reasonsOf(state, terms) : [],
    engagement: recentEngagement(state),
    promises: promisesOf(state, agreements),
    step: terms ? stepOf(state, terms) : null,
    stepDay: next?.kind === 'offered' ? next : null,
    course: courseOf(state, agreements),
  };
}

/** Keys of the agreements that a briefing speaks of: the lead's, and those its clocks still follow. */
export const termsKeysOf = (state: LeadState): readonly string[] => [
  ...new Set([state.agreement.key, ...state.clocks.flatMap(({ terms }) => terms.map(({ agreement }) => agreement))]),
];

const textOf = (fields: Fields, name: string): string | null => (isSaid(fields[name]) ? String(fields[name]) : null);

const factsOf = (fields: Fields): Briefing['facts'] =>
  [...new Set([...firstFields, ...Object.keys(fields)])].flatMap((name) => {
    const value = fields[name];
    if (!isSaid(value) || nameFields.includes(name)) return [];
    return [{ label: capitalised(spoken(name)), value: valueText(value) }];
  });

/** Conditions of the agreement that hold, those of high priority first; of two that say the same, the fuller one. */
function reasonsOf(state: LeadState, { qualification }: AgreementTerms): readonly string[] {
  const subject = { ...state, at: state.appliedAt };
  const holding = [...qualification.highPriority, ...qualification.engagement].filter((one) =>
    anyHolds([one], subject),
  );
  const reasons = [...new Set(holding.map((condition) => reasonOf(condition, state.fields, state.signals)))];
  return reasons.filter((reason) => !reasons.some((other) => other !== reason && other.startsWith(reason)));
}

const recentEngagement = ({ signals }: LeadState): Briefing['engagement'] =>
  [...signals]
    .sort((one, other) => other.at - one.at)
    .slice(0, ENGAGEMENT_COUNT_MAX)
    .map((signal) => ({ at: signal.at, text: engagementOf(signal) }));

function promisesOf(state: LeadState, agreements: Agreements): readonly PromiseLine[] {
  const owed = state.clocks.filter((clock): clock is OpenClock => clock.party === 'sales' && isOpenClock(clock));
  return owed.map((clock) => lineOf(clock, agreements)).sort((one, other) => instantOf(one) - instantOf(other));
}

const instantOf = ({ dueAt }: PromiseLine): number => dueAt ?? Number.MAX_SAFE_INTEGER;

const lineOf = (clock: OpenClock, agreements: Agreements): PromiseLine => ({
  clock: clock.name,
  n: clock.n,
  order: orderOfClock(clock, agreements),
  verdict: clock.verdict,
  dueAt: dueAtOf(clock),
});

function orderOfClock({ name, terms }: Clock, agreements: Agreements): string {
  const promise = agreements[terms.at(-1)?.agreement ?? '']?.clocks[name];
  return promise ? orderOf(promise.until) : spoken(name);
}

function stepOf(state: LeadState, terms: AgreementTerms): CadenceStep | null {
  const position = positionOf(state, terms);
  return position.kind === 'step' ? position.step : null;
}
