import type { LeadOutcome, OutcomeVerdict } from './outcome.js';
import { outcomeVerdicts } from './outcome.js';
import type { Refused } from './refold.js';

export const leadCounts = [
  /** Told to the version. */
  'folded',
  /** Of those, imported from elsewhere. */
  'imported',
  /** Of those, no MQL by this version. */
  'newlyExcluded',
  /** Of those, with a promise that is undecided at the end. */
  'undecided',
  /** Of those, given another agreement by a rollout in their time. */
  'changedAgreement',
  /** Not told: no MQL then, none now. */
  'excluded',
  /** Not told: no MQL then, so that nobody worked it; one by this version. */
  'newlyQualified',
] as const;
export type LeadCount = (typeof leadCounts)[number];

export type ClockTally = Record<OutcomeVerdict | 'warnings', number>;
export type TierTally = Record<'fired' | 'told' | 'skipped' | 'moved', number>;
export type TeamTally = Record<'leads' | 'met' | 'breached' | 'warnings', number> & {
  /** By tier: how often one fired for a lead of this team. */
  readonly tiers: Record<string, number>;
};

/** What one agreement made of many leads. */
export interface SideTally {
  readonly clocks: Record<string, ClockTally>;
  /** By clock, then by tier. */
  readonly tiers: Record<string, Record<string, TierTally>>;
  /** By the team that got the lead first. */
  readonly teams: Record<string, TeamTally>;
}

/** How one and the same clock was decided by either side. */
export type TurnTally = Record<'metToBreached' | 'breachedToMet', number>;

/** Counts only, so that what two threads counted adds up to what one would have. */
export interface Tally {
  readonly leads: Record<LeadCount, number>;
  readonly was: SideTally;
  readonly would: SideTally;
  readonly turned: Record<string, TurnTally>;
  /** By command, then by refusal code. */
  readonly refused: Record<string, Record<string, number>>;
}

export const NO_TEAM = '-';

export const emptyTally = (): Tally => ({
  leads: zeros(leadCounts),
  was: { clocks: {}, tiers: {}, teams: {} },
  would: { clocks: {}, tiers: {}, teams: {} },
  turned: {},
  refused: {},
});

const zeros = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;

const noClock = (): ClockTally => zeros([...outcomeVerdicts, 'warnings']);
const noTier = (): TierTally => zeros(['fired', 'told', 'skipped', 'moved']);
const noTeam = (): TeamTally => ({ ...zeros(['leads', 'met', 'breached', 'warnings']), tiers: {} });
const noTurn = (): TurnTally => zeros(['metToBreached', 'breachedToMet']);

/** Counts what an agreement made of one lead. */
export function countOutcome(side: SideTally, { team, isExcluded, clocks, tiers }: LeadOutcome): void {
  if (isExcluded) return;
  const ofTeam = (side.teams[team ?? NO_TEAM] ??= noTeam());
  ofTeam.leads += 1;
  for (const { clock, verdict, warningCount } of clocks) {
    const ofClock = (side.clocks[clock] ??= noClock());
    ofClock[verdict] += 1;
    ofClock.warnings += warningCount;
    ofTeam.warnings += warningCount;
    if (verdict === 'met' || verdict === 'breached') ofTeam[verdict] += 1;
  }
  for (const { clock, tier, toldCount, moved } of tiers) {
    const ofTier = ((side.tiers[clock] ??= {})[tier] ??= noTier());
    ofTier.fired += 1;
    ofTier.told += toldCount;
    if (toldCount === 0) ofTier.skipped += 1;
    if (moved) ofTier.moved += 1;
    ofTeam.tiers[tier] = (ofTeam.tiers[tier] ?? 0) + 1;
  }
}

/** Counts the clocks that both agreements decided, each in another way. */
export function countTurns(tally: Tally, was: LeadOutcome, would: LeadOutcome): void {
  for (const before of was.clocks) {
    if (before.verdict !== 'met' && before.verdict !== 'breached') continue;
    const after = would.clocks.find(
      ({ clock, n, cycle }) => clock === before.clock && n === before.n && cycle === before.cycle,
    );
    if (after === undefined || after.verdict === before.verdict) continue;
    if (after.verdict !== 'met' && after.verdict !== 'breached') continue;
    (tally.turned[before.clock] ??= noTurn())[before.verdict === 'met' ? 'metToBreached' : 'breachedToMet'] += 1;
  }
}

export function countRefused(tally: Tally, refused: readonly Refused[]): void {
  for (const { command, code } of refused) {
    const ofCommand = (tally.refused[command] ??= {});
    ofCommand[code] = (ofCommand[code] ?? 0) + 1;
  }
}

interface Counts {
  readonly [name: string]: number | Counts;
}

/** What two threads have counted, together; neither is changed. */
export const addTallies = (one: Tally, other: Tally): Tally =>
  addCounts(one as unknown as Counts, other as unknown as Counts) as unknown as Tally;

function addCounts(one: Counts, other: Counts): Counts {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(names.map((name) => [name, addCount(one[name], other[name])]));
}

function addCount(one: number | Counts | undefined, other: number | Counts | undefined): number | Counts {
  if (typeof one === 'number' || typeof other === 'number') return Number(one ?? 0) + Number(other ?? 0);
  return addCounts(one ?? {}, other ?? {});
}
