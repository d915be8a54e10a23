import type { AgreementTerms, Party } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { LeadCount, SideTally, Tally, TeamTally, TierTally, TurnTally } from './tally.js';

/** A share by its parts; a denominator of 0 is "no leads", never 0 % (reports, every figure). */
export interface Figure {
  readonly numerator: number;
  readonly denominator: number;
  readonly exclusions: Readonly<Record<'cancelled' | 'undecided', number>>;
}

/** One commitment: met ÷ (met + breached), then and under the version; null: that side has no such clock. */
export interface CommitmentComparison {
  readonly clock: string;
  readonly party: Party | null;
  /** The share that the version promises. */
  readonly goalPpm: number | null;
  readonly was: Figure | null;
  readonly would: Figure | null;
  readonly warnings: Sides<number>;
  /** Of the same clocks of the same leads. */
  readonly turned: TurnTally;
}

export interface Sides<T> {
  readonly was: T;
  readonly would: T;
}

export interface TierComparison extends Sides<TierTally> {
  readonly clock: string;
  readonly tier: number;
}

export interface TeamComparison extends Sides<TeamTally> {
  readonly team: string;
}

export interface RefusedCount {
  readonly command: string;
  readonly code: string;
  readonly count: number;
}

/** What a version would have made of a period's leads, beside what was made of them. */
export interface WhatIf {
  readonly agreement: { readonly name: string; readonly version: number | null; readonly key: string };
  /** Leads handed off in `[from, to)`, each followed up to and including `asOf`. */
  readonly from: Instant;
  readonly to: Instant;
  readonly asOf: Instant;
  readonly leads: Readonly<Record<LeadCount, number>>;
  readonly commitments: readonly CommitmentComparison[];
  readonly tiers: readonly TierComparison[];
  readonly teams: readonly TeamComparison[];
  /** Facts of then that the version would not have taken. */
  readonly refused: readonly RefusedCount[];
  /** What such a comparison cannot know, in sentences. */
  readonly unknowable: readonly string[];
}

/** What was asked. */
export interface WhatIfQuestion {
  readonly terms: AgreementTerms;
  /** Null: the document is no stored version. */
  readonly version: number | null;
  /** The version that imported leads are compared with. */
  readonly against?: number;
  readonly from: Instant;
  readonly to: Instant;
  readonly asOf: Instant;
}

/** Reads the figures off what was counted: commitments in the order of the document, then those gone from it. */
export function compare({ terms, version, against, from, to, asOf }: WhatIfQuestion, tally: Tally): WhatIf {
  return {
    agreement: { name: terms.name, version, key: terms.key },
    from,
    to,
    asOf,
    leads: tally.leads,
    commitments: namesOf(Object.keys(terms.clocks), tally, 'clocks').map((clock) => commitment(clock, terms, tally)),
    tiers: namesOf(Object.keys(terms.clocks), tally, 'tiers').flatMap((clock) => tiersOf(clock, tally)),
    teams: namesOf([], tally, 'teams')
      .toSorted()
      .map((team) => ({ team, was: tally.was.teams[team] ?? noTeam, would: tally.would.teams[team] ?? noTeam })),
    refused: refusedCounts(tally),
    unknowable: unknowable(tally, against),
  };
}

function namesOf(known: readonly string[], { was, would }: Tally, part: keyof SideTally): readonly string[] {
  const counted = [...Object.keys(was[part]), ...Object.keys(would[part])];
  const rest = counted.filter((name) => !known.includes(name)).toSorted();
  return [...new Set([...known.filter((name) => part === 'clocks' || counted.includes(name)), ...rest])];
}

const noTeam: TeamTally = { leads: 0, met: 0, breached: 0, warnings: 0, tiers: {} };
const noTier: TierTally = { fired: 0, told: 0, skipped: 0, moved: 0 };
const noTurn: TurnTally = { metToBreached: 0, breachedToMet: 0 };

function commitment(clock: string, terms: AgreementTerms, { was, would, turned }: Tally): CommitmentComparison {
  const promise = terms.clocks[clock];
  return {
    clock,
    party: promise?.party ?? null,
    goalPpm: promise?.goalPpm ?? null,
    was: figureOf(was, clock),
    would: promise === undefined ? null : (figureOf(would, clock) ?? noLeads),
    warnings: { was: was.clocks[clock]?.warnings ?? 0, would: would.clocks[clock]?.warnings ?? 0 },
    turned: turned[clock] ?? noTurn,
  };
}

const noLeads: Figure = { numerator: 0, denominator: 0, exclusions: { cancelled: 0, undecided: 0 } };

function figureOf({ clocks }: SideTally, name: string): Figure | null {
  const counted = clocks[name];
  if (counted === undefined) return null;
  const { met, breached, cancelled, undecided } = counted;
  return { numerator: met, denominator: met + breached, exclusions: { cancelled, undecided } };
}

function tiersOf(clock: string, { was, would }: Tally): readonly TierComparison[] {
  const [before, after] = [was.tiers[clock] ?? {}, would.tiers[clock] ?? {}];
  const numbers = [...new Set([...Object.keys(before), ...Object.keys(after)])].map(Number).toSorted((a, b) => a - b);
  return numbers.map((tier) => ({ clock, tier, was: before[tier] ?? noTier, would: after[tier] ?? noTier }));
}

const refusedCounts = ({ refused }: Tally): readonly RefusedCount[] =>
  Object.entries(refused)
    .flatMap(([command, codes]) => Object.entries(codes).map(([code, count]) => ({ command, code, count })))
    .toSorted((a, b) => b.count - a.count || (`${a.command} ${a.code}` < `${b.command} ${b.code}` ? -1 : 1));

/** Always true of such a comparison, then what this one has come upon. */
function unknowable({ leads, refused }: Tally, against: number | undefined): readonly string[] {
  const refusedCount = Object.values(refused)
    .flatMap((codes) => Object.values(codes))
    .reduce((sum, count) => sum + count, 0);
  return [
    'People would have behaved differently: facts stay at the instants at which they were said, though a warning or a tier comes earlier or later.',
    'Who got a lead stays as it was; nobody knows whom the rules of this version would have chosen among the leads of that day.',
    'Who hears of a tier, and who takes over a lead that a new tier moves, is answered by the directory as of now.',
    ...(refusedCount > 0
      ? [
          `${refusedCount} facts would have been refused, and the lead goes on without them; nobody knows what would have been said instead.`,
        ]
      : []),
    ...(leads.undecided > 0
      ? [`${leads.undecided} leads have a promise that is not decided yet; they are counted beside the figures.`]
      : []),
    ...(leads.newlyQualified > 0
      ? [
          `${leads.newlyQualified} leads were no MQL then and would be one now; nobody worked them, so they are left out.`,
        ]
      : []),
    ...(leads.changedAgreement > 0
      ? [
          `${leads.changedAgreement} leads changed their agreement on the way; here this version judges them throughout.`,
        ]
      : []),
    ...(leads.imported > 0
      ? [`${leads.imported} leads are imported: no agreement has judged them, so ${besideImported(against)}.`]
      : []),
  ];
}

const besideImported = (against: number | undefined): string =>
  against === undefined ? 'they stand on one side only' : `what was is version ${against}, folded over the same facts`;
