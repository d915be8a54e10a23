import type { AgreementRef, Party } from '../agreement/index.js';
import type { DurationMs, Instant } from '../business-time/index.js';
import type { ExplainPorts } from '../explain/explanation.js';
import { openPieces } from '../explain/open-pieces.js';
import type { ClockEvent, Trace } from '../explain/traces.js';
import type { LeadEvent } from '../lifecycle/events.js';
import { heldBefore, type HeldBy, type HoldingFacts } from './holding-facts.js';

/** What a clock does to be heard. */
export const escalationKinds = ['warning', 'tier'] as const;
export type EscalationKind = (typeof escalationKinds)[number];

/** A warning point or a tier of a ladder that fired. */
export interface EscalationFacts {
  readonly seq: number;
  readonly kind: EscalationKind;
  readonly cycle: number;
  readonly clock: string;
  readonly n: number;
  readonly party: Party;
  readonly agreement: AgreementRef;
  readonly heldBy: HeldBy;
  readonly firedAt: Instant;
  /** `50%` of a warning, the number of a tier. */
  readonly step: string;
  /** How many people heard of it: of a warning, the owner; none of a tier that was skipped or is in shadow. */
  readonly toldCount: number;
  readonly isSkipped: boolean;
  readonly isShadow: boolean;
  /** A tier only: somebody acknowledged it, which put the next one off. */
  readonly isAcknowledged: boolean;
  /** A tier only: whether it gave the lead to another person; null: it was not to. */
  readonly isMoved: boolean | null;
  /** When what was awaited came after it had fired; null: not yet, never, or in truth before. */
  readonly answeredAt: Instant | null;
  /** The clock's open time from firing to the answer; null without one, or where the windows are not at hand. */
  readonly answeredMs: DurationMs | null;
}

/** Every warning and every tier of a lead's clocks, in the order in which they fired. */
export function escalationFacts(
  traces: readonly Trace[],
  holdings: readonly HoldingFacts[],
  ports: ExplainPorts,
  agreementOf: (trace: Trace) => AgreementRef,
): readonly EscalationFacts[] {
  return traces
    .flatMap((trace) =>
      trace.turns.flatMap(({ event }) =>
        event.type === 'warning-fired' || event.type === 'tier-fired'
          ? [factsOf(trace, event, heldByOf(trace, event, holdings), ports, agreementOf(trace))]
          : [],
      ),
    )
    .sort((a, b) => a.seq - b.seq);
}

/** Marketing's clocks are nobody's in sales. */
const heldByOf = ({ clock }: Trace, event: LeadEvent, holdings: readonly HoldingFacts[]): HeldBy =>
  clock.party === 'sales' ? heldBefore(holdings, event) : { owner: null, team: null };

type Fired = Extract<ClockEvent, { readonly type: 'warning-fired' | 'tier-fired' }>;

function factsOf(
  trace: Trace,
  event: Fired,
  heldBy: HeldBy,
  ports: ExplainPorts,
  agreement: AgreementRef,
): EscalationFacts {
  const { clock } = trace;
  const answeredAt = answerTo(trace, event);
  return {
    seq: event.seq,
    cycle: clock.cycle,
    clock: clock.name,
    n: clock.n,
    party: clock.party,
    agreement,
    heldBy,
    firedAt: event.at,
    ...(event.type === 'warning-fired' ? warned(event.point) : told(event, trace)),
    answeredAt,
    answeredMs: answeredAt === null ? null : openTimeOf(trace, ports, event.at, answeredAt),
  };
}

const warned = (step: string) =>
  ({
    kind: 'warning',
    step,
    toldCount: 1,
    isSkipped: false,
    isShadow: false,
    isAcknowledged: false,
    isMoved: null,
  }) as const;

const told = (event: Extract<Fired, { readonly type: 'tier-fired' }>, { clock }: Trace) =>
  ({
    kind: 'tier',
    step: String(event.tier),
    toldCount: event.shadow ? 0 : event.to.length,
    isSkipped: event.skipped,
    isShadow: event.shadow === true,
    isAcknowledged: clock.tiers.some(({ tier, acknowledged }) => tier === event.tier && acknowledged),
    isMoved: event.reassigned ?? null,
  }) as const;

function answerTo({ clock }: Trace, event: LeadEvent): Instant | null {
  const completedAt = 'completedAt' in clock ? clock.completedAt : undefined;
  return completedAt !== undefined && completedAt >= event.at ? completedAt : null;
}

function openTimeOf(trace: Trace, ports: ExplainPorts, from: Instant, until: Instant): DurationMs | null {
  const { clock, course } = trace;
  if (!clock.terms.every(({ agreement }) => agreement in ports.agreements)) return null;
  const pieces = openPieces(ports, course, clock, until);
  return pieces && pieces.reduce((sum, { openAt, closeAt }) => sum + Math.max(0, closeAt - Math.max(openAt, from)), 0);
}
