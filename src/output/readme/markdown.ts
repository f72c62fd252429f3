/** A table, or `None.` where it has no rows; cells may hold anything. */
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

/** Text as it is to be typed. */
export const code = (text: string): string => `\`${text}\``;

/** Names as a sentence has them: `a, b and c`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** Each value once. */
export const distinct = (values: readonly string[]): string[] => [...new Set(values)];
