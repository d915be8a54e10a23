/** Programs that read a table run a text as a formula if it begins so; blanks and signs nobody sees before it help nothing. */
const formulaStart = /^[\s\p{C}]*[=+\-@]/u;
/** Begins with a letter or a digit, and has no other place where a cell could begin: so do nearly all texts. */
const plain = /^[\p{L}\p{N}][^\t\r\n;]*$/u;
const cellStart = /^[\t\r\n]/;

/**
 * A text that no spreadsheet takes for a formula: with an apostrophe before what would begin one, as spreadsheets
 * themselves write it. Fullwidth signs count as the plain ones, and so does what stands behind a separator at which a
 * program with other settings than ours would begin a cell.
 */
export function withoutFormulas(text: string): string {
  if (plain.test(text)) return text;
  return text
    .split(/(?<=[\t\r\n;])/)
    .map((part, index) => (isDangerous(part, index === 0) ? `'${part}` : part))
    .join('');
}

const isDangerous = (part: string, isFirst: boolean): boolean =>
  formulaStart.test(part.normalize('NFKC')) || (isFirst && cellStart.test(part));
