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
    const costs = isEnough ? Array.from({ length: DRAWS }, () => costOf(drawnAgain(stratum, draw))) : null;
    return { stratum, whole, costs };
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

const drawnAgain = ({ bags }: Stratum, draw: Draw): Readonly<Record<LateSide, Bag>> => ({
  'in-time': drawnFrom(bags['in-time'], draw),
  late: drawnFrom(bags.late, draw),
});

function drawnFrom(bags: readonly Bag[], draw: Draw): Bag {
  const sum = { leadCount: 0, qualifiedCount: 0, minor: 0 };
  for (let count = 0; count < bags.length; count += 1) {
    const bag = bags[Math.floor(draw() * bags.length)]!;
    sum.leadCount += bag.leadCount;
    sum.qualifiedCount += bag.qualifiedCount;
    sum.minor += bag.minor;
  }
  return sum;
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

/** Numbers in `[0, 1)`, the same ones for the same seed. */
type Draw = () => number;

function drawsFrom(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
