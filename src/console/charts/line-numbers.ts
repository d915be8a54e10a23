import { textWidth } from './look.js';

export const NUMBER_PX = 11;

/** A point of a line where it is drawn, with what is said of it. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly value: number;
  readonly text: string;
}

/** A line as it is drawn, and what its numbers should keep clear of. */
export interface DrawnLine {
  /** In the order of the points; null where there are no leads. */
  readonly marks: readonly (Mark | null)[];
  readonly targetY?: number;
  readonly left: number;
  readonly right: number;
  /** Where the axis lies. */
  readonly bottom: number;
  /** Of the whole sheet. */
  readonly widthPx: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A number at a line: the middle of its baseline, and the room that it takes. */
export interface PlacedNumber {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly box: Box;
}

/** Every value where there is room for all, else the last, the largest and the smallest, as far as they keep apart. */
export function numbersOf(line: DrawnLine): readonly PlacedNumber[] {
  const known = line.marks.flatMap((mark, index) => (mark === null ? [] : [{ mark, index }]));
  const widest = Math.max(0, ...known.map(({ mark }) => textWidth(mark.text, NUMBER_PX))) + 8;
  if (widest * line.marks.length <= line.right - line.left) return known.map((one) => placed(line, one));
  const placedOnes: PlacedNumber[] = [];
  for (const one of [known.at(-1), extreme(known, 1), extreme(known, -1)]) {
    if (one === undefined) continue;
    const number = placed(line, one);
    if (placedOnes.every(({ box }) => areApart(box, number.box))) placedOnes.push(number);
  }
  return placedOnes;
}

interface Known {
  readonly mark: Mark;
  readonly index: number;
}

const extreme = (known: readonly Known[], sign: 1 | -1): Known | undefined =>
  known.toSorted((a, b) => sign * (b.mark.value - a.mark.value))[0];

const areApart = (one: Box, other: Box): boolean =>
  one.right + 8 <= other.left || other.right + 8 <= one.left || one.bottom < other.top || other.bottom < one.top;

/** Above its point, or below a low one; on the other side where it would otherwise lie on the line or on the target. */
function placed(line: DrawnLine, { mark, index }: Known): PlacedNumber {
  const above = numberAt(line, mark, mark.y - 9);
  const below = numberAt(line, mark, mark.y + 18);
  const sides = below.box.bottom + 2 >= line.bottom ? [above] : isLow(line, index) ? [below, above] : [above, below];
  return sides.toSorted((one, other) => coveredBy(line, one.box) - coveredBy(line, other.box))[0]!;
}

/** Moved in where it would stick out at a side. */
function numberAt({ left, widthPx }: DrawnLine, { x, text }: Mark, y: number): PlacedNumber {
  const half = textWidth(text, NUMBER_PX) / 2;
  const middle = Math.min(Math.max(x, left - 4 + half), widthPx - half);
  return { x: middle, y, text, box: { left: middle - half, right: middle + half, top: y - 10, bottom: y + 3 } };
}

/** Whether the points beside one lie above it, or level with it at most on one side. */
function isLow({ marks }: DrawnLine, index: number): boolean {
  const { value } = marks[index]!;
  const beside = [marks[index - 1], marks[index + 1]].flatMap((one) => (one ? [one.value] : []));
  return beside.some((one) => one > value) && beside.every((one) => one >= value);
}

/** How much a number would hide there: the line itself is worse than the target's. */
function coveredBy({ marks, targetY }: DrawnLine, box: Box): number {
  const isOnLine = marks.some((mark, index) => {
    const next = marks[index + 1];
    return mark !== null && next && crosses(box, mark, next);
  });
  const isOnTarget = targetY !== undefined && targetY > box.top && targetY < box.bottom;
  return (isOnLine ? 2 : 0) + (isOnTarget ? 1 : 0);
}

type Place = Pick<Mark, 'x' | 'y'>;

/** Whether the straight line between two places goes through a box. */
function crosses(box: Box, from: Place, to: Place): boolean {
  const [left, right] = [Math.max(from.x, box.left), Math.min(to.x, box.right)];
  if (left > right) return false;
  const ys = [left, right].map((x) => from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x));
  return Math.min(...ys) < box.bottom && Math.max(...ys) > box.top;
}
