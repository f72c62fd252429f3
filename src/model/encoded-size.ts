/** Bytes of a value in Go's JSON, which escapes characters of HTML and line separators with six bytes. */
export const encodedSize = (value: unknown): number => {
  const json = JSON.stringify(value);
  const count = (characters: RegExp) => json.match(characters)?.length ?? 0;
  return Buffer.byteLength(json) + 5 * count(/[<>&]/g) + 3 * count(/[\u2028\u2029]/g);
};
