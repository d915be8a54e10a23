import type { AgreementTerms } from '../agreement/index.js';
import type { ExplainPorts } from '../explain/explanation.js';
import { traceClocks, traceEachEvent, type Traced } from '../explain/traces.js';
import { withCorrectedTouches } from '../lifecycle/corrected-touches.js';
import type { LeadEvent } from '../lifecycle/events.js';
import { accountOf } from './account.js';
import { leadFacts, type LeadFacts } from './lead-facts.js';
import { opportunityFacts, type OpportunityFacts } from './opportunity-facts.js';
import { touchFacts, type TouchFacts } from './touch-facts.js';
import { agreementsIn, clockFacts, type ClockFacts } from './clock-facts.js';
import { correctionFacts, type CorrectionFacts } from './correction-facts.js';
import { deedFacts, type DeedFacts } from './deed-facts.js';
import { decisionFacts, type DecisionFacts } from './decision-facts.js';
import { disputeFacts, type DisputeFacts } from './dispute-facts.js';
import { escalationFacts, type EscalationFacts } from './escalation-facts.js';
import { holdingFacts, type HoldingFacts } from './holding-facts.js';
import { standingFacts, type StandingFacts } from './standing-facts.js';
import { timeFacts, type TimeFacts } from './time-facts.js';

/** All that one lead contributes to figures. */
export interface Contribution {
  readonly lead: LeadFacts;
  readonly clocks: readonly ClockFacts[];
  /** The account it belongs to, by its fields at hand-off; one without a name is its own. */
  readonly account: string;
  readonly touches: readonly TouchFacts[];
  readonly opportunities: readonly OpportunityFacts[];
  /** The clocks that figures of a lead's hand-off ask for by name; null: its agreement promises no such thing. */
  readonly acceptance: ClockFacts | null;
  readonly firstResponse: ClockFacts | null;
  readonly deeds: readonly DeedFacts[];
  readonly corrections: readonly CorrectionFacts[];
  readonly decisions: readonly DecisionFacts[];
  readonly disputes: readonly DisputeFacts[];
  readonly escalations: readonly EscalationFacts[];
  readonly holdings: readonly HoldingFacts[];
  readonly standing: StandingFacts;
  readonly times: readonly TimeFacts[];
}

/** What a lead's story, as far as it is known, contributes: the same for the same events, whenever it is asked. */
export function contributionOf(events: readonly LeadEvent[], ports: ExplainPorts): Contribution {
  return contributionIn(events, traceClocks({ events }), ports);
}

/**
 * What the story contributed when so many of its events were known, for each of the counts in turn; it is read once.
 * @param counts rising, each from 1 to the number of events
 */
export function* contributionsAsOf(
  events: readonly LeadEvent[],
  counts: readonly number[],
  ports: ExplainPorts,
): Generator<Contribution> {
  const asked = new Set(counts);
  let count = 0;
  for (const traced of traceEachEvent({ events })) {
    count += 1;
    if (asked.has(count)) yield contributionIn(events.slice(0, count), traced, ports);
  }
}

function contributionIn(recorded: readonly LeadEvent[], { state, traces }: Traced, ports: ExplainPorts): Contribution {
  const events = withCorrectedTouches(recorded);
  const agreementOf = agreementsIn(events);
  const clocks = clockFacts(traces, ports, agreementOf);
  const holdings = holdingFacts(events);
  const first = (name: string) =>
    clocks.find(({ clock, cycle, n }) => clock === name && cycle === 1 && n === 1) ?? null;
  const lead = leadFacts(events, termsAtHandOff(events, ports));
  return {
    lead,
    clocks,
    account: accountAtHandOff(events) ?? `lead:${lead.leadId}`,
    touches: touchFacts(events),
    opportunities: opportunityFacts(events),
    acceptance: first('acceptance'),
    firstResponse: first('first-response'),
    deeds: deedFacts(events, traces, holdings, ports),
    corrections: correctionFacts(events, traces, holdings, agreementOf),
    decisions: decisionFacts(events, holdings),
    disputes: disputeFacts(events, holdings),
    escalations: escalationFacts(traces, holdings, ports, agreementOf),
    holdings,
    standing: standingFacts(state),
    times: timeFacts(traces, ports, agreementOf),
  };
}

const accountAtHandOff = ([first]: readonly LeadEvent[]): string | null =>
  first && (first.type === 'handed-off' || first.type === 'excluded') ? accountOf(first.fields) : null;

function termsAtHandOff([first]: readonly LeadEvent[], { agreements }: ExplainPorts): AgreementTerms | undefined {
  return first && 'agreement' in first ? agreements[first.agreement.key] : undefined;
}

/** The keys of all agreements that a contribution needs the terms of. */
export function agreementKeysIn(events: readonly LeadEvent[]): readonly string[] {
  const named = events.flatMap((event) => ('agreement' in event ? [event.agreement.key] : []));
  const followed = events.flatMap((event) => ('terms' in event ? event.terms.map(({ agreement }) => agreement) : []));
  return [...new Set([...named, ...followed])];
}
