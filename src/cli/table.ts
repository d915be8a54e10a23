/** How a cell that has its width already is set off: by row, the head being the first, and by column. */
type Paint = (text: string, row: number, column: number) => string;

/** Cells below each other, as wide as the widest of their column. */
export function table(rows: readonly (readonly string[])[], paint: Paint = (text) => text): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row, at) => {
    const cells = row.map((cell, column) => {
      const isLast = column === row.length - 1;
      return paint(isLast ? cell : cell.padEnd(widths[column] ?? 0), at, column);
    });
    return `  ${cells.join('  ')}`.trimEnd();
  });
}
