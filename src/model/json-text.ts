/** The value of a JSON text, or why and in which line it is none. */
export type JsonText =
  | { readonly value: unknown }
  | { readonly reason: string; readonly line: number };

/** Reads JSON. The reason of a fault contains nothing of the text, which can have credentials. */
export const readJson = (text: string): JsonText => {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const reason = (error as Error).message
      .replace(/,? (?:\.{3})?"[\s\S]*is not valid JSON$/, '')
      .replace(/ in JSON at position .*$| in JSON$/s, '');
    const [, position] = /at position (\d+)/.exec((error as Error).message) ?? [];
    const line = position ? lineAt(text, Number(position)) : faultyLine(text);
    return { reason, line };
  }
};

/** The line of a position; the last line with something for the end. */
const lineAt = (text: string, position: number): number =>
  Math.min(linesOf(text.slice(0, position)), linesOf(text.trimEnd()));

const linesOf = (text: string): number => text.split('\n').length;

/** The first line that no text could follow: the parser does not always name a place. */
const faultyLine = (text: string): number => {
  const lines = text.split('\n');
  let [low, high] = [1, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isFaulty(lines.slice(0, middle).join('\n'))) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Whether the start of a text has a fault, and not only lacks its end. */
const isFaulty = (start: string): boolean => {
  try {
    JSON.parse(start);
    return false;
  } catch (error) {
    const { message } = error as Error;
    const [, position] = /at position (\d+)/.exec(message) ?? [];
    const isEnd = position !== undefined && Number(position) >= start.trimEnd().length;
    return !isEnd && !/end of JSON input|^Unterminated string/.test(message);
  }
};
