/** A table, or `None.` if it has no rows; cells can contain any text. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? 'None.'
    : [head, head.map(() => '---'), ...rows]
        .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
        .join('\n');

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A list. */
export const bullets = (items: readonly string[]): string =>
  items.map((item) => `- ${item.replaceAll('\n', ' ')}`).join('\n');

/** Text as inline code. */
export const code = (text: string): string => `\`${text}\``;

/** Joins names for a sentence: `a, b and c`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** Removes duplicates. */
export const distinct = (values: readonly string[]): string[] => [...new Set(values)];
