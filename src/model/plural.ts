/** A number with its noun, such as `1 node` and `2 nodes`. */
export const plural = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
