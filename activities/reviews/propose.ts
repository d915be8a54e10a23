import { goalValue, type ReportDocument } from '../../src/domain/reports/index.js';
import {
  amountToTry,
  clocksToTry,
  judgedTargets,
  monthsBy,
  proposalFor,
  type ClockProposal,
  type JudgedTarget,
  type Proposal,
  type TargetProposal,
  type TargetSide,
} from '../../src/domain/reviews/index.js';
import type { Governance } from '../../src/domain/agreement/index.js';
import type { AgreementVersion } from '../../src/domain/agreement/index.js';
import type { Instant } from '../../src/domain/business-time/index.js';
import type { WhatIfTrials } from '../../src/domain/what-if/ports.js';
import type { Drafting } from './review-deps.js';

/** The quarter that proposals are made from. */
export interface Proposing {
  readonly version: AgreementVersion;
  readonly governance: Governance;
  /** Leads handed off in `[from, to)`, as far as they have come by `asOf`. */
  readonly from: Instant;
  readonly to: Instant;
  readonly asOf: Instant;
  /** Decided clocks of the commitment that has most of them: how many leads there are, about. */
  readonly decidedCount: number;
  readonly streaks: ReportDocument;
}

interface Ports {
  readonly drafting: Drafting;
  readonly tryOnPastLeads: WhatIfTrials;
}

/** Each trial tells about so many leads to each variant: a few seconds of a processor. */
const TRIED_LEADS = 5_000;

/** What the next version could say: other times for clocks, by what-if, and other amounts for targets, by their months. */
export async function propose(ports: Ports, proposing: Proposing): Promise<readonly Proposal[]> {
  return [...(await clockProposals(ports, proposing)), ...targetProposals(ports.drafting, proposing)];
}

async function clockProposals({ drafting, tryOnPastLeads }: Ports, proposing: Proposing) {
  const { version, from, to, asOf, decidedCount } = proposing;
  const oneIn = Math.max(1, Math.ceil(decidedCount / TRIED_LEADS));
  const trial = { from, to, asOf, oneIn };
  const [present] = await tryOnPastLeads({ ...trial, variants: [version.terms] });
  const tries = clocksToTry(present!).map((toTry) => ({
    toTry,
    changes: toTry.factors.flatMap((factor) => drafting.withTime(version.canonical, toTry.clock, factor) ?? []),
  }));
  const variants = tries.flatMap(({ changes }) => changes.map(({ terms }) => terms));
  const answers = [...(await tryOnPastLeads({ ...trial, variants }))];
  return tries.flatMap(({ toTry, changes }): ClockProposal[] => {
    const trials = changes.map((change) => ({ change, answer: answers.shift()! }));
    const proposal = proposalFor(toTry, present!, trials, oneIn);
    return proposal === undefined ? [] : [proposal];
  });
}

const targetProposals = (drafting: Drafting, { version, governance, streaks }: Proposing): readonly TargetProposal[] =>
  judgedTargets(streaks).flatMap((judged) => {
    const target = governance.targets.find(({ name }) => name === judged.target);
    const side: TargetSide = target?.atLeast === undefined ? 'atMost' : 'atLeast';
    const amount = target?.[side];
    if (target === undefined || amount === undefined) return [];
    const value = amountToTry(judged, side, goalValue(amount));
    const change = value === undefined ? undefined : drafting.withAmount(version.canonical, target.name, side, value);
    // Nothing is no target.
    return change === undefined || change.goal === 0 ? [] : [proposed(judged, side, target.party, change)];
  });

function proposed(
  judged: JudgedTarget,
  side: TargetSide,
  party: TargetProposal['party'],
  { lines, changes, goal, goalNow }: NonNullable<ReturnType<Drafting['withAmount']>>,
): TargetProposal {
  return {
    kind: 'target',
    id: `targets.${judged.target}`,
    commitment: judged.target,
    party,
    lines,
    changes,
    goalNow,
    goal,
    months: monthsBy(judged, side, goal),
  };
}
