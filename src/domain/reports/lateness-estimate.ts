import { lateSides, SIDE_LEADS_MIN, type Bag, type LateSide, type Stratum } from './lateness.js';

/** A sum of money in hundredths, and where 95 of 100 sums lie that other leads of the same kind would have given. */
export interface Estimate {
  readonly minor: number;
  readonly lowMinor: number;
  readonly highMinor: number;
}

export interface StratumEstimate {
  readonly stratum: Stratum;
  readonly whole: Readonly<Record<LateSide, Bag>>;
  /** Null: too few leads on one side. */
  readonly cost: Estimate | null;
}

export interface LatenessEstimate {
  readonly strata: readonly StratumEstimate[];
  /** Of the strata that count; null: there is none. */
  readonly cost: Estimate | null;
}

/** So often leads are drawn again. */
export const DRAWS = 1_000;

/** The same for ever, so that the same leads give the same interval. */
const SEED = 20_261_126;

/**
 * What it cost that leads were answered late: in each stratum the late leads, times how much more often those answered
 * in time became sales-qualified, times the pipeline of one that did. The interval is a bootstrap's: on each side of each
 * stratum as many bags are drawn again as there are, with replacement.
 */
export function estimateLateness(strata: readonly Stratum[]): LatenessEstimate {
  const draw = drawsFrom(SEED);
  const estimated = strata.map((stratum) => {
    const whole = { 'in-time': sumOfBags(stratum.bags['in-time']), late: sumOfBags(stratum.bags.late) };
    const isEnough = lateSides.every((side) => whole[side].leadCount >= SIDE_LEADS_MIN);
    return { stratum, whole, costs: isEnough ? costsOf(stratum, draw) : null };
  });
  const counted = estimated.flatMap(({ whole, costs }) => (costs === null ? [] : [{ cost: costOf(whole), costs }]));
  return {
    strata: estimated.map(({ stratum, whole, costs }) => ({
      stratum,
      whole,
      cost: costs && estimateOf(costOf(whole), costs),
    })),
    cost: counted.length === 0 ? null : estimateOf(total(counted.map(({ cost }) => cost)), sumsOf(counted)),
  };
}

/** Negative where late leads did better. */
function costOf({ 'in-time': inTime, late }: Readonly<Record<LateSide, Bag>>): number {
  const qualifiedCount = inTime.qualifiedCount + late.qualifiedCount;
  if (qualifiedCount === 0) return 0;
  const worth = (inTime.minor + late.minor) / qualifiedCount;
  return late.leadCount * (rateOf(inTime) - rateOf(late)) * worth;
}

const rateOf = ({ leadCount, qualifiedCount }: Bag): number => qualifiedCount / leadCount;

function costsOf({ bags }: Stratum, draw: Draw): readonly number[] {
  const sides = { 'in-time': packed(bags['in-time']), late: packed(bags.late) };
  return Array.from({ length: DRAWS }, () => costOf(drawnAgain(sides, draw)));
}

const drawnAgain = (sides: PackedSides, draw: Draw): Readonly<Record<LateSide, Bag>> => ({
  'in-time': drawnFrom(sides['in-time'], draw),
  late: drawnFrom(sides.late, draw),
});

/** The bags of a side in columns, which are read millions of times. */
interface PackedBags {
  readonly leadCounts: Float64Array;
  readonly qualifiedCounts: Float64Array;
  readonly minors: Float64Array;
}
type PackedSides = Readonly<Record<LateSide, PackedBags>>;

const packed = (bags: readonly Bag[]): PackedBags => ({
  leadCounts: Float64Array.from(bags, ({ leadCount }) => leadCount),
  qualifiedCounts: Float64Array.from(bags, ({ qualifiedCount }) => qualifiedCount),
  minors: Float64Array.from(bags, ({ minor }) => minor),
});

function drawnFrom({ leadCounts, qualifiedCounts, minors }: PackedBags, draw: Draw): Bag {
  const bagCount = leadCounts.length;
  let [leadCount, qualifiedCount, minor] = [0, 0, 0];
  for (let count = 0; count < bagCount; count += 1) {
    const index = draw(bagCount);
    leadCount += leadCounts[index]!;
    qualifiedCount += qualifiedCounts[index]!;
    minor += minors[index]!;
  }
  return { leadCount, qualifiedCount, minor };
}

/** All bags of a side together. */
export const sumOfBags = (bags: readonly Bag[]): Bag => ({
  leadCount: total(bags.map(({ leadCount }) => leadCount)),
  qualifiedCount: total(bags.map(({ qualifiedCount }) => qualifiedCount)),
  minor: total(bags.map(({ minor }) => minor)),
});

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Draw by draw, what all strata cost together. */
const sumsOf = (counted: readonly { readonly costs: readonly number[] }[]): readonly number[] =>
  Array.from({ length: DRAWS }, (_, index) => total(counted.map(({ costs }) => costs[index]!)));

function estimateOf(cost: number, costs: readonly number[]): Estimate {
  const inOrder = costs.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(inOrder[Math.ceil(share * DRAWS) - 1]!);
  return { minor: Math.round(cost), lowMinor: at(0.025), highMinor: at(0.975) };
}

/** One of so many places, from 0; the same ones in turn for the same seed. */
type Draw = (count: number) => number;

/** A xorshift: whole numbers of 32 bits alone, so that it costs next to nothing. */
function drawsFrom(seed: number): Draw {
  let state = seed | 0;
  return (count) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) * (count / 2 ** 32)) | 0;
  };
}
