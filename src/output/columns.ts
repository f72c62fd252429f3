/** Aligns the cells of rows: the first column left, the others right, except those in `left`. */
export const columns = (
  rows: readonly (readonly string[])[],
  {
    left = [],
    style = (cell) => cell,
  }: {
    readonly left?: readonly number[];
    /** Colours a padded cell of a row. @default - none */
    readonly style?: (padded: string, row: number, column: number) => string;
  } = {},
): string[] => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]!.length)),
  );
  return rows.map((row, index) => {
    const cells = row.map((cell, column) => {
      const isLeft = column === 0 || left.includes(column);
      const padded = isLeft ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
      return style(padded, index, column);
    });
    return ` ${cells.join('   ')}`.trimEnd();
  });
};
