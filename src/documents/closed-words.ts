/**
 * The word of a closed set that `word` was probably meant to be: at most two letters away, or a third of a long word.
 * @returns `undefined` if none is near enough to be worth a question
 */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  const allowedCount = Math.max(2, Math.floor(word.length / 3));
  const ranked = words
    .map((candidate) => ({ candidate, count: editCount(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, count }) => count <= allowedCount && count < candidate.length)
    .sort((a, b) => a.count - b.count);
  return ranked[0]?.candidate;
}

/** `a, b or c`, as a sentence lists them. */
export function listed(words: readonly string[]): string {
  const [last, ...others] = [...words].reverse();
  return others.length === 0 ? (last ?? 'nothing') : `${others.reverse().join(', ')} or ${last}`;
}

/** ` Did you mean "x"?`, or nothing when no word is near. */
export function guess(word: string, words: readonly string[]): string {
  const near = nearestWord(word, words);
  return near === undefined ? '' : `. Did you mean "${near}"?`;
}

/** How many letters must be put in, taken out, replaced or swapped with their neighbour to get from `a` to `b`. */
function editCount(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = last[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = row > 1 && column > 1 && isSwapped ? beforeLast[column - 2]! + 1 : Infinity;
      current.push(Math.min(replaced, swapped, last[column]! + 1, current[column - 1]! + 1));
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}
